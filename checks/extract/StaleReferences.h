// StaleReferences.h - references into shared containers that outlive a suspension
#ifndef COROLINT_CHECKS_EXTRACT_STALEREFERENCES_H
#define COROLINT_CHECKS_EXTRACT_STALEREFERENCES_H

#include "checks/extract/AcrossSuspension.h"
#include "checks/extract/Functions.h"
#include "checks/extract/SharedPlaces.h"

namespace corolint {

/// A local that refers into a shared container and is used after a suspension,
/// in which others may change the container.
struct StaleReference {
  enum class Kind : std::uint8_t { Loop, Iterator, Reference };
  const clang::ValueDecl *Variable = nullptr; ///< Loop: made by the compiler
  const clang::ValueDecl *Container = nullptr;
  Kind What = Kind::Reference;
  const clang::Expr *From = nullptr; ///< where it was taken
  const clang::Expr *Suspension = nullptr;
  const clang::Expr *Use = nullptr;
  bool Owned = false; ///< an element owns what it refers to
  /// A change that invalidates it, and where; null: anyone may change it.
  const clang::Expr *Change = nullptr;
  const clang::FunctionDecl *ChangedIn = nullptr;
};

/// Finds them in the coroutine \p Body. Containers that nothing in
/// \p Functions changes are taken as constant, unless they are public members
/// of the coroutine's own class.
std::vector<StaleReference> findStaleReferences(const FunctionBody &Body,
                                                const FunctionList &Functions);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_STALEREFERENCES_H
