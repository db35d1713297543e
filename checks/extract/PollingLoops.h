// PollingLoops.h - loops that sleep until something has changed
#ifndef COROLINT_CHECKS_EXTRACT_POLLINGLOOPS_H
#define COROLINT_CHECKS_EXTRACT_POLLINGLOOPS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

namespace corolint {

/// A loop that does nothing but sleep while a condition holds.
struct PollingLoop {
  const clang::Stmt *Loop = nullptr;
  const clang::Expr *Condition = nullptr; ///< what it asks each time
  const clang::Expr *Sleep = nullptr;     ///< the co_await
  bool OfTask = false;                    ///< it asks whether a task is done
};

/// The loops of the coroutine \p Body that poll state of the program.
std::vector<PollingLoop> findPollingLoops(const FunctionBody &Body, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_POLLINGLOOPS_H
