// LockUses.cpp - where a unit takes locks, and holds them for long
#include "checks/extract/LockUses.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/Dataflow.h"
#include "checks/extract/LockFlow.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

/// What a function does for long, by the function's id.
using SlowFunctions = std::map<std::string, std::string>;

/// The variable or member that \p Value names; null for a parameter, which may
/// be any mutex.
const ValueDecl *mutexOf(const Expr *Value) {
  Value = Value ? strip(Value) : nullptr;
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Value))
    return mutexOf(Unary->getSubExpr());
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Value))
    return dyn_cast<ValueDecl>(Member->getMemberDecl()->getCanonicalDecl());
  const auto *Named = dyn_cast_or_null<DeclRefExpr>(Value);
  if (!Named || isa<ParmVarDecl>(Named->getDecl()))
    return nullptr;
  return dyn_cast<ValueDecl>(Named->getDecl()->getCanonicalDecl());
}

bool isSlow(const facts::Sink &Primitive) {
  return (Primitive.What == facts::Effect::Blocks || Primitive.What == facts::Effect::Waits) &&
         Primitive.Sure >= facts::Confidence::Medium && Primitive.Unless.empty();
}

/// What \p Call does for long, or "".
std::string slowness(const facts::Call &Call, const SlowFunctions &Known) {
  if (Call.Path == facts::Guard::NoReturn || Call.Doubtful)
    return "";
  if (Call.Primitive)
    return isSlow(*Call.Primitive) ? Call.Primitive->Name : "";
  bool Certain = Call.How == facts::Dispatch::Static || Call.How == facts::Dispatch::Constructor;
  auto Found = Certain ? Known.find(Call.Callee) : Known.end();
  return Found == Known.end() ? "" : Found->second;
}

/// The ordinary functions of \p Unit that block, directly or through calls.
SlowFunctions slowFunctions(const facts::Unit &Unit) {
  SlowFunctions Out;
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const facts::Function &One : Unit.Functions) {
      if (One.What != facts::Kind::Function || One.Opaque || One.Mixed || Out.contains(One.Id))
        continue;
      for (const facts::Call &Call : One.Calls)
        if (std::string Slow = slowness(Call, Out); !Slow.empty()) {
          Out.emplace(One.Id, Slow);
          Changed = true;
          break;
        }
    }
  }
  return Out;
}

/// Notes the locks of one function while they are followed.
class LockUseFlow : public LockFlow {
public:
  LockUseFlow(const FunctionBody &Body, const Analysis &Unit, const SlowFunctions &Slow,
              LockUses &Out)
      : LockFlow(Body, Unit.models()), Unit(Unit), Slow(Slow), Out(Out) {}

  void visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
    auto Statement = Element.getAs<CFGStmt>();
    std::optional<CallSite> Site = Statement ? CallSite::of(Statement->getStmt()) : std::nullopt;
    if (!Site || !Site->Callee)
      return;
    take(*Site);
    if (!Before.empty())
      hold(Before, *Site);
  }

