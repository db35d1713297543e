// UnneededCoroutine.cpp - a coroutine could be a plain function
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/UnneededCoroutines.h"
#include "checks/model/Names.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class UnneededCoroutineCheck : public Check {
public:
  void checkUnit(const Analysis &Unit, const OptionValues &,
                 std::vector<facts::Finding> &Out) const override {
    for (const UnneededCoroutine &One :
         findUnneededCoroutines(Unit.functions(), Unit.colors(), Unit.sources()))
      Out.push_back(word(Unit, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const UnneededCoroutine &Found) {
    const FunctionDecl &Function = *Found.Function;
    const FunctionDecl *Inner = Found.PassedOn ? Found.PassedOn->getDirectCallee() : nullptr;
    std::string Name = "'" + displayName(Function) + "'";
    std::string Message =
        Inner ? Name + " only passes on the task that '" + displayName(*Inner) +
                    "' returns; its own frame serves for nothing"
              : Name + " is a coroutine and awaits nothing; its frame serves for nothing";
    facts::Finding Out =
        Unit.finding("coro-unneeded-coroutine", Function, Function.getLocation(), Message);
    Out.Sure = facts::Confidence::High;
    if (Inner)
      Out.Chain.push_back(Unit.note(Found.PassedOn->getExprLoc(), "awaited and returned here"));
    Out.Help = Inner ? "return the task: a plain function does" : "make it a plain function";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeUnneededCoroutine() {
  return std::make_unique<UnneededCoroutineCheck>();
}

} // namespace corolint
