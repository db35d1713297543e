// ScopeWithoutAwait.cpp - a limit on what never suspends
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/IdleScopes.h"
#include "checks/model/Names.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class ScopeWithoutAwaitCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const IdleScope &One : findIdleScopes(Body, Unit.models())) {
      std::string Scope = "'" + One.Scope->getNameAsString() + "'";
      facts::Finding Found = Unit.finding(
          "coro-scope-without-await", Body.function(), One.Call->getExprLoc(),
          One.IsGroup ? "nothing in the body of " + Scope +
                            " starts a task or suspends, so it "
                            "waits for nothing"
                      : "what " + Scope + " runs never suspends, so it can never be cancelled");
      Found.Sure = facts::Confidence::High;
      Found.Chain.push_back(Unit.note(One.Work->getLocation(), "there is no co_await in it"));
      Found.Help = One.IsGroup ? "call the body without a group"
                               : "remove " + Scope +
                                     ", or suspend now and then in what "
                                     "it runs";
      Out.push_back(std::move(Found));
    }
  }
};

} // namespace

std::unique_ptr<Check> makeScopeWithoutAwait() {
  return std::make_unique<ScopeWithoutAwaitCheck>();
}

} // namespace corolint
