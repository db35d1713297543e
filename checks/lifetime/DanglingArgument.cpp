// DanglingArgument.cpp - a task refers to an argument that dies first
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/DanglingReferences.h"
#include "checks/model/Names.h"

using namespace clang;

namespace corolint {

namespace {

class DanglingArgumentCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const DanglingReference &One : findDanglingReferences(Unit, Body))
      if (!One.Closure)
        Out.push_back(word(Unit, Body, One));
  }

private:
  using How = DanglingReference::How;

  static std::string parameter(const ReferenceEnd &End) {
    if (End.Parameter >= End.Callee->getNumParams())
      return "'this'";
    std::string Name = End.Callee->getParamDecl(End.Parameter)->getNameAsString();
    return Name.empty() ? "a parameter" : "'" + Name + "'";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const DanglingReference &One) {
    const ReferenceEnd &End = One.End;
    std::string Called = "'" + displayName(*End.Callee) + "'";
    std::string Dies =
        One.Temporary ? "a temporary that dies at the end of this expression"
                      : "'" + One.Local->getNameAsString() + "', which dies when its scope ends";
    // A default argument stands nowhere in the call.
    bool IsWritten = One.Temporary && One.Temporary->getBeginLoc().isValid();
    facts::Finding Out = Unit.finding("coro-dangling-argument", Body.function(),
                                      (IsWritten ? One.Temporary : End.Task)->getSourceRange(),
                                      parameter(End) + " of " + Called + " refers to " + Dies +
                                          "; the task may run after that");
    bool Sure = One.Certain && One.Where != How::Dropped;
    Out.Sure = Sure ? facts::Confidence::High : facts::Confidence::Medium;
    Out.Chain.push_back(Unit.note(End.At->getSourceRange(), describeEnd(One)));
    if (One.Use)
      Out.Chain.push_back(
          Unit.note(One.Use->getSourceRange(), "used here, after a suspension of the coroutine"));
    Out.Help = One.Temporary && One.Where == How::Kept
                   ? "await the task in the same expression, or name the value first"
                   : "let the coroutine take the value by value, or await the task here";
    Out.OnlyIf.assign(End.OnlyIf.begin(), End.OnlyIf.end());
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeDanglingArgument() { return std::make_unique<DanglingArgumentCheck>(); }

} // namespace corolint
