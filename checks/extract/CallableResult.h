// CallableResult.h - what a callable argument returns
#ifndef COROLINT_CHECKS_EXTRACT_CALLABLERESULT_H
#define COROLINT_CHECKS_EXTRACT_CALLABLERESULT_H

#include "clang/AST/Type.h"

namespace clang {
class CXXRecordDecl;
class Expr;
} // namespace clang

namespace corolint {

/// What calling the value of \p Argument returns: of a lambda, a function, a
/// function object, a wrapper such as std::function, what std::bind made. Null
/// when it cannot be called, or its overloads differ.
clang::QualType callableResult(const clang::Expr *Argument);

/// True for a class that keeps a callable of any type and drops what it returns:
/// std::function<void()>. \p Signature: the class says so by a template argument.
bool dropsResult(const clang::CXXRecordDecl &Record, bool &Signature);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_CALLABLERESULT_H
