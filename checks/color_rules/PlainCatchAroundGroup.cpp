// PlainCatchAroundGroup.cpp - a handler for what only arrives inside a group
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/GroupHandlers.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

namespace {

class PlainCatchAroundGroupCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const GroupHandler &One : findGroupHandlers(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const GroupHandler &One) {
    std::string Error = "'" + One.Error->getNameAsString() + "'";
    std::string Group = "'" + One.Group + "'";
    facts::Finding Out =
        Unit.finding("coro-plain-catch-around-group", Body.function(), One.Handler->getCatchLoc(),
                     "this handler never runs for a task of the group: its " + Error +
                         " arrives inside " + Group);
    Out.Sure = One.Certain ? facts::Confidence::High : facts::Confidence::Medium;
    Out.Chain.push_back(Unit.note(One.Await->getExprLoc(), "the group throws " + Group + " here"));
    Out.Help = "catch " + Group + ", and look for " + Error + " in it";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makePlainCatchAroundGroup() {
  return std::make_unique<PlainCatchAroundGroupCheck>();
}

} // namespace corolint
