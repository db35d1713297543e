// IdleScopes.h - limits on work that never suspends
#ifndef COROLINT_CHECKS_EXTRACT_IDLESCOPES_H
#define COROLINT_CHECKS_EXTRACT_IDLESCOPES_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

namespace corolint {

/// A call that limits or groups work which never suspends.
struct IdleScope {
  const clang::Expr *Call = nullptr;
  const clang::FunctionDecl *Scope = nullptr; ///< what is called
  const clang::FunctionDecl *Work = nullptr;  ///< what never suspends
  bool IsGroup = false;                       ///< it waits for tasks; none is started
};

/// The scopes in \p Body that can cancel nothing.
std::vector<IdleScope> findIdleScopes(const FunctionBody &Body, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_IDLESCOPES_H
