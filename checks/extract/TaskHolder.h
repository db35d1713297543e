// TaskHolder.h - which variables hold tasks, and when they are empty
#ifndef COROLINT_CHECKS_EXTRACT_TASKHOLDER_H
#define COROLINT_CHECKS_EXTRACT_TASKHOLDER_H

#include "checks/model/Coroutine.h"

#include <functional>

namespace clang {
class Expr;
} // namespace clang

namespace corolint {

/// Set for the types of task that an analysis follows.
using TaskFilter = std::function<std::optional<TaskType>(clang::QualType)>;

/// Tells what a variable of a type holds.
class TaskHolder {
public:
  TaskHolder(const model::Model &Models, const Coroutines &Colors)
      : Models(Models), Colors(Colors) {}

  /// The tasks, those that are \p Wanted, that a container of \p Type owns. A
  /// container that shares its elements does not count: another owner may await
  /// them.
  std::optional<TaskType> elements(clang::QualType Type, const TaskFilter &Wanted,
                                   unsigned Depth = 3) const;

  /// True when a task variable is empty after \p Init, which may be null.
  bool isEmptyTask(const clang::Expr *Init) const;

  /// The same for a container: empty unless a task is put into it.
  bool isEmptyContainer(const clang::Expr *Init) const;

private:
  bool bringsTask(const clang::Expr *Argument) const;

  const model::Model &Models;
  const Coroutines &Colors;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_TASKHOLDER_H
