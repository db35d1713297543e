// AwaitCycles.h - tasks that wait for themselves or for each other
#ifndef COROLINT_CHECKS_EXTRACT_AWAITCYCLES_H
#define COROLINT_CHECKS_EXTRACT_AWAITCYCLES_H

#include "checks/extract/FunctionBody.h"
#include "checks/extract/StartedCoroutine.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// A task that cannot end: it waits for its own end.
struct AwaitCycle {
  const clang::ValueDecl *Task = nullptr;  ///< holds it; null: the running task
  const clang::ValueDecl *Other = nullptr; ///< waits for it in turn, or null
  clang::SourceRange Spawned;              ///< where Task is made
  clang::SourceRange Awaited;              ///< where it waits, for Other if there is one
  clang::SourceRange OtherAwaits;          ///< where Other waits for Task
};

/// The cycles among the tasks that \p Body makes, and the waits in it for a set
/// of tasks that holds the running one. Coroutines of this unit are looked into,
/// those that ask which task runs are believed.
std::vector<AwaitCycle> findAwaitCycles(const FunctionBody &Body, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_AWAITCYCLES_H
