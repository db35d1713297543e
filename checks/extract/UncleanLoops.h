// UncleanLoops.h - loops that are closed with work left in them
#ifndef COROLINT_CHECKS_EXTRACT_UNCLEANLOOPS_H
#define COROLINT_CHECKS_EXTRACT_UNCLEANLOOPS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

#include <set>

namespace corolint {

/// A local loop that runs and is closed in one function.
struct UncleanLoop {
  using Part = model::FunctionRule::Cleanup;
  const clang::VarDecl *Loop = nullptr;
  const clang::Expr *Run = nullptr; ///< its first run
  const clang::Expr *Close = nullptr;
  std::set<Part> Missing; ///< what is not done before
};

/// The loops that \p Body makes, runs and closes without all of their clean-up.
std::vector<UncleanLoop> findUncleanLoops(const FunctionBody &Body, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_UNCLEANLOOPS_H
