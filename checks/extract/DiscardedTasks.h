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
  bool MayFail = false;  ///< perhaps it is made to see it fail
};

/// The tasks that \p Body drops, in the order of its graph.
std::vector<DiscardedTask> findDiscardedTasks(const FunctionBody &Body, const model::Model &Models,
                                              const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_DISCARDEDTASKS_H
