// PreferTaskGroup.cpp - tasks that run together are awaited in turn
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/AwaitedInTurn.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

class PreferTaskGroupCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const AwaitedInTurn &One : findAwaitedInTurn(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const AwaitedInTurn &Group) {
    auto Name = [&](std::size_t I) {
      return "'" + Group.Tasks[I].Variable->getNameAsString() + "'";
    };
    std::string Message =
        Group.IsContainer ? "the tasks in " + Name(0) +
                                " are awaited one by one; if one fails, those after it run on alone"
                          : Name(0) + " is awaited while " + Name(1) +
                                " runs; if it fails, the other runs on alone";
    facts::Finding Out =
        Unit.finding("coro-prefer-task-group", Body.function(), Group.Tasks.front().Await, Message);
    for (std::size_t I = 1; I < Group.Tasks.size(); ++I)
      Out.Chain.push_back(Unit.note(Group.Tasks[I].Await, Name(I) + " is awaited here"));
    Out.Help = "start them in a task group, or await them together";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makePreferTaskGroup() { return std::make_unique<PreferTaskGroupCheck>(); }

} // namespace corolint
