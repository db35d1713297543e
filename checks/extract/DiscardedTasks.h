// DiscardedTasks.h - tasks made and dropped in one expression
#ifndef COROLINT_CHECKS_EXTRACT_DISCARDEDTASKS_H
#define COROLINT_CHECKS_EXTRACT_DISCARDEDTASKS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// An expression whose task nobody takes.
struct DiscardedTask {
  const clang::Expr *Value = nullptr;
  TaskType Task;
  bool VoidCast = false; ///< written as (void)f()
  bool Whole = false;    ///< it is a statement of its own
  bool CanAwait = false; ///< `co_await` may stand before it
};

/// Finds the expressions of a function that are reached and drop a task. Run it
/// with runForward().
class DiscardedTasks {
public:
  struct State {};

  DiscardedTasks(const FunctionBody &Body, const model::Model &Models,
                 const Coroutines &Colors);

  State entry() const { return {}; }
  bool join(State &, const State &) const { return false; }
  void step(State &, const clang::CFGElement &) const {}
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void visit(State, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(State) const {}

  std::vector<DiscardedTask> take() { return std::move(Found); }

private:
  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<DiscardedTask> Found;
};

/// The tasks that \p Body drops, in the order of its graph.
std::vector<DiscardedTask> findDiscardedTasks(const FunctionBody &Body,
                                              const model::Model &Models,
                                              const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_DISCARDEDTASKS_H
