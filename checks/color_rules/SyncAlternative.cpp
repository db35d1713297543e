// SyncAlternative.cpp - a function is called that has an awaitable twin
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/SyncTwins.h"
#include "checks/model/Names.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class SyncAlternativeCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const SyncTwin &One : findSyncTwins(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body, const SyncTwin &Twin) {
    std::string Other = Twin.Twin ? "'" + displayName(*Twin.Twin) + "'" : "'" + Twin.Name + "'";
    facts::Finding Out =
        Unit.finding("coro-sync-alternative", Body.function(), Twin.Call->getSourceRange(),
                     "'" + displayName(*Twin.Callee) + "' keeps the thread until it is done; " +
                         Other + " does the same and can be awaited");
    Out.Sure = facts::Confidence::Medium;
    if (Twin.Twin)
      Out.Chain.push_back(
          Unit.note(Twin.Twin->getCanonicalDecl()->getLocation(), "its awaitable twin"));
    Out.Help = "co_await " + Twin.Name;
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeSyncAlternative() { return std::make_unique<SyncAlternativeCheck>(); }

} // namespace corolint
