// UnforwardedTokens.h - calls that leave out the cancellation token at hand
#ifndef COROLINT_CHECKS_EXTRACT_UNFORWARDEDTOKENS_H
#define COROLINT_CHECKS_EXTRACT_UNFORWARDEDTOKENS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

namespace corolint {

/// A call that could be given a token, and is not.
struct UnforwardedToken {
  const clang::Expr *Call = nullptr;
  const clang::FunctionDecl *Callee = nullptr;
  const clang::ParmVarDecl *Token = nullptr;  ///< what is at hand
  const clang::FunctionDecl *Takes = nullptr; ///< the callee, or its overload
  bool HasArguments = false;
  bool Next = false; ///< written after the arguments, the token is what Takes takes
};

/// The calls in \p Body that leave out a token which the function was given.
std::vector<UnforwardedToken> findUnforwardedTokens(const FunctionBody &Body,
                                                    const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_UNFORWARDEDTOKENS_H
