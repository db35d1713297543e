// ExpectedErrors.h - calls that are made to see them fail
#ifndef COROLINT_CHECKS_EXTRACT_EXPECTEDERRORS_H
#define COROLINT_CHECKS_EXTRACT_EXPECTEDERRORS_H

#include "checks/extract/FunctionBody.h"

namespace corolint {

/// True when whoever runs \p Made may wait for its error rather than for its
/// result: it ends a lambda that its caller calls in a try block, or is given to
/// a macro that does the same, as tests of a function's arguments do.
bool mayBeMadeToFail(const clang::Expr &Made, const FunctionBody &Body);

/// True when \p Made is given to a macro that tries it: `EXPECT_THROW(f(), Error)`,
/// `EXPECT_DEATH({ f(); }, "")`. The try block is the macro's, the call is not.
bool isTriedByMacro(const clang::Expr &Made, const FunctionBody &Body);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_EXPECTEDERRORS_H
