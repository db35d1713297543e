// TaskExpr.h - expressions whose value is a task
#ifndef COROLINT_CHECKS_EXTRACT_TASKEXPR_H
#define COROLINT_CHECKS_EXTRACT_TASKEXPR_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Coroutine.h"

#include <string>

namespace corolint {

/// The call or await that makes the value of \p Value on the spot, or null.
const clang::Expr *madeBy(const clang::Expr *Value);

/// True when the code compiles with a co_await before \p Value.
bool canAwait(const clang::Expr *Value, const FunctionBody &Body, const model::Model &Models);

/// What a task of \p Type gives when it is awaited: the first argument of its
/// template. Null when that is not known.
clang::QualType taskResult(clang::QualType Type);

/// How messages call what \p Made returns: "what 'fetch' returns".
std::string describeMade(const clang::Expr &Made);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_TASKEXPR_H
