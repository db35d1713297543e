// DiscardedTask.cpp - a task is made and dropped in one expression
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/DiscardedTasks.h"
#include "checks/extract/TaskExpr.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

constexpr Option Options[] = {
    {"AllowVoidCast", Option::Type::Bool, "true", "say nothing of a task that is cast to void"},
};

class DiscardedTaskCheck : public Check {
public:
  std::span<const Option> options() const override { return Options; }

  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &Values,
                     std::vector<facts::Finding> &Out) const override {
    bool AllowVoid = isOn(Values, Options[0]);
    for (const DiscardedTask &One : findDiscardedTasks(Body, Unit.models(), Unit.colors()))
      if (!One.VoidCast || !AllowVoid)
        Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const DiscardedTask &Task) {
    bool Lazy = Task.Task.Rule.Starts == model::TaskRule::Start::Lazy;
    std::string Message =
        describeMade(*Task.Value) + (Lazy ? " is never awaited, so its work never starts"
                                          : " is dropped, so its result and its errors are lost");
    facts::Finding Out =
        Unit.finding("coro-discarded-task", Body.function(), Task.Value->getSourceRange(), Message);
    Out.Sure = Task.MayFail        ? facts::Confidence::Low
               : Task.Task.Certain ? facts::Confidence::High
                                   : facts::Confidence::Medium;
    bool CanAwait = Body.kind() == facts::Kind::Coroutine;
    Out.Help = CanAwait ? "await it, or give it to the loop as a task"
                        : "give it to the loop as a task, or make this function a "
                          "coroutine and await it";
    if (Task.CanAwait && Task.Whole && !Task.VoidCast)
      if (auto Edit = Unit.sources().insert(Task.Value->getBeginLoc(), "co_await "))
        Out.Fixes.push_back({"insert 'co_await'", true, {*Edit}});
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeDiscardedTask() { return std::make_unique<DiscardedTaskCheck>(); }

} // namespace corolint
