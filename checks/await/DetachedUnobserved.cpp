// DetachedUnobserved.cpp - nobody sees how a spawned task ends
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/DetachedTasks.h"
#include "checks/model/Names.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class DetachedUnobservedCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const DetachedTask &One : findDetachedTasks(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static std::string message(const DetachedTask &Task) {
    std::string Starter = "'" + qualifiedName(*Task.Starter) + "'";
    const char *Lost = "nobody sees how the task ends, and its errors are lost";
    switch (Task.Left) {
    case DetachedTask::How::Detached:
      return Starter + " detaches the task: " + Lost;
    case DetachedTask::How::HandleDropped:
      return "the handle that " + Starter + " returns is dropped: " + Lost;
    case DetachedTask::How::HandleUnused:
      return "'" + Task.Variable->getNameAsString() +
             "' holds a running task and is never used: " + Lost;
    case DetachedTask::How::HandlerIgnores:
      return "this handler does not look at the error of the task that " + Starter +
             " starts: it is lost";
    }
    return "";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const DetachedTask &Task) {
    SourceRange Where = Task.Call->getSourceRange();
    if (Task.Variable)
      Where = Task.Variable->getLocation();
    else if (const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Task.Handler))
      Where = Lambda->getIntroducerRange();
    else if (Task.Handler)
      Where = Task.Handler->getSourceRange();
    facts::Finding Out =
        Unit.finding("coro-detached-unobserved", Body.function(), Where, message(Task));
    Out.Sure = facts::Confidence::Medium;
    Out.Help = Task.Left == DetachedTask::How::HandlerIgnores
                   ? "rethrow or report the error that the handler gets"
                   : "keep the handle and await it, give the task to a group, or "
                     "handle its errors inside it";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeDetachedUnobserved() {
  return std::make_unique<DetachedUnobservedCheck>();
}

} // namespace corolint
