// LoopAffinity.cpp - another thread uses what belongs to a loop
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/LoopTouches.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

class LoopAffinityCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const LoopTouch &One : findLoopTouches(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const LoopTouch &Touch) {
    std::string Message =
        Touch.Object.empty()
            ? "'" + Touch.Called + "' runs on another thread; only the loop's thread may call it"
            : "'" + Touch.Called + "' is called on '" + Touch.Object +
                  "' from another thread, while its loop may use it";
    facts::Finding Out = Unit.finding("coro-loop-affinity", *Touch.In, Touch.Where, Message);
    Out.Sure = facts::Confidence::Medium;
    Out.Chain.push_back(Unit.note(Touch.Started, Touch.Switched
                                                     ? "the coroutine leaves the loop's thread here"
                                                     : "this is given to another thread here"));
    Out.Help = Touch.Switched ? "switch back to the loop first"
                              : "post the call to the loop, by its thread-safe function";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeLoopAffinity() { return std::make_unique<LoopAffinityCheck>(); }

} // namespace corolint