private:
  std::optional<facts::Sink> primitive(const CallSite &Site) const {
    model::Decider Decide(Site, Models, Body.context(), [](const Expr *) { return false; });
    for (const model::FunctionRule *Rule : Models.rules(Site))
      if (Decide.applies(*Rule))
        return Rule->Does ? Decide.effect(*Rule->Does) : std::nullopt;
    return std::nullopt;
  }

  void take(const CallSite &Site) {
    std::optional<facts::Sink> Does = primitive(Site);
    if (!Does || Does->What != facts::Effect::Locks)
      return;
    const ValueDecl *Mutex = Site.Object ? lockedBy(*Site.Object) : nullptr;
    for (const Expr *Argument : Site.Arguments)
      if (!Mutex)
        Mutex = lockedBy(*Argument);
    facts::Place Where = Unit.sources().place(Site.Call->getExprLoc());
    if (Mutex)
      Out.Taken.try_emplace({Where.File, Where.Line}, LockUses::Taking{Mutex, &Body.function()});
  }

  /// The mutex that \p Value names, or that the guard of that name locks.
  const ValueDecl *lockedBy(const Expr &Value) const {
    const ValueDecl *Named = mutexOf(&Value);
    const auto *Guard = dyn_cast_or_null<VarDecl>(Named);
    if (!Guard || !Guard->isLocalVarDecl() || model::isMutex(Guard->getType(), Models))
      return Named;
    for (const Expr *Mutex : mutexesOf(*Guard))
      return mutexOf(Mutex);
    return nullptr;
  }

  std::string slownessOf(const CallSite &Site) const {
    if (std::optional<facts::Sink> Does = primitive(Site))
      return isSlow(*Does) ? qualifiedName(*Site.Callee) : "";
    auto Found = Slow.find(programId(*Site.Callee, Body.context().getSourceManager()));
    return Found == Slow.end() ? "" : Found->second;
  }

  /// A coroutine that blocks is reported itself, and its loop is one thread. One
  /// that suspends under the lock is coro-lock-across-suspend's.
  void hold(const State &Before, const CallSite &Site) {
    if (Body.kind() != facts::Kind::Function)
      return;
    std::string Called = slownessOf(Site);
    if (Called.empty())
      return;
    for (const auto &[Number, How] : Before)
      if (!How.Tried && !isGivenTo(Locks[Number], Site))
        note(Locks[Number], How.Taken, Site.Call->getSourceRange(), Called);
  }

  /// A condition variable that is given the lock releases it while it waits.
  static bool isGivenTo(const Lock &One, const CallSite &Site) {
    return llvm::any_of(Site.Arguments, [&](const Expr *Argument) {
      const ValueDecl *Given = mutexOf(Argument);
      return Given && (Given == One.Guard || (One.Mutex && Given == mutexOf(One.Mutex)));
    });
  }

  void note(const Lock &One, SourceRange Taken, SourceRange Where, const std::string &Called) {
    auto Add = [&](const Expr *Value) {
      if (const ValueDecl *Mutex = mutexOf(Value))
        Out.Holds.push_back({Mutex, &Body.function(), Taken, Where, Called});
    };
    if (One.Mutex)
      return Add(One.Mutex);
    if (One.Guard)
      for (const Expr *Argument : mutexesOf(*One.Guard))
        Add(Argument);
  }

  /// The mutexes that \p Guard is made with.
  llvm::SmallVector<const Expr *, 2> mutexesOf(const VarDecl &Guard) const {
    llvm::SmallVector<const Expr *, 2> Out;
    const Expr *Value = Guard.getInit() ? strip(Guard.getInit()) : nullptr;
    while (const auto *Cast = dyn_cast_or_null<CXXFunctionalCastExpr>(Value))
      Value = strip(Cast->getSubExpr());
    if (Value)
      for (const Expr *Argument : written(Value))
        if (model::isMutex(Argument->IgnoreParenImpCasts()->getType(), Models))
          Out.push_back(Argument);
    return Out;
  }

  const Analysis &Unit;
  const SlowFunctions &Slow;
  LockUses &Out;
};

} // namespace

const LongHold *LockUses::holdAgainst(const Taking &One) const {
  for (const LongHold &Hold : Holds)
    if (Hold.Mutex == One.Mutex && Hold.Holder != One.In)
      return &Hold;
  return nullptr;
}

LockUses findLockUses(const Analysis &Unit) {
  LockUses Out;
  SlowFunctions Slow = slowFunctions(Unit.unit());
  for (const FunctionDecl *Function : Unit.functions().Definitions)
    if (auto Body = FunctionBody::of(*Function, Unit.colors().kind(*Function))) {
      LockUseFlow Flow(*Body, Unit, Slow, Out);
      runForward(*Body, Flow);
    }
  return Out;
}

} // namespace corolint
