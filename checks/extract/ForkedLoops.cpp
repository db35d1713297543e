// ForkedLoops.cpp - event loops of a parent that its child uses
#include "checks/extract/ForkedLoops.h"

#include "checks/extract/Dataflow.h"
#include "checks/extract/ForkFlow.h"
#include "checks/extract/WrittenParts.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class ForkedLoops : public ForkFlow {
public:
  using ForkFlow::ForkFlow;

  bool isNeeded() const {
    bool Forks = false;
    forEachReached(Body, [&](const Stmt &Part) {
      std::optional<Step> Does = stepOf(Part);
      Forks |= Does == Step::Fork || Does == Step::Daemon;
    });
    return Forks;
  }

  void visit(const State &Before, const CFGElement &Element, const CFGBlock &Block) {
    auto Statement = Element.getAs<CFGStmt>();
    if (!Statement || !Before.isChild())
      return;
    const Stmt *Part = Statement->getStmt();
    if (Body.kind() == facts::Kind::Coroutine && isa<CoawaitExpr>(Part) && maySuspend(*Part))
      add(Before, *cast<Expr>(Part), nullptr, true, Block);
    std::optional<CallSite> Site = CallSite::of(Part);
    if (!Site || !Site->Callee || stepOf(*Part))
      return;
    const auto *Method = dyn_cast<CXXMethodDecl>(Site->Callee);
    if (Site->Object && Method && !Method->isConst() && isLoop(*Site->Object) &&
        !isa<CXXOperatorCallExpr>(Site->Call))
      use(Before, *Site->Call, *Site->Object, Block);
    if (isOfLibrary(*Site))
      for (const Expr *Argument : Site->Arguments)
        if (isLoop(*Argument))
          use(Before, *Site->Call, *Argument, Block);
  }

  std::vector<ForkedLoop> take() { return std::move(Found); }

private:
  /// True for an event loop, a reference to one, or a pointer.
  bool isLoop(const Expr &Value) const {
    QualType Type = strip(&Value)->getType().getNonReferenceType();
    if (Type->isPointerType())
      Type = Type->getPointeeType();
    const model::TypeRule *Rule = Models.type(Type);
    return Rule && Rule->EventLoop;
  }

  /// True for what a model knows: it uses the loop that it is given.
  bool isOfLibrary(const CallSite &Site) const {
    const model::TypeRule *Made =
        isa<CXXConstructExpr>(Site.Call) ? Models.type(Site.Call->getType()) : nullptr;
    return (Made && Made->LoopBound) || !Models.rules(Site).empty();
  }

  void use(const State &Now, const Expr &Use, const Expr &Loop, const CFGBlock &Block) {
    const ValueDecl *Holder = holderOf(&Loop);
    // A loop that a call of the project returns may well be a new one.
    std::optional<CallSite> From = CallSite::of(strip(&Loop));
    bool Returned = From && From->Callee && !Models.rules(*From).empty();
    if (Holder ? !Now.Fresh.contains(Holder) : Returned && !strip(&Loop)->isPRValue())
      add(Now, Use, Holder, false, Block);
  }

  void add(const State &Now, const Expr &Use, const ValueDecl *Holder, bool Suspends,
           const CFGBlock &Block) {
    bool Known = llvm::any_of(
        Found, [&](const ForkedLoop &One) { return One.Loop == Holder && One.Fork == Now.Fork; });
    if (!Known && !leadsToExec(Block))
      Found.push_back({&Use, Now.Fork, Holder, Suspends});
  }

  /// True when another program may take over after \p From: what was done
  /// before, such as to close what it must not inherit, ends with that.
  bool leadsToExec(const CFGBlock &From) const {
    llvm::SmallPtrSet<const CFGBlock *, 8> Seen;
    llvm::SmallVector<const CFGBlock *, 8> Work{&From};
    while (!Work.empty()) {
      const CFGBlock *Block = Work.pop_back_val();
      if (!Seen.insert(Block).second)
        continue;
      for (const CFGElement &Element : *Block)
        if (auto Statement = Element.getAs<CFGStmt>())
          if (stepOf(*Statement->getStmt()) == Step::Exec)
            return true;
      for (const CFGBlock::AdjacentBlock &Next : Block->succs())
        if (const CFGBlock *To = Next.getReachableBlock())
          Work.push_back(To);
    }
    return false;
  }

  std::vector<ForkedLoop> Found;
};

} // namespace

std::vector<ForkedLoop> findForkedLoops(const FunctionBody &Body, const model::Model &Models) {
  ForkedLoops Loops(Body, Models);
  if (!Loops.isNeeded())
    return {};
  runForward(Body, Loops);
  return Loops.take();
}

} // namespace corolint
