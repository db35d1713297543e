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

Guarding guarding(clang::QualType Type, const model::Model &Models, unsigned Depth = 4);

/// True when a co_await stands in \p Statement, not in its lambdas.
bool containsAwait(const clang::Stmt *Statement);

/// The arguments that \p Value is made with, and what its class writes for those
/// members of an aggregate that are left out.
llvm::SmallVector<const clang::Expr *, 4> written(const clang::Expr *Value);

/// What the constructor that \p Value calls makes the guards among its members
/// with; nothing when its definition is elsewhere.
llvm::SmallVector<const clang::Expr *, 4> madeGuards(const clang::Expr *Value,
                                                     const model::Model &Models);

/// True when \p Argument is a mutex, or a guard that may hold one.
bool bringsLock(const clang::Expr *Argument, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_GUARDTYPES_H
