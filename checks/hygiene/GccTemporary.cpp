// GccTemporary.cpp - a temporary that GCC 12 miscompiles
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/CopiedTemporaries.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class GccTemporaryCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const CopiedTemporary &One : findCopiedTemporaries(Body))
      Out.push_back(word(Unit, Body, One));
  }

private:
  /// "this aggregate bit by bit", or what a default argument makes.
  static std::string message(const CopiedTemporary &One) {
    using What = CopiedTemporary::What;
    std::string Which = One.InDefault ? "the default argument's " : "this ";
    std::string Where = isa<CoyieldExpr>(One.Suspension) ? " in an expression with co_yield"
                                                         : " in an expression with co_await";
    if (One.Is == What::List)
      return "GCC 12 does not compile " + (One.InDefault ? Which : "a ") + "braced list" + Where;
    bool Closure = One.Is == What::Closure;
    return "GCC 12 copies " + Which + (Closure ? "lambda" : "aggregate") + " bit by bit" + Where +
           ", so that " + (Closure ? "what it captures is" : "its members are") +
           " destroyed twice";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const CopiedTemporary &One) {
    SourceRange Where =
        One.InDefault ? SourceRange(One.Temporary->getExprLoc()) : One.Temporary->getSourceRange();
    facts::Finding Out = Unit.finding("coro-gcc-temporary", Body.function(), Where, message(One));
    Out.Sure = facts::Confidence::High;
    Out.Chain.push_back(Unit.note(One.Suspension->getExprLoc(), "suspends here"));
    Out.Help = One.InDefault ? "give the argument a name in a statement before, and pass it"
                             : "give it a name in a statement before, and pass that by std::move()";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeGccTemporary() { return std::make_unique<GccTemporaryCheck>(); }

} // namespace corolint
