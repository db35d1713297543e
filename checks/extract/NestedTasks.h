// NestedTasks.h - tasks that are the results of tasks
#ifndef COROLINT_CHECKS_EXTRACT_NESTEDTASKS_H
#define COROLINT_CHECKS_EXTRACT_NESTEDTASKS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// A task that another task, or a thread, gives as its result.
struct NestedTask {
  enum class How : std::uint8_t {
    Returned, ///< a coroutine co_returns it
    GivenOn,  ///< the outer task is run or spawned: nobody sees the inner one
    Made,     ///< a function given to a thread returns it
  };
  const clang::Expr *Value = nullptr;         ///< the inner task, or the outer call
  const clang::FunctionDecl *Taker = nullptr; ///< GivenOn, Made: the function
  How Nested = How::Returned;
};

std::vector<NestedTask> findNestedTasks(const FunctionBody &Body, const model::Model &Models,
                                        const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_NESTEDTASKS_H
