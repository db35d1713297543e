// NestedTask.cpp - the result of a task is a task
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/NestedTasks.h"
#include "checks/extract/TaskExpr.h"
#include "checks/model/Names.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class NestedTaskCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const NestedTask &One : findNestedTasks(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static std::string message(const FunctionBody &Body, const NestedTask &Task) {
    const ValueDecl *Named = namedValue(Task.Value);
    std::string What = Named ? "'" + Named->getNameAsString() + "'" : describeMade(*Task.Value);
    std::string Taker = Task.Taker ? "'" + displayName(*Task.Taker) + "'" : "";
    std::string Own = displayName(Body.function());
    Own = llvm::StringRef(Own).starts_with("lambda") ? "the " + Own : "'" + Own + "'";
    switch (Task.Nested) {
    case NestedTask::How::Returned:
      return What + " is a task, and becomes the result of " + Own +
             "; who awaits that must await once more";
    case NestedTask::How::GivenOn:
      return What + " is a task whose result is a task; " + Taker +
             " runs the outer one, and the work of the inner one never starts";
    case NestedTask::How::Made:
      return Taker + " only makes the task on the other thread; its work does not "
                     "run there";
    }
    return "";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const NestedTask &Task) {
    facts::Finding Out = Unit.finding("coro-nested-task", Body.function(),
                                      Task.Value->getSourceRange(), message(Body, Task));
    Out.Sure = facts::Confidence::Medium;
    switch (Task.Nested) {
    case NestedTask::How::Returned:
      Out.Help = "co_return what it gives: co_return co_await";
      break;
    case NestedTask::How::GivenOn:
      Out.Help = "await the outer task in a coroutine, and then the inner one";
      break;
    case NestedTask::How::Made:
      Out.Help = "pass a plain function, or give the task to a loop";
      break;
    }
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeNestedTask() { return std::make_unique<NestedTaskCheck>(); }

} // namespace corolint
