// ThreadLife.cpp - functions that are given to threads, and their joins
#include "checks/extract/ThreadLife.h"

#include "checks/extract/CallState.h"
#include "checks/extract/Callables.h"
#include "checks/extract/Dataflow.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ExprCXX.h"

#include <map>
#include <set>

using namespace clang;

namespace corolint {

namespace {

/// Lists the calls that pass a callable to a thread.
class StartFlow : public CallFlow {
public:
  using CallFlow::CallFlow;

  void visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
    auto Statement = Element.getAs<CFGStmt>();
    std::optional<CallSite> Site = Statement ? CallSite::of(Statement->getStmt()) : std::nullopt;
    const model::FunctionRule *Rule = Site && Site->Callee ? rule(*Site, Before) : nullptr;
    if (!Rule)
      return;
    for (const model::CallableRule &Use : Rule->Callables) {
      if (Use.Runs != facts::Transfer::Thread)
        continue;
      model::Decider Decide(*Site, Models, Body.context());
      if (Use.Argument.Index != model::ArgumentRef::Any)
        add(*Site, Decide.argument(Use.Argument));
      else
        for (const Expr *Argument : Site->Arguments)
          add(*Site, Argument);
    }
  }

  std::vector<ThreadStart> Found;

private:
  void add(const CallSite &Site, const Expr *Callable) {
    if (Callable && isCallable(Callable->getType()))
      Found.push_back({Site.Call, Callable});
  }
};

/// Follows the threads that local variables hold until they are joined.
class JoinFlow {
public:
  using State = std::set<const VarDecl *>;

  JoinFlow(const FunctionBody &Body, const model::Model &Models,
           std::map<const VarDecl *, bool> &Overlaps)
      : Body(Body), Models(Models), Overlaps(Overlaps) {}

  State entry() const { return {}; }
  bool join(State &Into, const State &Other) const {
    std::size_t Known = Into.size();
    Into.insert(Other.begin(), Other.end());
    return Into.size() != Known;
  }
  void branch(State &, const CFGBlock &, bool) const {}
  void finish(const State &) const {}

  void step(State &Now, const CFGElement &Element) const {
    if (auto Death = Element.getAs<CFGAutomaticObjDtor>()) {
      Now.erase(Death->getVarDecl());
      return;
    }
    auto Statement = Element.getAs<CFGStmt>();
    if (!Statement)
      return;
    if (const auto *Declared = dyn_cast<DeclStmt>(Statement->getStmt())) {
      for (const Decl *One : Declared->decls())
        if (const auto *Local = dyn_cast<VarDecl>(One); Local && Overlaps.contains(Local))
          Now.insert(Local);
    } else if (std::optional<CallSite> Site = CallSite::of(Statement->getStmt());
               Site && effectOf(*Site) == facts::Effect::Blocks && Site->Object) {
      Now.erase(dyn_cast_or_null<VarDecl>(namedValue(Site->Object)));
    }
  }

  void visit(const State &Before, const CFGElement &Element, const CFGBlock &) const {
    auto Statement = Element.getAs<CFGStmt>();
    if (!Statement || Before.empty())
      return;
    std::optional<CallSite> Site = CallSite::of(Statement->getStmt());
    bool LoopRuns = isa<CoroutineSuspendExpr>(Statement->getStmt()) ||
                    (Site && effectOf(*Site) == facts::Effect::RunsLoop);
    if (LoopRuns)
      for (const VarDecl *One : Before)
        Overlaps[One] = true;
    // Whatever else is done with the variable may let the thread go.
    const auto *Use = dyn_cast<DeclRefExpr>(Statement->getStmt());
    const auto *Local = Use ? dyn_cast<VarDecl>(Use->getDecl()) : nullptr;
    if (Local && Before.contains(Local) && !isJoined(*Use))
      Overlaps[Local] = true;
  }

private:
  std::optional<facts::Effect> effectOf(const CallSite &Site) const {
    model::Decider Decide(Site, Models, Body.context(), [](const Expr *) { return false; });
    for (const model::FunctionRule *Rule : Models.rules(Site))
      if (Decide.applies(*Rule))
        return Rule->Does ? std::optional(Rule->Does->What) : std::nullopt;
    return std::nullopt;
  }

  /// True for the object of a call that joins, or that only asks.
  bool isJoined(const DeclRefExpr &Use) const {
    const Stmt *Parent = Body.parent(&Use);
    while (Parent && isa<ImplicitCastExpr, ParenExpr, MemberExpr>(Parent))
      Parent = Body.parent(Parent);
    std::optional<CallSite> Site = Parent ? CallSite::of(Parent) : std::nullopt;
    const auto *Method = Site ? dyn_cast_or_null<CXXMethodDecl>(Site->Callee) : nullptr;
    return Method && Site->Object && namedValue(Site->Object) == Use.getDecl() &&
           (Method->isConst() || effectOf(*Site) == facts::Effect::Blocks);
  }

  const FunctionBody &Body;
  const model::Model &Models;
  std::map<const VarDecl *, bool> &Overlaps;
};

/// The local thread that \p Start makes, or null.
const VarDecl *threadOf(const ThreadStart &Start, const FunctionBody &Body) {
  if (!isa<CXXConstructExpr>(Start.Place))
    return nullptr;
  const Stmt *Parent = Body.parent(Start.Place);
  while (Parent && isa<Expr>(Parent) && strip(cast<Expr>(Parent)) == Start.Place)
    Parent = Body.parent(Parent);
  const auto *Declared = dyn_cast_or_null<DeclStmt>(Parent);
  if (!Declared)
    return nullptr;
  for (const Decl *One : Declared->decls())
    if (const auto *Local = dyn_cast<VarDecl>(One))
      if (Local->isLocalVarDecl() && !Local->isStaticLocal() && Local->getInit() &&
          strip(Local->getInit()) == Start.Place)
        return Local;
  return nullptr;
}

} // namespace

std::vector<ThreadStart> findThreadStarts(const FunctionBody &Body, const model::Model &Models) {
  StartFlow Starts(Body, Models);
  runForward(Body, Starts);
  std::map<const VarDecl *, bool> Overlaps;
  for (const ThreadStart &One : Starts.Found)
    if (const VarDecl *Thread = threadOf(One, Body))
      Overlaps[Thread] = false;
  if (Overlaps.empty())
    return std::move(Starts.Found);
  JoinFlow Joins(Body, Models, Overlaps);
  runForward(Body, Joins);
  for (ThreadStart &One : Starts.Found)
    if (const VarDecl *Thread = threadOf(One, Body))
      One.Concurrent = Overlaps[Thread];
  return std::move(Starts.Found);
}

} // namespace corolint
