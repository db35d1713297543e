// Callables.h - which functions an argument may call
#ifndef COROLINT_CHECKS_EXTRACT_CALLABLES_H
#define COROLINT_CHECKS_EXTRACT_CALLABLES_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace corolint {

/// The functions that run when the value of \p Argument is called: a lambda's
/// body, a named function, the operator() of a function object, what std::bind
/// wraps. Empty when nothing is known.
llvm::SmallVector<const clang::FunctionDecl *, 2>
callableTargets(const clang::Expr *Argument);

/// True for types that can be called: closures, function objects, pointers to
/// functions, std::function.
bool isCallable(clang::QualType Type);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_CALLABLES_H
