// MadeTasks.h - the calls that made what a task is
#ifndef COROLINT_CHECKS_EXTRACT_MADETASKS_H
#define COROLINT_CHECKS_EXTRACT_MADETASKS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace corolint {

/// Lists the calls in a body that make a task, all its parts and what a local
/// holds of it: of `tasks` the calls in `tasks.push_back(f())`, and of
/// `when_all(f(), move(tasks))` those and `f()` and itself.
class MadeTasks {
public:
  MadeTasks(const FunctionBody &Body, const model::Model &Models) : Body(Body), Models(Models) {}

  /// Adds what \p Task is made of.
  void add(const clang::Expr *Task);

  llvm::ArrayRef<const clang::Expr *> calls() const { return Calls.getArrayRef(); }

private:
  class Filling;

  void addParts(const CallSite &Site);
  void addHeld(const clang::VarDecl &Local);

  const FunctionBody &Body;
  const model::Model &Models;
  llvm::SmallSetVector<const clang::Expr *, 4> Calls;
  llvm::SmallPtrSet<const clang::VarDecl *, 2> Locals;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_MADETASKS_H
