// UnwaitedSpawns.cpp - tasks that a function leaves running
#include "checks/extract/UnwaitedSpawns.h"

#include "checks/extract/Dataflow.h"
#include "checks/extract/WrittenParts.h"
#include "checks/model/CallSite.h"
#include "checks/model/Names.h"

#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

bool waits(const model::FunctionRule &Rule) {
  using Mode = model::ConsumeRule::Mode;
  return Rule.Does || llvm::any_of(Rule.Consumes, [](const model::ConsumeRule &Use) {
           return Use.How == Mode::Await || Use.How == Mode::Run;
         });
}

namespace {

/// Follows a spawned task to the end of a local's life. Run it with runForward().
class SpawnFlow {
public:
  /// What may be true of the task, one bit each.
  enum Is : std::uint8_t { NotSpawned = 1, Running = 2, WaitedFor = 4 };
  using State = std::uint8_t;

  SpawnFlow(const FunctionBody &Body, const model::Model &Models, const Stmt &Spawn,
            const VarDecl *Local)
      : Body(Body), Models(Models), Spawn(Spawn), Local(Local) {}

  State entry() const { return NotSpawned; }
  bool join(State &Into, State Other) const {
    State Before = Into;
    Into |= Other;
    return Into != Before;
  }
  void step(State &Now, const CFGElement &Element) const {
    if (auto Statement = Element.getAs<CFGStmt>()) {
      if (Statement->getStmt() == &Spawn)
        Now = Running;
      else if ((Now & Running) && mayWait(*Statement->getStmt()))
        Now = (Now & ~Running) | WaitedFor;
    } else if (auto Death = Element.getAs<CFGAutomaticObjDtor>()) {
      const CXXRecordDecl *Record = Death->getVarDecl()->getType()->getAsCXXRecordDecl();
      if ((Now & Running) && Local && Death->getVarDecl() != Local && Record &&
          !isHarmless(*Record))
        Now = (Now & ~Running) | WaitedFor;
    }
  }
  /// A wait that throws has waited, and a spawn that throws has started nothing.
  void raise(State &Now, const CFGElement &Element, const CFGBlock &) const {
    auto Statement = Element.getAs<CFGStmt>();
    if (Statement && Statement->getStmt() != &Spawn)
      step(Now, Element);
  }
  void branch(State &Now, const CFGBlock &From, bool) const {
    // Who asks the local asks whether the task is done with it.
    const auto *Test = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
    if ((Now & Running) && Local && Test && anyPart(Test, [&](const Stmt &Part) {
          const auto *Named = dyn_cast<DeclRefExpr>(&Part);
          return Named && Named->getDecl() == Local;
        }))
      Now = (Now & ~Running) | WaitedFor;
  }
  void visit(State Before, const CFGElement &Element, const CFGBlock &) {
    auto Death = Element.getAs<CFGAutomaticObjDtor>();
    if (Death && Death->getVarDecl() == Local)
      AtDeath |= Before;
  }
  void finish(State AtExit) { AtEnd = AtExit; }

  AfterSpawn answer() const {
    State Known = AtDeath ? AtDeath : AtEnd;
    if (!(Known & Running))
      return AfterSpawn::Waits;
    return Known & WaitedFor ? AfterSpawn::MayLeave : AfterSpawn::Leaves;
  }

private:
  /// Classes whose destructors join nothing.
  static bool isHarmless(const CXXRecordDecl &Record) {
    return !Record.hasDefinition() || Record.hasTrivialDestructor() || Record.isLambda() ||
           (Record.isInStdNamespace() &&
            !(Record.getIdentifier() &&
              (Record.getName() == "jthread" || Record.getName() == "future")));
  }
  /// A loop that asks until the task has told that it is done.
  static bool looksAtAtomic(const FunctionDecl &Callee) {
    const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
    const CXXRecordDecl *Class = Method ? Method->getParent() : nullptr;
    return Class && Class->isInStdNamespace() && Class->getIdentifier() &&
           Class->getName().contains("atomic") && Method->isConst();
  }
  /// What co_return does to the promise, which nobody wrote.
  static bool isOfPromise(const CallSite &Site) {
    const auto *Named = dyn_cast_or_null<DeclRefExpr>(Site.Object ? strip(Site.Object) : nullptr);
    return Named && Named->getDecl()->isImplicit();
  }
  bool mayWait(const Stmt &Part) const {
    if (isa<CoawaitExpr, CoyieldExpr>(Part))
      return true;
    std::optional<CallSite> Site = CallSite::of(&Part);
    if (!Site || isa<CXXConstructExpr>(Part) || isOfPromise(*Site))
      return false;
    const auto &Rules = Models.rules(*Site);
    if (!Rules.empty())
      return llvm::any_of(Rules, [](const model::FunctionRule *Rule) { return waits(*Rule); });
    if (!Site->Callee || looksAtAtomic(*Site->Callee))
      return true;
    if (!Local ||
        (Site->Callee->isOverloadedOperator() && Site->Callee->getOverloadedOperator() != OO_Call))
      return false;
    bool Installed =
        Body.context().getSourceManager().isInSystemHeader(Site->Callee->getLocation());
    return !isStandard(*Site->Callee) && !Site->Callee->getBuiltinID() &&
           (!Installed || isOnRunner(*Site));
  }
  /// True when \p Site changes what the task was given to: it may run the task.
  bool isOnRunner(const CallSite &Site) const {
    const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
    const ValueDecl *Object =
        Method && !Method->isConst() && Site.Object ? owner(*Site.Object) : nullptr;
    std::optional<CallSite> Given = Object ? CallSite::of(&Spawn) : std::nullopt;
    return Given && ((Given->Object && owner(*Given->Object) == Object) ||
                     llvm::any_of(Given->Arguments, [&](const Expr *Argument) {
                       return owner(*Argument) == Object;
                     }));
  }
  /// What \p Value names, points to or belongs to: `context` in `context->get_executor()`.
  static const ValueDecl *owner(const Expr &Value) {
    const Expr *Inner = strip(&Value);
    if (const auto *Getter = dyn_cast<CXXMemberCallExpr>(Inner);
        Getter && Getter->getNumArgs() == 0)
      return owner(*Getter->getImplicitObjectArgument());
    if (const auto *Through = dyn_cast<CXXOperatorCallExpr>(Inner);
        Through && (Through->getOperator() == OO_Arrow || Through->getOperator() == OO_Star))
      return owner(*Through->getArg(0));
    if (const auto *Through = dyn_cast<UnaryOperator>(Inner);
        Through && Through->getOpcode() == UO_Deref)
      return owner(*Through->getSubExpr());
    return namedValue(Inner);
  }

  const FunctionBody &Body;
  const model::Model &Models;
  const Stmt &Spawn;
  const VarDecl *Local;
  State AtDeath = 0, AtEnd = 0;
};

} // namespace

AfterSpawn afterSpawn(const FunctionBody &Body, const model::Model &Models, const Stmt &Spawn,
                      const VarDecl *Local) {
  SpawnFlow Flow(Body, Models, Spawn, Local);
  runForward(Body, Flow);
  return Flow.answer();
}

} // namespace corolint
