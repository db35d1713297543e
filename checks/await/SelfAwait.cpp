// SelfAwait.cpp - a task waits for its own end
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/AwaitCycles.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

class SelfAwaitCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const AwaitCycle &One : findAwaitCycles(Body, Unit.models()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const AwaitCycle &Cycle) {
    std::string Name = Cycle.Task ? "'" + Cycle.Task->getNameAsString() + "'" : "";
    std::string Other = Cycle.Other ? "'" + Cycle.Other->getNameAsString() + "'" : "";
    std::string Message = !Cycle.Task ? "the running task waits for itself; it never ends"
                          : Cycle.Other
                              ? Name + " and " + Other + " wait for each other; neither ever ends"
                              : Name + " waits for itself; it never ends";
    facts::Finding Out = Unit.finding("coro-self-await", Body.function(),
                                      Cycle.Task ? Cycle.Spawned : Cycle.Awaited, Message);
    if (!Cycle.Task)
      Out.Chain.push_back(Unit.note(Cycle.Spawned, "the running task is in this"));
    else if (Cycle.Other)
      Out.Chain = {Unit.note(Cycle.Awaited, Name + " waits for " + Other + " here"),
                   Unit.note(Cycle.OtherAwaits, Other + " waits for " + Name + " here")};
    else
      Out.Chain.push_back(Unit.note(Cycle.Awaited, "it waits for its own end here"));
    Out.Help = Cycle.Task ? "let someone outside of the task await it"
                          : "leave the running task out of what is waited for";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeSelfAwait() { return std::make_unique<SelfAwaitCheck>(); }

} // namespace corolint
