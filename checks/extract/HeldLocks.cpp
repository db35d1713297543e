// HeldLocks.cpp - which locks a coroutine holds where it suspends
#include "checks/extract/Dataflow.h"
#include "checks/extract/LockFlow.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

bool LockFlow::isOver(const Lock &One, const CoroutineSuspendExpr &Suspension) const {
  const auto *Await = dyn_cast<CoawaitExpr>(&Suspension);
  if (Await && Await->isImplicit())
    return One.Guard; // the final suspension: the locals are gone
  const Stmt *Around = One.Scope ? &Suspension : nullptr;
  while (Around && Around != One.Scope)
    Around = Body.parent(Around);
  return One.Scope && !Around;
}

void LockFlow::visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
  auto Statement = Element.getAs<CFGStmt>();
  const auto *Suspension =
      Statement ? dyn_cast<CoroutineSuspendExpr>(Statement->getStmt()) : nullptr;
  if (!Suspension)
    return;
  const auto *Await = dyn_cast<CoawaitExpr>(Suspension);
  if (Await && neverSuspends(*Await))
    return;
  for (const auto &[Number, How] : Before) {
    Lock &One = Locks[Number];
    if (How.Tried || One.FirstSuspension || isOver(One, *Suspension))
      continue;
    One.FirstSuspension = Suspension;
    One.Taken = How.Taken;
  }
}

std::vector<HeldLock> LockFlow::take() {
  std::vector<HeldLock> Out;
  for (const Lock &One : Locks)
    if (One.FirstSuspension)
      Out.push_back({One.Name, One.Taken, One.FirstSuspension, One.Certain});
  return Out;
}

std::vector<HeldLock> findHeldLocks(const FunctionBody &Body, const model::Model &Models) {
  LockFlow Held(Body, Models);
  runForward(Body, Held);
  return Held.take();
}

} // namespace corolint
