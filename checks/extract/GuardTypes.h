// GuardTypes.h - types that are locks, and types that hold them
#ifndef COROLINT_CHECKS_EXTRACT_GUARDTYPES_H
#define COROLINT_CHECKS_EXTRACT_GUARDTYPES_H

#include "checks/model/Model.h"

#include "llvm/ADT/SmallVector.h"

namespace corolint {

/// True for a class that has a thread mutex, and a pointer to one.
bool ownsMutex(clang::QualType Type, const model::Model &Models);

/// How a type guards a lock.
enum class Guarding : std::uint8_t {
  None,
  Certain,  ///< it is a guard over a thread mutex
  ByMember, ///< a member of it is one
};

Guarding guarding(clang::QualType Type, const model::Model &Models,
                  unsigned Depth = 2);

/// True when a co_await stands in \p Statement, not in its lambdas.
bool containsAwait(const clang::Stmt *Statement);

/// The arguments that \p Value is made with.
llvm::SmallVector<const clang::Expr *, 4> written(const clang::Expr *Value);

/// True when \p Argument is a mutex, or a guard that may hold one.
bool bringsLock(const clang::Expr *Argument, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_GUARDTYPES_H
