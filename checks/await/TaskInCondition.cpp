// TaskInCondition.cpp - a task is tested in place of its result
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/TaskExpr.h"
#include "checks/extract/TaskTests.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class TaskInConditionCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const TaskTest &One : findTaskTests(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static const char *verb(TaskTest::How Used) {
    switch (Used) {
    case TaskTest::How::Tested:
      return "tested";
    case TaskTest::How::Compared:
      return "compared";
    case TaskTest::How::Converted:
      return "taken as a value";
    case TaskTest::How::Shown:
      return "passed to be looked at";
    }
    return "";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body, const TaskTest &Test) {
    bool Lazy = Test.Task.Rule.Starts == model::TaskRule::Start::Lazy;
    std::string What =
        Test.Variable ? "'" + Test.Variable->getNameAsString() + "'" : describeMade(*Test.Value);
    std::string Message = What + " is a task, and is " + verb(Test.Used) +
                          " in place of its result; " +
                          (Lazy ? "its work never starts" : "its result is lost");
    facts::Finding Out = Unit.finding("coro-task-in-condition", Body.function(),
                                      Test.Value->getSourceRange(), Message);
    Out.Sure = Test.Task.Certain ? facts::Confidence::High : facts::Confidence::Medium;
    if (Test.Variable)
      Out.Chain.push_back(Unit.note(Test.Variable->getSourceRange(), "the task is made here"));
    Out.Help = Body.kind() == facts::Kind::Coroutine
                   ? "await it, and use what it gives"
                   : "make this function a coroutine and await it";
    QualType Result = taskResult(Test.Value->getType());
    if (Test.CanAwait && Test.Used != TaskTest::How::Shown && !Result.isNull() &&
        Result->isArithmeticType())
      if (auto Edit = Unit.sources().insert(Test.Value->getBeginLoc(), "co_await "))
        Out.Fixes.push_back({"insert 'co_await'", true, {*Edit}});
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeTaskInCondition() { return std::make_unique<TaskInConditionCheck>(); }

} // namespace corolint
