// CancelledTasks.h - tasks that are cancelled and then left
#ifndef COROLINT_CHECKS_EXTRACT_CANCELLEDTASKS_H
#define COROLINT_CHECKS_EXTRACT_CANCELLEDTASKS_H

#include "checks/extract/TaskUses.h"

namespace corolint {

/// A task, or the tasks of a container, that nobody awaits after cancel().
struct CancelledTask {
  const clang::ValueDecl *Variable = nullptr;
  bool IsContainer = false;
  clang::SourceRange Cancel;
};

/// Follows tasks from cancel() to the end of their scope. A task that someone
/// else may hold, such as a group, is his to await. Run it with runForward().
class CancelledTasks {
public:
  struct Task {
    bool Shared = false; ///< someone else may hold it
    const clang::Stmt *Cancel = nullptr;
  };
  using State = llvm::SmallVector<Task, 4>;

  CancelledTasks(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors);

  bool isNeeded() const { return !Names.variables().empty(); }

  State entry() const { return State(Names.variables().size()); }
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element) const;
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void raise(State &Now, const clang::CFGElement &Element, const clang::CFGBlock &) const;
  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(const State &AtExit);

  std::vector<CancelledTask> take() { return std::move(Found); }

private:
  bool isOwn(const clang::Expr *Init) const;
  void mention(State &Now, const clang::DeclRefExpr &Named) const;
  bool cancels(const TaskUse &Use) const;
  void leave(const Task &Left, unsigned Which);

  const FunctionBody &Body;
  const model::Model &Models;
  TaskNames Names;
  TaskUses Uses;
  std::vector<CancelledTask> Found;
};

/// The tasks that \p Body cancels and leaves.
std::vector<CancelledTask> findCancelledTasks(const FunctionBody &Body, const model::Model &Models,
                                              const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_CANCELLEDTASKS_H
