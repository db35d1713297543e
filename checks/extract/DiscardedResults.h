// DiscardedResults.h - results of awaits that nobody looks at
#ifndef COROLINT_CHECKS_EXTRACT_DISCARDEDRESULTS_H
#define COROLINT_CHECKS_EXTRACT_DISCARDEDRESULTS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

#include "llvm/ADT/DenseSet.h"

namespace corolint {

/// What an await gives, must be looked at, and is not.
struct DiscardedResult {
  enum class Why : std::uint8_t {
    CarriesError,   ///< its type says whether something worked
    MarkedType,     ///< its type is [[nodiscard]]
    MarkedFunction, ///< the function that is awaited is [[nodiscard]]
  };
  const clang::CoawaitExpr *Await = nullptr;
  Why Reason = Why::CarriesError;
  /// A variable or binding that takes it and is never used, or null.
  const clang::ValueDecl *Variable = nullptr;
};

std::vector<DiscardedResult> findDiscardedResults(const FunctionBody &Body,
                                                  const model::Model &Models,
                                                  const Coroutines &Colors);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_DISCARDEDRESULTS_H
