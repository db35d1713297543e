// SpawnedTasks.h - the calls that give a coroutine to a loop
#ifndef COROLINT_CHECKS_EXTRACT_SPAWNEDTASKS_H
#define COROLINT_CHECKS_EXTRACT_SPAWNEDTASKS_H

#include "checks/extract/FunctionBody.h"
#include "checks/extract/StartedCoroutine.h"
#include "checks/model/Model.h"

namespace corolint {

/// A call that makes a task of a coroutine.
struct SpawnedTask {
  const clang::Expr *Call = nullptr;
  model::ConsumeRule How;
  const clang::Expr *Task = nullptr;              ///< the coroutine, or what makes it
  llvm::SmallVector<const clang::Expr *, 2> Rest; ///< the arguments after it

  std::optional<StartedCoroutine> coroutine() const { return StartedCoroutine::of(Task, Rest); }
};

/// Set when \p Statement is such a call.
std::optional<SpawnedTask> spawnedBy(const clang::Stmt *Statement, const model::Model &Models,
                                     const clang::ASTContext &Context);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_SPAWNEDTASKS_H
