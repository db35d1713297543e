// LockAcrossSuspend.cpp - a lock is held while a coroutine is suspended
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/LockFlow.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class LockAcrossSuspendCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    if (!coroutineBody(Body.function()))
      return;
    for (const HeldLock &One : findHeldLocks(Body, Unit.models()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body, const HeldLock &Lock) {
    bool Yield = isa<CoyieldExpr>(Lock.Suspension);
    bool Generator = Body.kind() == facts::Kind::Generator;
    std::string Message =
        "'" + Lock.Name + "' stays locked while the coroutine is suspended; " +
        (Generator ? "its consumer runs under the lock"
                   : "others wait for it meanwhile, and another thread may unlock it");
    facts::Finding Out =
        Unit.finding("coro-lock-across-suspend", Body.function(), Lock.Taken, Message);
    Out.Sure = Lock.Certain && !Generator ? facts::Confidence::High : facts::Confidence::Medium;
    Out.Chain.push_back(Unit.note(Lock.Taken, "lock taken here"));
    Out.Chain.push_back(
        Unit.note(Lock.Suspension->getExprLoc(),
                  Yield ? "suspended here, by co_yield" : "suspended here, by co_await"));
    Out.Help = "end the scope of the lock before the coroutine suspends, or use an "
               "asynchronous mutex";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeLockAcrossSuspend() {
  return std::make_unique<LockAcrossSuspendCheck>();
}

} // namespace corolint
