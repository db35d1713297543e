// ForkedLoops.h - event loops of a parent that its child uses
#ifndef COROLINT_CHECKS_EXTRACT_FORKEDLOOPS_H
#define COROLINT_CHECKS_EXTRACT_FORKEDLOOPS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

namespace corolint {

/// A use, in the child, of a loop that the parent made before it forked.
struct ForkedLoop {
  const clang::Expr *Use = nullptr;
  const clang::Expr *Fork = nullptr; ///< the call that made the child
  /// What holds the loop; null for a loop that a call returns, and for the loop
  /// on which a coroutine is suspended.
  const clang::ValueDecl *Loop = nullptr;
  bool Suspends = false; ///< Use is a co_await
};

/// The first use of each such loop in \p Body.
std::vector<ForkedLoop> findForkedLoops(const FunctionBody &Body, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_FORKEDLOOPS_H
