// LaterUses.cpp - what a coroutine uses after it was suspended
#include "checks/extract/LaterUses.h"

#include "checks/extract/Dataflow.h"
#include "checks/extract/FunctionBody.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

/// Knows of each place whether a suspension may come before it. Run it with
/// runForward().
class LaterUseFlow {
public:
  /// The earliest suspension that may have happened.
  struct State {
    bool Suspended = false;
    const Expr *At = nullptr;
  };

  LaterUseFlow(LaterUses &Out) : Out(Out) {}

  State entry() const { return {Out.Lazy, nullptr}; }
  bool join(State &Into, const State &Other) const {
    if (Into.Suspended || !Other.Suspended)
      return false;
    Into = Other;
    return true;
  }
  void step(State &Now, const CFGElement &Element) const {
    auto Statement = Element.getAs<CFGStmt>();
    if (!Statement || Now.Suspended)
      return;
    const auto *Await = dyn_cast<CoawaitExpr>(Statement->getStmt());
    if ((Await && !neverSuspends(*Await)) || isa<CoyieldExpr>(Statement->getStmt()))
      Now = {true, cast<Expr>(Statement->getStmt())};
  }
  void branch(State &, const CFGBlock &, bool) const {}
  void visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
    auto Statement = Element.getAs<CFGStmt>();
    if (!Statement || !Before.Suspended)
      return;
    if (const auto *Named = dyn_cast<DeclRefExpr>(Statement->getStmt()))
      note(Named->getDecl(), Named, Before);
    else if (const auto *Object = dyn_cast<CXXThisExpr>(Statement->getStmt()))
      note(nullptr, Object, Before);
    else if (const auto *Lambda = dyn_cast<LambdaExpr>(Statement->getStmt())) {
      for (const LambdaCapture &One : Lambda->captures())
        if (One.capturesVariable())
          note(One.getCapturedVar(), Lambda, Before);
        else if (One.capturesThis())
          note(nullptr, Lambda, Before);
    }
  }
  void finish(const State &) const {}

private:
  void note(const ValueDecl *Variable, const Expr *Use, const State &Before) {
    if (Out.First.try_emplace(Variable, Use).second)
      Out.Before[Variable] = Before.At;
  }
  LaterUses &Out;
};

LaterUses::LaterUses(const FunctionDecl &Coroutine, const Coroutines &Colors) {
  facts::Kind What = Colors.kind(Coroutine);
  std::optional<TaskType> Task = Colors.task(Coroutine.getReturnType());
  Lazy =
      What == facts::Kind::Generator || (Task && Task->Rule.Starts == model::TaskRule::Start::Lazy);
  std::unique_ptr<FunctionBody> Body = FunctionBody::of(Coroutine, What);
  if (!Body)
    return;
  LaterUseFlow Flow(*this);
  runForward(*Body, Flow);
}

} // namespace corolint
