// WrittenParts.cpp - what is written in a statement
#include "checks/extract/WrittenParts.h"

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
    return llvm::any_of(Closure->capture_inits(), [&](const Expr *Init) {
      return anyPart(Init, Test);
    });
  if (const auto *Suspension = dyn_cast<CoroutineSuspendExpr>(Whole))
    return anyPart(Suspension->getOperand(), Test);
  if (const auto *Return = dyn_cast<CoreturnStmt>(Whole))
    return anyPart(Return->getOperand(), Test);
  return llvm::any_of(Whole->children(),
                      [&](const Stmt *Child) { return anyPart(Child, Test); });
}

bool maySuspend(const Stmt &Await) {
  if (const auto *Known = dyn_cast<CoawaitExpr>(&Await))
    return !Known->isImplicit() && !neverSuspends(*Known);
  return isa<CoyieldExpr, DependentCoawaitExpr>(Await);
}

void forEachReached(const CFG &Graph, Reached::Visitor See) {
  Reached All(See);
  runForward(Graph, All);
}

} // namespace corolint
