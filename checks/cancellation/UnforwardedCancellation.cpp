// UnforwardedCancellation.cpp - a call leaves out the token at hand
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/UnforwardedTokens.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class UnforwardedCancellationCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    if (Body.kind() != facts::Kind::Coroutine && Body.kind() != facts::Kind::Wrapper)
      return;
    for (const UnforwardedToken &One : findUnforwardedTokens(Body, Unit.models())) {
      std::string Token = "'" + One.Token->getNameAsString() + "'";
      std::string Callee = "'" + One.Callee->getNameAsString() + "'";
      facts::Finding Found =
          Unit.finding("coro-unforwarded-cancellation", Body.function(), One.Call->getExprLoc(),
                       Callee + " is not given " + Token +
                           ", so it goes on when this "
                           "function is told to end");
      Found.Sure = facts::Confidence::High;
      Found.Chain.push_back(
          Unit.note(One.Takes->getCanonicalDecl()->getLocation(), "a token may be passed here"));
      Found.Help = "pass " + Token;
      if (One.Next)
        if (auto Edit = Unit.sources().insert(closing(*One.Call), appended(One)))
          Found.Fixes.push_back({"pass " + Token, true, {*Edit}});
      Out.push_back(std::move(Found));
    }
  }

private:
  /// Where the arguments of \p Call end.
  static SourceLocation closing(const Expr &Call) { return cast<CallExpr>(Call).getRParenLoc(); }
  static std::string appended(const UnforwardedToken &One) {
    std::string Name = One.Token->getNameAsString();
    return One.HasArguments ? ", " + Name : Name;
  }
};

} // namespace

std::unique_ptr<Check> makeUnforwardedCancellation() {
  return std::make_unique<UnforwardedCancellationCheck>();
}

} // namespace corolint
