// SyncTwins.h - calls of functions that have an awaitable twin
#ifndef COROLINT_CHECKS_EXTRACT_SYNCTWINS_H
#define COROLINT_CHECKS_EXTRACT_SYNCTWINS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

#include <string>

namespace corolint {

/// A call in a coroutine of a function that another one stands beside: it does
/// the same and can be awaited.
struct SyncTwin {
  const clang::Expr *Call = nullptr;
  const clang::FunctionDecl *Callee = nullptr;
  const clang::FunctionDecl *Twin = nullptr; ///< null when a model names it
  std::string Name;                          ///< of the twin, as one writes it
};

/// Those calls in \p Body, where it runs on the loop.
std::vector<SyncTwin> findSyncTwins(const FunctionBody &Body, const model::Model &Models,
                                    const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_SYNCTWINS_H
