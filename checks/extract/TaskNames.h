// TaskNames.h - which names of a function stand for which tasks
#ifndef COROLINT_CHECKS_EXTRACT_TASKNAMES_H
#define COROLINT_CHECKS_EXTRACT_TASKNAMES_H

#include "checks/extract/FunctionBody.h"
#include "checks/extract/TaskHolder.h"

#include "llvm/ADT/DenseMap.h"

#include <vector>

namespace corolint {

/// A local, parameter or structured binding that owns a task, or a local
/// container of tasks.
struct TaskVariable {
  const clang::ValueDecl *Declared;
  TaskType Task;
  bool IsContainer = false;
  bool IsParameter = false;
};

/// The variables of a function that own tasks, with all names that each has.
/// Variables that live longer than the call are left out.
class TaskNames {
public:
  /// With \p RvalueReferences, parameters of such a type too: what they refer to
  /// is the callee's to use up.
  TaskNames(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors,
            TaskFilter Wanted, bool RvalueReferences = false);

  const std::vector<TaskVariable> &variables() const { return Tracked; }

  /// The variable that \p Named is, or is another name of.
  std::optional<unsigned> index(const clang::ValueDecl *Named) const;

  /// The container whose elements the loop variable \p Element names.
  std::optional<unsigned> containerOf(const clang::ValueDecl *Element) const;

  /// Calls \p Do with each variable that \p Declared brings, which may be null.
  void eachDeclared(const clang::Decl *Declared, llvm::function_ref<void(unsigned)> Do) const;

  const TaskHolder &holders() const { return Holders; }

private:
  void track(const clang::ValueDecl &Declared, bool IsParameter);
  void trackLocal(const clang::VarDecl &Local, const clang::DeclStmt &Where);
  bool isOtherName(const clang::VarDecl &Local);

  const FunctionBody &Body;
  const Coroutines &Colors;
  TaskFilter Wanted;
  TaskHolder Holders;
  std::vector<TaskVariable> Tracked;
  llvm::DenseMap<const clang::ValueDecl *, unsigned> Index;
  llvm::DenseMap<const clang::ValueDecl *, unsigned> Elements;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_TASKNAMES_H
