// SwallowedCancellation.cpp - a handler takes cancellation and goes on
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/SwallowedCancellations.h"
#include "checks/model/Names.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

namespace {

class SwallowedCancellationCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    if (Body.kind() != facts::Kind::Coroutine || !coroutineBody(Body.function()))
      return;
    for (const SwallowedCancellation &One :
         findSwallowedCancellations(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const SwallowedCancellation &One) {
    std::string Message = One.Again ? "cancellation is caught here and the loop goes on, so the "
                                      "coroutine cannot be ended"
                          : One.Next
                              ? "cancellation is caught here and the coroutine goes on as if "
                                "nobody had cancelled it"
                              : "cancellation is caught here and the coroutine ends as if nobody "
                                "had cancelled it";
    facts::Finding Out = Unit.finding("coro-swallowed-cancellation", Body.function(),
                                      One.Handler->getCatchLoc(), Message);
    Out.Sure = !One.Next || (One.Named && One.EndsLoop)    ? facts::Confidence::Low
               : One.Named || (One.Again && !One.AnyError) ? facts::Confidence::High
                                                           : facts::Confidence::Medium;
    Out.Chain.push_back(
        Unit.note(One.Cancelled->getExprLoc(), "cancellation is thrown by this co_await"));
    if (One.Next)
      Out.Chain.push_back(Unit.note(One.Next->getExprLoc(), "the coroutine waits again here"));
    Out.Help = One.Named ? "end the handler with `throw;`"
                         : "catch the cancellation in a handler before this one, and "
                           "rethrow it with `throw;`";
    if (std::optional<facts::Edit> Edit = mend(Unit.sources(), One))
      Out.Fixes.push_back({"rethrow the cancellation", true, {*Edit}});
    return Out;
  }

  /// A handler of its own for cancellation, where that leaves out nothing which the
  /// handler of everything does.
  static std::optional<facts::Edit> mend(Sources &Text, const SwallowedCancellation &One) {
    const auto *Block = cast<CompoundStmt>(One.Handler->getHandlerBlock());
    // With one class for all errors, the others would no longer be handled.
    if (One.Named || One.AnyError || !One.Thrown || !Block->body_empty())
      return std::nullopt;
    return Text.insert(One.Handler->getCatchLoc(),
                       "catch (const ::" + qualifiedName(*One.Thrown) + " &) { throw; } ");
  }
};

} // namespace

std::unique_ptr<Check> makeSwallowedCancellation() {
  return std::make_unique<SwallowedCancellationCheck>();
}

} // namespace corolint
