// CancelWithoutAwait.cpp - a task is cancelled and left
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/CancelledTasks.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

class CancelWithoutAwaitCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    // Only a coroutine can await.
    if (Body.kind() != facts::Kind::Coroutine)
      return;
    for (const CancelledTask &One : findCancelledTasks(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const CancelledTask &Task) {
    std::string Name = "'" + Task.Variable->getNameAsString() + "'";
    std::string Message = Task.IsContainer
                              ? "the tasks in " + Name +
                                    " are cancelled but not awaited; they run on until they notice"
                              : Name + " is cancelled but not awaited; it runs on until it notices";
    facts::Finding Out =
        Unit.finding("coro-cancel-without-await", Body.function(), Task.Cancel, Message);
    Out.Help = Task.IsContainer ? "await them after cancel(), and expect the cancellation"
                                : "await it after cancel(), and expect the cancellation";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeCancelWithoutAwait() {
  return std::make_unique<CancelWithoutAwaitCheck>();
}

} // namespace corolint
