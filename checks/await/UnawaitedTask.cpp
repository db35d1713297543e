// UnawaitedTask.cpp - a named task is never awaited
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/ExpectedErrors.h"
#include "checks/extract/TaskFlow.h"
#include "checks/extract/TaskTests.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

class UnawaitedTaskCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    std::vector<UnawaitedTask> Lost =
        findUnawaitedTasks(Body, Unit.models(), Unit.colors(), Unit.summaries());
    if (Lost.empty())
      return;
    // A task that is tested in place of its result is another check's to report.
    std::vector<TaskTest> Tests = findTaskTests(Body, Unit.models(), Unit.colors());
    for (const UnawaitedTask &One : Lost)
      if (llvm::none_of(Tests, [&](const TaskTest &Test) { return Test.Variable == One.Variable; }))
        Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const UnawaitedTask &Task) {
    using How = UnawaitedTask::How;
    std::string Name = "'" + Task.Variable->getNameAsString() + "'";
    bool Lazy = Task.Task.Rule.Starts == model::TaskRule::Start::Lazy;
    std::string Lost = Lazy ? "its work never starts" : "its result and its errors are lost";
    std::string Message;
    switch (Task.Lost) {
    case How::Never:
      Message = Task.IsContainer
                    ? "the tasks in " + Name + " are never awaited, so their work is lost"
                    : Name + " is never awaited, so " + Lost;
      break;
    case How::SomePath:
      Message = Name + " is not awaited on every path; where it is not, " + Lost;
      break;
    case How::Overwritten:
      Message = Name + " is assigned again before it is awaited; the first task is lost";
      break;
    }
    facts::Finding Out =
        Unit.finding("coro-unawaited-task", Body.function(), Task.Variable->getLocation(), Message);
    // A task that is lost on one path only may be meant to be: it was cheap.
    bool Sure =
        Task.Task.Certain && Task.Certain && !Task.IsParameter && Task.Lost != How::SomePath;
    Out.Sure = Sure ? facts::Confidence::High : facts::Confidence::Medium;
    const auto *Local = dyn_cast<VarDecl>(Task.Variable);
    if (Local && Local->getInit() && isTriedByMacro(*Local->getInit(), Body))
      Out.Sure = facts::Confidence::Low; // a test that wants an error, or the end
    Out.OnlyIf = Task.OnlyIf;
    if (Task.Lost == How::Overwritten)
      Out.Chain.push_back(Unit.note(Task.Overwriter, "assigned again here"));
    std::string Them = Task.IsContainer ? "them" : "it";
    Out.Help = Body.kind() != facts::Kind::Coroutine
                   ? "return " + Them + ", or give " + Them + " to the loop"
                   : "await " + Them + ", or give " + Them + " to the loop";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeUnawaitedTask() { return std::make_unique<UnawaitedTaskCheck>(); }

} // namespace corolint
