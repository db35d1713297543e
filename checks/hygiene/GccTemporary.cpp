// GccTemporary.cpp - a temporary that GCC 12 miscompiles in a co_await
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/CopiedTemporaries.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

constexpr Option Options[] = {
    {"Gcc12", Option::Type::Bool, "false", "the project is also compiled by GCC 12"},
};

class GccTemporaryCheck : public Check {
public:
  std::span<const Option> options() const override { return Options; }

  void checkFunction(const Analysis &Unit, const FunctionBody &Body,
                     const OptionValues &Values,
                     std::vector<facts::Finding> &Out) const override {
    if (!isOn(Values, Options[0]))
      return;
    for (const CopiedTemporary &One : findCopiedTemporaries(Body))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const CopiedTemporary &One) {
    using What = CopiedTemporary::What;
    std::string Message =
        One.Is == What::List ? "GCC 12 does not compile a braced list in a co_await"
        : One.Is == What::Closure
            ? "GCC 12 copies this lambda bit by bit in a co_await, so that what it "
              "captures is destroyed twice"
            : "GCC 12 copies this aggregate bit by bit in a co_await, so that its "
              "members are destroyed twice";
    facts::Finding Out = Unit.finding("coro-gcc-temporary", Body.function(),
                                      One.Temporary->getSourceRange(), Message);
    Out.Sure = facts::Confidence::High;
    Out.Chain.push_back(Unit.note(One.Await->getExprLoc(), "awaited here"));
    Out.Help = "give it a name in a statement before, and pass that by std::move()";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeGccTemporary() {
  return std::make_unique<GccTemporaryCheck>();
}

} // namespace corolint
