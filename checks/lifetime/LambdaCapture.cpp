// LambdaCapture.cpp - the captures of a coroutine die before it ends
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/DanglingReferences.h"

#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace corolint {

namespace {

class LambdaCaptureCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body,
                     const OptionValues &,
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
      Out.Chain.push_back(Unit.note(One.Use->getSourceRange(),
                                    "a capture is used here, after a suspension"));
    Out.Help = "pass what the coroutine needs as parameters, which it copies";
    Out.OnlyIf.assign(One.End.OnlyIf.begin(), One.End.OnlyIf.end());
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeLambdaCapture() {
  return std::make_unique<LambdaCaptureCheck>();
}

} // namespace corolint
