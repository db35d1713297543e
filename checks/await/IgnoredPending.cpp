// IgnoredPending.cpp - what a wait leaves pending is ignored
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/PendingTasks.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

class IgnoredPendingCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const IgnoredPending &One : findIgnoredPending(Body, Unit.models()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const IgnoredPending &Wait) {
    std::string Name = "'" + (Wait.Named ? Wait.Named->getNameAsString() : Wait.Member) + "'";
    std::string What = Wait.Named ? Name : Name + " of the result";
    std::string Message =
        What + (Wait.LookedAt ? " is looked at, but its tasks are not used; they keep running"
                              : " is never used; the tasks in it keep running");
    SourceRange Place =
        Wait.Named ? SourceRange(Wait.Named->getLocation()) : Wait.Call->getSourceRange();
    facts::Finding Out = Unit.finding("coro-ignored-pending", Body.function(), Place, Message);
    bool Sure = Wait.Certain && !Wait.LookedAt;
    Out.Sure = Sure ? facts::Confidence::High : facts::Confidence::Medium;
    if (Wait.Named)
      Out.Chain.push_back(Unit.note(Wait.Call->getSourceRange(), "waited for them here"));
    Out.Help = "cancel the pending tasks and await them, or keep them to wait again";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeIgnoredPending() { return std::make_unique<IgnoredPendingCheck>(); }

} // namespace corolint
