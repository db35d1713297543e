// Callables.h - which functions an argument may call
#ifndef COROLINT_CHECKS_EXTRACT_CALLABLES_H
#define COROLINT_CHECKS_EXTRACT_CALLABLES_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>
#include <string>

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace corolint {

/// The functions that run when the value of \p Argument is called: a lambda's
/// body, a named function, the operator() of a function object, what std::bind
/// wraps. Empty when nothing is known.
llvm::SmallVector<const clang::FunctionDecl *, 2> callableTargets(const clang::Expr *Argument);

/// All values that the local \p Variable is given; nothing when other uses may
/// change it.
std::optional<llvm::SmallVector<const clang::Expr *, 2>>
assignedValues(const clang::VarDecl &Variable);

/// True for std::bind and its like, whose first argument is what is called.
bool isBinder(const clang::FunctionDecl *Function);

/// The type of functions that a pointer of \p Type may point to, as text, or "".
/// noexcept is left out: it never tells functions apart.
std::string pointerType(clang::QualType Type, const clang::ASTContext &Context);

/// Parameters of the enclosing function that the lambda \p Argument captures
/// and calls.
llvm::SmallVector<unsigned, 1> calledCaptures(const clang::Expr *Argument);

/// True for types that can be called: closures, function objects, pointers to
/// functions, std::function.
bool isCallable(clang::QualType Type);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_CALLABLES_H
