// DetachedTasks.h - tasks that are started and left alone
#ifndef COROLINT_CHECKS_EXTRACT_DETACHEDTASKS_H
#define COROLINT_CHECKS_EXTRACT_DETACHEDTASKS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// A task that was given to a loop, and nobody sees how it ends.
struct DetachedTask {
  enum class How : std::uint8_t {
    Detached,       ///< the call says so
    HandleDropped,  ///< nobody takes the handle that the call returns
    HandleUnused,   ///< a variable takes it, and serves for nothing
    HandlerIgnores, ///< a handler hears of errors, and does not look
  };
  const clang::Expr *Call = nullptr;
  const clang::NamedDecl *Starter = nullptr; ///< the function that starts it
  How Left = How::Detached;
  const clang::VarDecl *Variable = nullptr; ///< HandleUnused
  const clang::Expr *Handler = nullptr;     ///< HandlerIgnores
};

std::vector<DetachedTask> findDetachedTasks(const FunctionBody &Body, const model::Model &Models,
                                            const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_DETACHEDTASKS_H
