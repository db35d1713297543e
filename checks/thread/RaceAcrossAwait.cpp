// RaceAcrossAwait.cpp - shared state is written from a stale value
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/LostUpdates.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class RaceAcrossAwaitCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    if (Body.kind() != facts::Kind::Coroutine || !coroutineBody(Body.function()))
      return;
    for (const LostUpdate &One : findLostUpdates(Body)) {
      facts::Finding Race =
          Unit.finding("coro-race-across-await", Body.function(), One.Write->getSourceRange(),
                       "'" + One.Name +
                           "' is written from a value that was read before a suspension; "
                           "what others wrote meanwhile is lost");
      Race.Chain.push_back(Unit.note(One.Read->getSourceRange(), "read here"));
      Race.Chain.push_back(Unit.note(One.Suspension->getExprLoc(), "suspended here"));
      Race.Help = "read it after the await, or hold an asynchronous lock from the read "
                  "to the write";
      Out.push_back(std::move(Race));
    }
  }
};

} // namespace

std::unique_ptr<Check> makeRaceAcrossAwait() { return std::make_unique<RaceAcrossAwaitCheck>(); }

} // namespace corolint
