// CallState.cpp - what is known before a call on every path
#include "checks/extract/CallState.h"

#include "checks/model/Coroutine.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

using Values = llvm::SmallPtrSet<const ValueDecl *, 4>;

/// Keeps in \p Into what \p Other has too.
static bool intersect(Values &Into, const Values &Other) {
  Values Kept;
  for (const ValueDecl *One : Into)
    if (Other.contains(One))
      Kept.insert(One);
  bool Changed = Kept.size() != Into.size();
  Into = std::move(Kept);
  return Changed;
}

bool CallFlow::join(State &Into, const State &Other) const {
  bool Changed = intersect(Into.NonBlocking, Other.NonBlocking);
  Changed |= intersect(Into.Ready, Other.Ready);
  auto Or = [&](bool &To, bool From) {
    Changed |= From && !To;
    To |= From;
  };
  Or(Into.MaySuspended, Other.MaySuspended);
  Or(Into.MaySpawned, Other.MaySpawned);
  if (Into.OffLoop && !Other.OffLoop) {
    Into.OffLoop = false;
    Changed = true;
  }
  return Changed;
}

const model::FunctionRule *CallFlow::rule(const CallSite &Site,
                                          const State &Now) const {
  auto IsNonBlocking = [&](const Expr *Value) {
    return Now.NonBlocking.contains(namedValue(Value));
  };
  model::Decider Decide(Site, Body.context(), IsNonBlocking);
  for (const model::FunctionRule *Rule : Models.rules(Site))
    if (Decide.applies(*Rule))
      return Rule;
  return nullptr;
}

/// Adds the variables that \p Statement mentions.
static void addMentioned(const Stmt *Statement, Values &Out) {
  if (!Statement || isa<LambdaExpr>(Statement))
    return;
  if (const auto *Expression = dyn_cast<Expr>(Statement))
    if (const ValueDecl *Named = namedValue(Expression);
        Named && Named->getType().getNonReferenceType()->isRecordType())
      Out.insert(Named);
  for (const Stmt *Child : Statement->children())
    addMentioned(Child, Out);
}

void CallFlow::await(State &Now, const CoawaitExpr &Await) const {
  // What was awaited together is done afterwards: co_await when_all(a, b).
  addMentioned(Await.getOperand(), Now.Ready);
  if (!neverSuspends(Await))
    Now.MaySuspended = true;
  if (std::optional<CallSite> Site = CallSite::of(strip(Await.getOperand())))
    if (const model::FunctionRule *Rule = rule(*Site, Now); Rule && Rule->SwitchesTo)
      Now.OffLoop = *Rule->SwitchesTo == facts::Transfer::Thread;
}

void CallFlow::call(State &Now, const CallSite &Site) const {
  const model::FunctionRule *Rule = rule(Site, Now);
  if (!Rule)
    return;
  using Mode = model::ConsumeRule::Mode;
  for (const model::ConsumeRule &Use : Rule->Consumes)
    Now.MaySpawned |= Use.How == Mode::Spawn || Use.How == Mode::Detach;
  for (const model::CallableRule &Use : Rule->Callables)
    Now.MaySpawned |= Use.Runs == facts::Transfer::Loop;
  if (!Rule->MakesNonBlocking)
    return;
  model::Decider Decide(Site, Body.context(), [](const Expr *) { return false; });
  if (Rule->MakesNonBlocking->Index == model::ArgumentRef::Result) {
    const auto *Declared = dyn_cast_or_null<DeclStmt>(Body.parent(Site.Call));
    if (Declared && Declared->isSingleDecl())
      if (const auto *Value = dyn_cast<VarDecl>(Declared->getSingleDecl()))
        Now.NonBlocking.insert(Value);
  } else if (const Expr *Argument = Decide.argument(*Rule->MakesNonBlocking)) {
    if (const ValueDecl *Value = namedValue(Argument))
      Now.NonBlocking.insert(Value);
  }
}

void CallFlow::step(State &Now, const CFGElement &Element) const {
  std::optional<CFGStmt> Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  const Stmt *Inner = Statement->getStmt();
  if (const auto *Await = dyn_cast<CoawaitExpr>(Inner))
    await(Now, *Await);
  else if (isa<CoyieldExpr>(Inner))
    Now.MaySuspended = true;
  else if (std::optional<CallSite> Site = CallSite::of(Inner))
    call(Now, *Site);
}

void CallFlow::branch(State &Now, const CFGBlock &From, bool Taken) const {
  const auto *Condition = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
  if (!Condition)
    return;
  Condition = Condition->IgnoreParenImpCasts();
  while (const auto *Not = dyn_cast<UnaryOperator>(Condition)) {
    if (Not->getOpcode() != UO_LNot)
      return;
    Taken = !Taken;
    Condition = Not->getSubExpr()->IgnoreParenImpCasts();
  }
  if (const auto *Compare = dyn_cast<BinaryOperator>(Condition)) {
    if (!Compare->isEqualityOp())
      return;
    Taken = Taken == (Compare->getOpcode() == BO_EQ);
    Condition = Compare->getLHS()->IgnoreParenImpCasts();
  }
  std::optional<CallSite> Site = CallSite::of(strip(Condition));
  if (!Site || !Taken)
    return;
  const model::FunctionRule *Rule = rule(*Site, Now);
  if (!Rule || !Rule->ReadyCheck)
    return;
  const Expr *Asked = Site->Object;
  if (!Asked && !Site->Arguments.empty())
    Asked = Site->Arguments.front();
  if (const ValueDecl *Value = Asked ? namedValue(Asked) : nullptr)
    Now.Ready.insert(Value);
}

} // namespace corolint
