// WrittenParts.h - what is written in a statement
#ifndef COROLINT_CHECKS_EXTRACT_WRITTENPARTS_H
#define COROLINT_CHECKS_EXTRACT_WRITTENPARTS_H

#include "clang/AST/Stmt.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace corolint {

class FunctionBody;

/// True when \p Test holds for a part of \p Whole, itself included. Bodies of
/// lambdas and what the compiler adds to a co_await are no parts.
bool anyPart(const clang::Stmt *Whole, llvm::function_ref<bool(const clang::Stmt &)> Test);

/// True when \p Await is written and may suspend.
bool maySuspend(const clang::Stmt &Await);

/// Shows each statement and expression that \p Body reaches from its entry to
/// \p See, in the order of its graph.
void forEachReached(const FunctionBody &Body, llvm::function_ref<void(const clang::Stmt &)> See);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_WRITTENPARTS_H
