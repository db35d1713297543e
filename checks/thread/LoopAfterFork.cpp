// LoopAfterFork.cpp - a child uses the event loop of its parent
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/ForkedLoops.h"

#include "clang/AST/Expr.h"

using namespace clang;

namespace corolint {

namespace {

class LoopAfterForkCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const ForkedLoop &One : findForkedLoops(Body, Unit.models()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const ForkedLoop &Found) {
    std::string Loop = Found.Loop ? "'" + Found.Loop->getNameAsString() + "'"
                                  : std::string("the parent's event loop");
    std::string Message =
        Found.Suspends
            ? "this coroutine goes on in the child process, on the parent's event loop: both "
              "share its descriptors"
            : Loop + " is used in the child process" +
                  (Found.Loop ? " though the parent made it" : "") +
                  ": both share its descriptors, and its threads are gone";
    facts::Finding Out =
        Unit.finding("coro-loop-after-fork", Body.function(), Found.Use->getExprLoc(), Message);
    Out.Sure = facts::Confidence::Medium;
    Out.Chain.push_back(Unit.note(Found.Fork->getExprLoc(), "the child begins here"));
    Out.Help = "make a new loop in the child, or let it exec another program";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeLoopAfterFork() { return std::make_unique<LoopAfterForkCheck>(); }

} // namespace corolint
