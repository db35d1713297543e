// TlsAcrossSuspend.cpp - what belongs to a thread outlives a suspension
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/ThreadValues.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

constexpr Option SingleThreaded = {
    "SingleThreaded", Option::Type::Bool, "false",
    "all coroutines are resumed on one thread: report only what others there change"};
constexpr Option Options[] = {SingleThreaded};

class TlsAcrossSuspendCheck : public Check {
public:
  std::span<const Option> options() const override { return Options; }

  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &Values,
                     std::vector<facts::Finding> &Out) const override {
    if (Body.kind() != facts::Kind::Coroutine || !coroutineBody(Body.function()))
      return;
    for (const ThreadValue &One :
         findThreadValues(Body, Unit.models(), Unit.colors(), isOn(Values, SingleThreaded)))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static std::string message(const ThreadValue &Value) {
    std::string Name = "'" + Value.Name + "'", Source = "'" + Value.Source + "'";
    switch (Value.What) {
    case ThreadValue::Kind::Reference:
      return Name + " refers to " + Source +
             " of the thread before the suspension; the coroutine may continue on another";
    case ThreadValue::Kind::Result:
      return Name + " holds what " + Source +
             " said before the suspension; the coroutine may continue on another thread";
    case ThreadValue::Kind::Written:
      return Name + " was set before the suspension; another coroutine may have set it "
                    "since, and another thread has its own";
    case ThreadValue::Kind::Error:
      return Name + " is read after a suspension; it need not be what " + Source + " set any more";
    }
    return "";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const ThreadValue &Value) {
    facts::Finding Out = Unit.finding("coro-tls-across-suspend", Body.function(),
                                      Value.Use->getSourceRange(), message(Value));
    bool Written = Value.What == ThreadValue::Kind::Written;
    Out.Chain.push_back(
        Unit.note(Value.From->getSourceRange(), Written ? "set here" : "taken here"));
    Out.Chain.push_back(Unit.note(Value.Suspension->getExprLoc(), "suspended here"));
    Out.Help = Written ? "pass the value on as a parameter or a local"
               : Value.What == ThreadValue::Kind::Error ? "copy it into a local before the await"
                                                        : "ask again after the await";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeTlsAcrossSuspend() { return std::make_unique<TlsAcrossSuspendCheck>(); }

} // namespace corolint
