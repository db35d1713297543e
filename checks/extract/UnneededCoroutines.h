// UnneededCoroutines.h - coroutines that could be plain functions
#ifndef COROLINT_CHECKS_EXTRACT_UNNEEDEDCOROUTINES_H
#define COROLINT_CHECKS_EXTRACT_UNNEEDEDCOROUTINES_H

#include "checks/extract/Functions.h"
#include "checks/extract/Sources.h"
#include "checks/model/Coroutine.h"

namespace corolint {

/// A coroutine whose frame serves for nothing.
struct UnneededCoroutine {
  const clang::FunctionDecl *Function = nullptr;
  /// The call whose task it only passes on, or null when it awaits nothing.
  const clang::CallExpr *PassedOn = nullptr;
};

/// Those of the functions in \p List, in its order.
std::vector<UnneededCoroutine>
findUnneededCoroutines(const FunctionList &List, const Coroutines &Colors, const Sources &Text);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_UNNEEDEDCOROUTINES_H
