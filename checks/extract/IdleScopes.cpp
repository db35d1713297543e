// IdleScopes.cpp - limits on work that never suspends
#include "checks/extract/IdleScopes.h"

#include "checks/extract/WrittenParts.h"
#include "checks/model/Coroutine.h"
#include "checks/model/Predicates.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

/// The coroutine that \p Argument is or makes: a lambda, the lambda in a
/// variable, a function, or a call of one of them. Null when that is not known.
static const FunctionDecl *workOf(const Expr *Argument) {
  const Expr *Inner = strip(Argument);
  if (const auto *Local = dyn_cast_or_null<VarDecl>(namedValue(Inner));
      Local && Local->isLocalVarDecl() && Local->getInit())
    Inner = strip(Local->getInit());
  if (const auto *Closure = dyn_cast<LambdaExpr>(Inner)) {
    // A generic lambda is known by the one way in which it is called.
    const FunctionTemplateDecl *Generic = Closure->getDependentCallOperator();
    if (!Generic)
      return Closure->getCallOperator();
    auto All = Generic->specializations();
    return std::distance(All.begin(), All.end()) == 1 ? *All.begin() : nullptr;
  }
  if (const auto *Named = dyn_cast<DeclRefExpr>(Inner))
    return dyn_cast<FunctionDecl>(Named->getDecl());
  if (const auto *Address = dyn_cast<UnaryOperator>(Inner);
      Address && Address->getOpcode() == UO_AddrOf)
    return workOf(Address->getSubExpr());
  const auto *Call = dyn_cast<CallExpr>(Inner);
  return Call ? Call->getDirectCallee() : nullptr;
}

static const Stmt *writtenBody(const FunctionDecl &Work) {
  const FunctionDecl *Defined = nullptr;
  if (!Work.hasBody(Defined) || Defined->isDependentContext())
    return nullptr;
  const CoroutineBodyStmt *Coroutine = coroutineBody(*Defined);
  return Coroutine ? Coroutine->getBody() : nullptr;
}

static bool suspends(const Stmt &Work) {
  return anyPart(&Work, [](const Stmt &Part) { return maySuspend(Part); });
}

/// True when \p Work names one of \p Of's parameters, as a body does that
/// starts tasks in the group it is given.
static bool usesParameters(const Stmt &Work, const FunctionDecl &Of) {
  return anyPart(&Work, [&](const Stmt &Part) {
    const auto *Named = dyn_cast<DeclRefExpr>(&Part);
    const auto *Parameter = Named ? dyn_cast<ParmVarDecl>(Named->getDecl()) : nullptr;
    return Parameter && (Parameter->getDeclContext() == &Of ||
                         Parameter->getDeclContext() == Of.getDefinition());
  });
}

std::vector<IdleScope> findIdleScopes(const FunctionBody &Body, const model::Model &Models) {
  std::vector<IdleScope> Out;
  forEachReached(Body, [&](const Stmt &Part) {
    std::optional<CallSite> Site = CallSite::of(&Part);
    if (!Site || !Site->Callee)
      return;
    model::Decider Decide(*Site, Models, Body.context());
    for (const model::FunctionRule *Rule : Models.rules(*Site)) {
      if (!Decide.applies(*Rule))
        continue;
      const Expr *Argument = Rule->CancelScope ? Decide.argument(*Rule->CancelScope) : nullptr;
      const FunctionDecl *Work = Argument ? workOf(Argument) : nullptr;
      const Stmt *Written = Work ? writtenBody(*Work) : nullptr;
      bool IsGroup = !Rule->ThrowsGroup.empty();
      if (Written && !suspends(*Written) && !(IsGroup && usesParameters(*Written, *Work)))
        Out.push_back({Site->Call, Site->Callee, Work, IsGroup});
      return;
    }
  });
  return Out;
}

} // namespace corolint
