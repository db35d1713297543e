// CallState.cpp - what is known before a call on every path
#include "checks/extract/CallState.h"

#include "checks/model/Coroutine.h"
#include "checks/model/Predicates.h"
#include "checks/model/ThreadPools.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

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

/// How the promise of the coroutine \p Function is made; it may see the arguments.
static const Expr *promiseOf(const FunctionDecl &Function) {
  const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(Function.getBody());
  const VarDecl *Promise = Coroutine ? Coroutine->getPromiseDecl() : nullptr;
  return Promise ? Promise->getInit() : nullptr;
}

CallState CallFlow::entry() const {
  State Start;
  const Expr *Promise = promiseOf(Body.function());
  std::optional<CallSite> Made = Promise ? CallSite::of(strip(Promise)) : std::nullopt;
  const model::FunctionRule *Rule = Made ? rule(*Made, Start) : nullptr;
  Start.OffLoop = Rule && Rule->SwitchesTo == facts::Transfer::Thread;
  return Start;
}

bool CallFlow::join(State &Into, const State &Other) const {
  bool Changed = intersect(Into.NonBlocking, Other.NonBlocking);
  Changed |= intersect(Into.Blocking, Other.Blocking);
  Changed |= intersect(Into.Ready, Other.Ready);
  Changed |= intersect(Into.MovedFrom, Other.MovedFrom);
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
  if (Into.NoLoop && !Other.NoLoop) {
    Into.NoLoop = false;
    Changed = true;
  }
  return Changed;
}

const model::FunctionRule *CallFlow::rule(const CallSite &Site, const State &Now) const {
  auto IsNonBlocking = [&](const Expr *Value) {
    return Now.NonBlocking.contains(namedValue(Value));
  };
  auto IsBlocking = [&](const Expr *Value) { return Now.Blocking.contains(namedValue(Value)); };
  model::Decider Decide(Site, Models, Body.context(), IsNonBlocking, IsBlocking);
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
  const auto *Together = dyn_cast_or_null<VarDecl>(namedValue(Await.getOperand()));
  const Expr *Made = Together && Together->isLocalVarDecl() ? Together->getInit() : nullptr;
  if (Made && isa<CXXConstructExpr>(strip(Made))) // when_all both(a, b);
    addMentioned(Made, Now.Ready);
  if (!neverSuspends(Await))
    Now.MaySuspended = true;
  if (std::optional<facts::Transfer> To = switchOf(Await.getOperand(), Now, 4))
    Now.OffLoop = *To == facts::Transfer::Thread;
  else
    Now.OffLoop |= asksForThread(Await.getOperand());
}

std::optional<facts::Transfer> CallFlow::switchOf(const Expr *Operand, const State &Now,
                                                  unsigned Depth) const {
  std::optional<CallSite> Site = CallSite::of(strip(Operand));
  if (!Site || Depth == 0)
    return std::nullopt;
  const model::FunctionRule *Rule = rule(*Site, Now);
  if (Rule && Rule->SwitchesTo)
    return Rule->SwitchesTo;
  for (const Expr *Argument : Site->Arguments)
    if (std::optional<facts::Transfer> To = switchOf(Argument, Now, Depth - 1))
      return To;
  // An operation whose handler runs on the loop resumes the coroutine there.
  if (Rule && llvm::any_of(Rule->Callables, [](const model::CallableRule &Use) {
        return Use.Runs == facts::Transfer::Loop;
      }))
    return facts::Transfer::Loop;
  return std::nullopt;
}

void CallFlow::call(State &Now, const CallSite &Site) const {
  const model::FunctionRule *Rule = rule(Site, Now);
  change(Now, Site, Rule);
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Site.Call);
  if (Operator && Operator->getOperator() == OO_Equal)
    if (const ValueDecl *Value = Site.Object ? namedValue(Site.Object) : nullptr)
      Now.Ready.erase(Value); // it holds something else now
  if (!Rule)
    return;
  // Whoever waited until it was done need not wait again.
  if (Rule->Does && Rule->Does->What == facts::Effect::Waits && Rule->Does->Unless.empty())
    if (const ValueDecl *Value = Site.Object ? namedValue(Site.Object) : nullptr)
      Now.Ready.insert(Value);
  using Mode = model::ConsumeRule::Mode;
  for (const model::ConsumeRule &Use : Rule->Consumes)
    Now.MaySpawned |= Use.How == Mode::Spawn || Use.How == Mode::Detach;
  for (const model::CallableRule &Use : Rule->Callables)
    Now.MaySpawned |= Use.Runs == facts::Transfer::Loop;
}

/// The variable that holds what \p Site returns, or null.
static const ValueDecl *resultOf(const CallSite &Site, const FunctionBody &Body) {
  const Stmt *Parent = Site.Call ? Body.parent(Site.Call) : nullptr;
  while (Parent && isa<ImplicitCastExpr, ParenExpr, ExprWithCleanups>(Parent))
    Parent = Body.parent(Parent);
  if (const auto *Assign = dyn_cast_or_null<BinaryOperator>(Parent))
    return Assign->getOpcode() == BO_Assign && strip(Assign->getRHS()) == Site.Call
               ? namedValue(Assign->getLHS())
               : nullptr;
  const auto *Declared = dyn_cast_or_null<DeclStmt>(Parent);
  if (!Declared)
    return nullptr;
  for (const Decl *One : Declared->decls())
    if (const auto *Value = dyn_cast<VarDecl>(One))
      if (Value->getInit() && strip(Value->getInit()) == Site.Call)
        return Value;
  return nullptr;
}

