// UncheckedResults.cpp - results taken from tasks that may have failed
#include "checks/extract/UncheckedResults.h"

#include "checks/extract/Callables.h"
#include "checks/extract/Dataflow.h"
#include "checks/extract/TaskUses.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

/// The variable of the loop that \p Statement begins, or null.
static const VarDecl *loopVariable(const Stmt *Statement, const FunctionBody &Body) {
  const auto *Declared = dyn_cast<DeclStmt>(Statement);
  const auto *Loop = Declared ? dyn_cast_or_null<CXXForRangeStmt>(Body.parent(Declared)) : nullptr;
  return Loop && Loop->getLoopVarStmt() == Declared ? Loop->getLoopVariable() : nullptr;
}

UncheckedResults::UncheckedResults(const FunctionBody &Body, const model::Model &Models,
                                   const Coroutines &Colors, bool Callback)
    : Body(Body), Models(Models), Callback(Callback) {
  if (Callback) {
    for (const ParmVarDecl *Parameter : Body.function().parameters())
      if (Colors.task(Parameter->getType()))
        Finished.insert(Parameter);
    return;
  }
  for (const CFGBlock *Block : Body.cfg())
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (const VarDecl *Variable = loopVariable(Statement->getStmt(), Body);
            Variable && Colors.task(Variable->getType()))
          Finished.insert(Variable);
}

bool UncheckedResults::join(State &Into, const State &Other) const {
  return std::erase_if(Into, [&](const ValueDecl *One) { return !Other.contains(One); }) != 0;
}

/// The task that a call is about: its object, or its first argument.
static const ValueDecl *subject(const CallSite &Site) {
  if (Site.Object)
    return namedValue(Site.Object);
  return Site.Arguments.empty() ? nullptr : namedValue(Site.Arguments.front());
}

void UncheckedResults::step(State &Now, const CFGElement &Element) const {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  if (const VarDecl *Next = loopVariable(Statement->getStmt(), Body)) {
    Now.erase(Next);
    return;
  }
  if (const auto *Await = dyn_cast<CoawaitExpr>(Statement->getStmt())) {
    if (const ValueDecl *Named = namedValue(Await->getOperand()))
      Now.insert(Named); // has thrown already, if at all
    return;
  }
  std::optional<CallSite> Site = CallSite::of(Statement->getStmt());
  const ValueDecl *Named = Site ? subject(*Site) : nullptr;
  if (!Named || !Finished.contains(Named))
    return;
  const model::FunctionRule *Rule = ruleFor(*Site, Models, Body.context());
  // A function that no model knows may have looked.
  bool Unknown = !Rule && Site->Object == nullptr;
  if (Unknown || (Rule && Rule->FailureCheck))
    Now.insert(Named);
}

bool UncheckedResults::isHandled(const Stmt &Call) const {
  const Stmt *Below = &Call;
  for (const Stmt *Up = Body.parent(Below); Up; Below = Up, Up = Body.parent(Up))
    if (const auto *Try = dyn_cast<CXXTryStmt>(Up); Try && Try->getTryBlock() == Below)
      return true;
  return isa_and_nonnull<CXXTryStmt>(Body.function().getBody());
}

void UncheckedResults::visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
  auto Statement = Element.getAs<CFGStmt>();
  std::optional<CallSite> Site = Statement ? CallSite::of(Statement->getStmt()) : std::nullopt;
  const ValueDecl *Named = Site ? subject(*Site) : nullptr;
  if (!Named || !Finished.contains(Named) || Before.contains(Named))
    return;
  // What waits for the result is another kind of get().
  const model::FunctionRule *Rule = ruleFor(*Site, Models, Body.context());
  if (!Rule || !Rule->GivesResultOf || Rule->Does || isHandled(*Site->Call))
    return;
  Found.push_back({&Body.function(), Site->Call, Site->Callee, Callback});
}

/// Runs over the callbacks that \p Site hands to a loop.
static void inCallbacks(const CallSite &Site, const model::Model &Models, const Coroutines &Colors,
                        const ASTContext &Context, std::vector<UncheckedResult> &Out) {
  const model::FunctionRule *Rule = ruleFor(Site, Models, Context);
  if (!Rule)
    return;
  model::Decider Decide(Site, Models, Context);
  for (const model::CallableRule &Use : Rule->Callables) {
    const Expr *Argument =
        Use.Runs == facts::Transfer::Loop ? Decide.argument(Use.Argument) : nullptr;
    if (!Argument)
      continue;
    for (const FunctionDecl *Target : callableTargets(Argument)) {
      const FunctionDecl *Defined = nullptr;
      if (!Target->hasBody(Defined) || Defined->isDependentContext() ||
          llvm::none_of(Defined->parameters(), [&](const ParmVarDecl *One) {
            return Colors.task(One->getType()).has_value();
          }))
        continue;
      std::unique_ptr<FunctionBody> Body = FunctionBody::of(*Defined, Colors.kind(*Defined));
      if (!Body)
        continue;
      UncheckedResults Results(*Body, Models, Colors, /*Callback=*/true);
      runForward(*Body, Results);
      llvm::append_range(Out, Results.take());
    }
  }
}

std::vector<UncheckedResult> findUncheckedResults(const FunctionBody &Body,
                                                  const model::Model &Models,
                                                  const Coroutines &Colors) {
  std::vector<UncheckedResult> Out;
  UncheckedResults Loops(Body, Models, Colors, /*Callback=*/false);
  if (Loops.isNeeded()) {
    runForward(Body, Loops);
    Out = Loops.take();
  }
  for (const CFGBlock *Block : Body.cfg())
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (std::optional<CallSite> Site = CallSite::of(Statement->getStmt());
            Site && !Site->Arguments.empty())
          inCallbacks(*Site, Models, Colors, Body.context(), Out);
  return Out;
}

} // namespace corolint
