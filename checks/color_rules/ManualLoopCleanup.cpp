// ManualLoopCleanup.cpp - a loop is closed with work left in it
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/UncleanLoops.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class ManualLoopCleanupCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const UncleanLoop &One : findUncleanLoops(Body, Unit.models())) {
      facts::Finding Found =
          Unit.finding("coro-manual-loop-cleanup", Body.function(), One.Close->getExprLoc(),
                       "'" + One.Loop->getNameAsString() + "' is closed without " + left(One));
      Found.Sure = facts::Confidence::High;
      Found.Chain.push_back(Unit.note(One.Run->getExprLoc(), "it runs here"));
      Found.Help = "let the library's `run` make, run and end the loop";
      Out.push_back(std::move(Found));
    }
  }

private:
  /// "cancelling its tasks, closing its generators and joining its executor"
  static std::string left(const UncleanLoop &Loop) {
    std::vector<std::string> All;
    for (UncleanLoop::Part Part : Loop.Missing)
      All.push_back(Part == UncleanLoop::Part::Tasks        ? "cancelling its tasks"
                    : Part == UncleanLoop::Part::Generators ? "closing its generators"
                                                            : "joining its executor");
    std::string Out = All.front();
    for (std::size_t I = 1; I < All.size(); ++I)
      Out += (I + 1 == All.size() ? " and " : ", ") + All[I];
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeManualLoopCleanup() {
  return std::make_unique<ManualLoopCleanupCheck>();
}

} // namespace corolint