/// The variable that owns \p Part: `owner` in `owner->detach()`.
static const ValueDecl *ownerOf(const Expr &Part) {
  const auto *Through = dyn_cast<CXXOperatorCallExpr>(strip(&Part));
  bool Reaches =
      Through && (Through->getOperator() == OO_Arrow || Through->getOperator() == OO_Star);
  return Reaches ? namedValue(Through->getArg(0)) : nullptr;
}

void CallFlow::change(State &Now, const CallSite &Site, const model::FunctionRule *Rule) const {
  bool MakesObject = isa<CXXConstructExpr>(Site.Call); // see declare()
  bool MakesResult = false;
  for (const model::FunctionRule *One : Models.rules(Site))
    MakesResult |= !MakesObject && One->MakesNonBlocking &&
                   One->MakesNonBlocking->Index == model::ArgumentRef::Result;
  const ValueDecl *Result = MakesResult ? resultOf(Site, Body) : nullptr;
  if (Rule && Rule->MakesNonBlocking && !MakesObject) {
    model::Decider Decide(Site, Models, Body.context());
    const Expr *Argument = Decide.argument(*Rule->MakesNonBlocking);
    const ValueDecl *Value = Result ? Result : Argument ? namedValue(Argument) : nullptr;
    if (Value) {
      Now.NonBlocking.insert(Value);
      Now.Blocking.erase(Value);
    } else if (const ValueDecl *Owner = Argument ? ownerOf(*Argument) : nullptr) {
      Now.MovedFrom.insert(Owner);
    }
    return;
  }
  if (Result) {
    // One of its rules would have held: what it makes blocks, if that is sure.
    model::Decider Decide(Site, Models, Body.context());
    bool Sure = llvm::all_of(Models.rules(Site), [&](const model::FunctionRule *One) {
      return !One->MakesNonBlocking || llvm::any_of(One->When, [&](const model::Predicate &Test) {
        return Decide.decide(Test) == model::Decider::Answer::Fails;
      });
    });
    Now.NonBlocking.erase(Result);
    Now.Blocking.erase(Result);
    if (Sure)
      Now.Blocking.insert(Result);
  }
  // Whoever is given it, other than to use it, may change it.
  if (!Rule || !Rule->Does) {
    for (const Expr *Argument : Site.Arguments)
      if (const ValueDecl *Value = namedValue(Argument))
        Now.Blocking.erase(Value);
    if (const ValueDecl *Value = Site.Object ? namedValue(Site.Object) : nullptr)
      Now.Blocking.erase(Value);
  }
}

/// What a return gives away, which moves from a local.
static const Expr *returned(const Stmt &Statement) {
  if (const auto *Return = dyn_cast<CoreturnStmt>(&Statement))
    return Return->getOperand();
  const auto *Return = dyn_cast<ReturnStmt>(&Statement);
  return Return ? Return->getRetValue() : nullptr;
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
  else if (const auto *Declared = dyn_cast<DeclStmt>(Inner))
    for (const Decl *One : Declared->decls())
      declare(Now, dyn_cast<VarDecl>(One));
  else if (const Expr *Result = returned(*Inner)) {
    if (const auto *Local = dyn_cast_or_null<VarDecl>(namedValue(Result)))
      Now.MovedFrom.insert(Local);
  } else if (std::optional<CallSite> Site = CallSite::of(Inner)) {
    move(Now, *Site);
    call(Now, *Site);
  }
}

/// True for a container that can be asked whether it is empty. A pair, a tuple
/// or an array is made with its elements.
static bool mayBeEmpty(const CXXRecordDecl &Container) {
  const CXXRecordDecl *Defined = Container.getDefinition();
  if (!Defined || Defined->isAggregate())
    return false;
  ASTContext &Context = Defined->getASTContext();
  return !Defined->lookup(&Context.Idents.get("empty")).empty() ||
         llvm::any_of(Defined->getVisibleConversionFunctions(), [](const NamedDecl *One) {
           const auto *To = dyn_cast<CXXConversionDecl>(One->getUnderlyingDecl());
           return To && To->getConversionType()->isBooleanType();
         });
}

void CallFlow::declare(State &Now, const VarDecl *Local) const {
  Now.MovedFrom.erase(Local); // made again by a loop
  const Expr *Init = Local ? Local->getInit() : nullptr;
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init ? strip(Init) : nullptr);
  std::optional<CallSite> Site = Made ? CallSite::of(Made) : std::nullopt;
  if (!Site || !Site->Arguments.empty())
    return;
  const model::TypeRule *Known = Models.type(Local->getType());
  const model::FunctionRule *Rule = rule(*Site, Now);
  if ((Known && Known->Container && mayBeEmpty(*Local->getType()->getAsCXXRecordDecl())) ||
      (Rule && Rule->MakesNonBlocking))
    Now.MovedFrom.insert(Local);
}

void CallFlow::move(State &Now, const CallSite &Site) const {
  if (strip(Site.Call) != Site.Call && !isa<CXXConstructExpr>(Site.Call)) {
    if (const ValueDecl *Value = namedValue(Site.Call); Value && isa<VarDecl>(Value))
      Now.MovedFrom.insert(Value);
    return;
  }
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Site.Callee);
  if (Site.Object && Method && !Method->isConst())
    Now.MovedFrom.erase(namedValue(Site.Object)); // it may hold something again
}

} // namespace corolint
