// UncheckedResult.cpp - a result of a task that may have failed
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/UncheckedResults.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

class UncheckedResultCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const UncheckedResult &One : findUncheckedResults(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const UncheckedResult &Result) {
    std::string Name = "'" + Result.Getter->getNameAsString() + "'";
    std::string Message = Name + " throws if the task failed; " +
                          (Result.InCallback ? "nothing in this callback asks first or handles it"
                                             : "the results of the tasks after it are then lost");
    facts::Finding Out = Unit.finding("coro-unchecked-result", *Result.Function,
                                      Result.Call->getSourceRange(), Message);
    Out.Help = "ask whether the task was cancelled or failed first, or handle the exception";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeUncheckedResult() { return std::make_unique<UncheckedResultCheck>(); }

} // namespace corolint
