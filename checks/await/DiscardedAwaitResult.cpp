// DiscardedAwaitResult.cpp - an await's result is dropped unseen
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/DiscardedResults.h"
#include "checks/model/CalleeName.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class DiscardedAwaitResultCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const DiscardedResult &One : findDiscardedResults(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static std::string source(const CoawaitExpr &Await) {
    std::optional<CallSite> Site = CallSite::of(strip(Await.getOperand()));
    if (!Site || !Site->Callee || !isa<CallExpr>(Site->Call))
      return "this await";
    std::string Name = calleeName(*Site);
    return llvm::StringRef(Name).starts_with("lambda") ? "the " + Name : "'" + Name + "'";
  }

  static std::string message(const DiscardedResult &Result) {
    std::string From = source(*Result.Await);
    if (Result.Variable)
      return "'" + Result.Variable->getNameAsString() + "' says whether " + From +
             " worked, and is never looked at";
    switch (Result.Reason) {
    case DiscardedResult::Why::CarriesError:
      return "the result says whether " + From + " worked, and is dropped; its errors are lost";
    case DiscardedResult::Why::MarkedType:
      return "the result of " + From + " is dropped, although its type is [[nodiscard]]";
    case DiscardedResult::Why::MarkedFunction:
      return "the result of " + From + " is dropped, although that is [[nodiscard]]";
    }
    return "";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const DiscardedResult &Result) {
    SourceRange Where = Result.Variable ? SourceRange(Result.Variable->getLocation())
                                        : Result.Await->getSourceRange();
    facts::Finding Out =
        Unit.finding("coro-discarded-await-result", Body.function(), Where, message(Result));
    Out.Sure = facts::Confidence::Medium;
    Out.Help = "use the result, or cast it to void";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeDiscardedAwaitResult() {
  return std::make_unique<DiscardedAwaitResultCheck>();
}

} // namespace corolint
