// WrittenParts.cpp - what is written in a statement
#include "checks/extract/WrittenParts.h"

#include "checks/extract/Dataflow.h"
#include "checks/model/Coroutine.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

bool anyPart(const Stmt *Whole, llvm::function_ref<bool(const Stmt &)> Test) {
  if (!Whole)
    return false;
  if (Test(*Whole))
    return true;
  if (const auto *Closure = dyn_cast<LambdaExpr>(Whole))
    return llvm::any_of(Closure->capture_inits(),
                        [&](const Expr *Init) { return anyPart(Init, Test); });
  if (const auto *Suspension = dyn_cast<CoroutineSuspendExpr>(Whole))
    return anyPart(Suspension->getOperand(), Test);
  if (const auto *Return = dyn_cast<CoreturnStmt>(Whole))
    return anyPart(Return->getOperand(), Test);
  return llvm::any_of(Whole->children(), [&](const Stmt *Child) { return anyPart(Child, Test); });
}

bool maySuspend(const Stmt &Await) {
  if (const auto *Known = dyn_cast<CoawaitExpr>(&Await))
    return !Known->isImplicit() && !neverSuspends(*Known);
  return isa<CoyieldExpr, DependentCoawaitExpr>(Await);
}

namespace {

/// Remembers nothing on its way.
class Reached {
public:
  using Visitor = llvm::function_ref<void(const Stmt &)>;
  struct State {};

  explicit Reached(Visitor See) : See(See) {}

  State entry() const { return {}; }
  bool join(State &, const State &) const { return false; }
  void step(State &, const CFGElement &) const {}
  void branch(State &, const CFGBlock &, bool) const {}
  void visit(State, const CFGElement &Element, const CFGBlock &) {
    if (auto Statement = Element.getAs<CFGStmt>())
      See(*Statement->getStmt());
  }
  void finish(State) const {}

private:
  Visitor See;
};

} // namespace

void forEachReached(const FunctionBody &Body, llvm::function_ref<void(const Stmt &)> See) {
  Reached All(See);
  runForward(Body, All);
}

} // namespace corolint
