// TaskAsVoidCallback.cpp - a callback's task is dropped by its caller
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/VoidCallbacks.h"
#include "checks/model/Names.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class TaskAsVoidCallbackCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const VoidCallback &One : findVoidCallbacks(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static std::string nameOf(const NamedDecl &Taker) {
    const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Taker);
    return "'" + qualifiedName(Constructor ? *Constructor->getParent() : Taker) + "'";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const VoidCallback &Callback) {
    bool Lazy = Callback.Task.Rule.Starts == model::TaskRule::Start::Lazy;
    const auto *Address = dyn_cast<UnaryOperator>(Callback.Callable);
    const ValueDecl *Named = namedValue(Address ? Address->getSubExpr() : Callback.Callable);
    bool Written = isa<LambdaExpr>(Callback.Callable);
    std::string What = Written ? "this lambda"
                       : Named ? "'" + Named->getNameAsString() + "'"
                               : "this callable";
    facts::Finding Out =
        Unit.finding("coro-task-as-void-callback", Body.function(),
                     Written ? cast<LambdaExpr>(Callback.Callable)->getIntroducerRange()
                             : Callback.Callable->getSourceRange(),
                     What + " returns a task, which " + nameOf(*Callback.Taker) + " drops; " +
                         (Lazy ? "its work never starts" : "its result and its errors are lost"));
    Out.Sure = Callback.Certain ? facts::Confidence::High : facts::Confidence::Medium;
    Out.Help = "pass a plain function that gives the task to the loop";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeTaskAsVoidCallback() {
  return std::make_unique<TaskAsVoidCallbackCheck>();
}

} // namespace corolint
