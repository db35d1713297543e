// LostUpdates.h - shared state written from what was read before a suspension
#ifndef COROLINT_CHECKS_EXTRACT_LOSTUPDATES_H
#define COROLINT_CHECKS_EXTRACT_LOSTUPDATES_H

#include "checks/extract/AcrossSuspension.h"

namespace corolint {

/// A write that undoes what others wrote during the suspension.
struct LostUpdate {
  std::string Name; ///< of the shared state
  const clang::Expr *Read = nullptr;
  const clang::Expr *Suspension = nullptr;
  const clang::Expr *Write = nullptr;
};

/// Finds them in the coroutine \p Body: the value passes through locals, or
/// stands in the same expression as the await. Reading the state again between
/// the suspension and the write counts as a check.
std::vector<LostUpdate> findLostUpdates(const FunctionBody &Body);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_LOSTUPDATES_H
