// BusyWait.cpp - a loop of sleeps asks again and again
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/PollingLoops.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class BusyWaitCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    if (Body.kind() != facts::Kind::Coroutine || !coroutineBody(Body.function()))
      return;
    for (const PollingLoop &One : findPollingLoops(Body, Unit.models())) {
      facts::Finding Found = Unit.finding(
          "coro-busy-wait", Body.function(), One.Loop->getBeginLoc(),
          One.OfTask ? "this loop sleeps until a task is done: it wakes up in vain, and "
                       "notices the end late"
                     : "this loop sleeps until something has changed: it wakes up in "
                       "vain, and notices the change late");
      Found.Sure = facts::Confidence::High;
      Found.Chain.push_back(Unit.note(One.Condition->getSourceRange(), "asked each time"));
      Found.Chain.push_back(Unit.note(One.Sleep->getExprLoc(), "sleeps here"));
      Found.Help = One.OfTask ? "co_await the task"
                              : "co_await an event that is set where the change is made";
      Out.push_back(std::move(Found));
    }
  }
};

} // namespace

std::unique_ptr<Check> makeBusyWait() { return std::make_unique<BusyWaitCheck>(); }

} // namespace corolint
