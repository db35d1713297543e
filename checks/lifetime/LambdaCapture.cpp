// LambdaCapture.cpp - the captures of a coroutine die before it ends
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/DanglingReferences.h"
#include "checks/model/CallSite.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class LambdaCaptureCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const DanglingReference &One : findDanglingReferences(Unit, Body))
      if (One.Closure)
        Out.push_back(word(Unit, Body, One));
  }

private:
  using How = DanglingReference::How;

  static std::string dies(const DanglingReference &One) {
    bool Captured = One.End.Parameter == facts::CapturesParameter;
    std::string Name = One.Local ? "'" + One.Local->getNameAsString() + "'" : "a temporary";
    if (Captured)
      return "this coroutine lambda captures " + Name +
             ", which dies before the coroutine has ended";
    if (One.Where == How::Dropped)
      return "this call drops the coroutine lambda as soon as it has returned a task; its "
             "captures die with it";
    if (One.Local)
      return "the captures of the coroutine lambda in " + Name +
             " die with it, before the coroutine has ended";
    return "the captures of this coroutine lambda die at the end of this expression, before "
           "the coroutine has ended";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const DanglingReference &One) {
    SourceRange Where = (One.Temporary ? One.Temporary : One.End.Task)->getSourceRange();
    facts::Finding Out =
        Unit.finding("coro-lambda-capture", Body.function(), Where.getBegin(), dies(One));
    Out.Sure = One.Certain ? facts::Confidence::High : facts::Confidence::Medium;
    Out.Chain.push_back(Unit.note(One.End.At->getSourceRange(), describeEnd(One)));
    if (One.Use)
      Out.Chain.push_back(
          Unit.note(One.Use->getSourceRange(), "a capture is used here, after a suspension"));
    Out.Help = "pass what the coroutine needs as parameters, which it copies";
    Out.OnlyIf.assign(One.End.OnlyIf.begin(), One.End.OnlyIf.end());
    if (const LambdaExpr *Lambda = selfless(One, Unit.context()))
      if (auto Edit = Unit.sources().insert(firstParameter(*Lambda), selfOf(*Lambda)))
        Out.Fixes.push_back({"let the coroutine keep the lambda", true, {*Edit}});
    return Out;
  }

  /// The lambda that One.Closure is made by, where its coroutine can take it by value:
  /// it copies what it captures, and is written with a parameter list. Or null.
  static const LambdaExpr *selfless(const DanglingReference &One, const ASTContext &Context) {
    const Expr *Value = One.Temporary ? One.Temporary : One.Local->getInit();
    const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Value ? strip(Value) : nullptr);
    if (!Lambda || !Context.getLangOpts().CPlusPlus23 || Lambda->isMutable() ||
        Lambda->isGenericLambda() || !Lambda->hasExplicitParameters() ||
        Lambda->getLambdaClass() != One.Closure || One.End.Parameter != facts::ObjectParameter ||
        One.Closure->defaultedCopyConstructorIsDeleted())
      return nullptr;
    bool Copies = llvm::all_of(Lambda->captures(), [](const LambdaCapture &Capture) {
      return Capture.getCaptureKind() == LCK_ByCopy && !Capture.isPackExpansion();
    });
    const CXXMethodDecl *Called = Lambda->getCallOperator();
    return Copies && Called->isImplicitObjectMemberFunction() && Called->isConst() ? Lambda
                                                                                   : nullptr;
  }

  static SourceLocation firstParameter(const LambdaExpr &Lambda) {
    auto Type = Lambda.getCallOperator()
                    ->getTypeSourceInfo()
                    ->getTypeLoc()
                    .getAsAdjusted<FunctionTypeLoc>();
    return Type.getLParenLoc().isMacroID() ? SourceLocation()
                                           : Type.getLParenLoc().getLocWithOffset(1);
  }
  /// By const value: what it captures is as const as before.
  static std::string selfOf(const LambdaExpr &Lambda) {
    return Lambda.getCallOperator()->getNumParams() == 0 ? "this const auto" : "this const auto, ";
  }
};

} // namespace

std::unique_ptr<Check> makeLambdaCapture() { return std::make_unique<LambdaCaptureCheck>(); }

} // namespace corolint
