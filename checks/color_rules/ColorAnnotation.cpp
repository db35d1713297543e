// ColorAnnotation.cpp - code breaks what an annotation says
#include "checks/Chain.h"
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/ColorPromises.h"
#include "checks/model/Names.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

constexpr const char *Id = "coro-color-annotation";

/// {root} ends in "which is annotated as nonblocking".
constexpr ChainWords Blocks = {"{sink} blocks in {root}",
                               "call of {callee} blocks in {root}: it reaches {sink}"};

class ColorAnnotationCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const BrokenPromise &One : findBrokenPromises(Body, Unit.models()))
      Out.push_back(word(Unit, Body.function(), One));
  }

  void checkUnit(const Analysis &Unit, const OptionValues &,
                 std::vector<facts::Finding> &Out) const override {
    for (const FunctionDecl *Function : Unit.functions().Definitions)
      for (const BrokenPromise &One : findBrokenDeclarations(*Function, Unit.models()))
        Out.push_back(word(Unit, *Function, One));
  }

  std::optional<facts::Finding> checkProgram(const color::Violation &Found) const override {
    if (isOnLoop(Found) || Found.What == facts::Effect::Locks)
      return std::nullopt;
    facts::Finding Out = chainFinding(Id, Found, Blocks);
    Out.Help = "take the annotation away, or what blocks";
    return Out;
  }

private:
  static facts::Finding word(const Analysis &Unit, const FunctionDecl &In,
                             const BrokenPromise &Broken) {
    using How = BrokenPromise::How;
    std::string Name = "'" + displayName(*Broken.Function) + "'";
    std::string Message, Help, Note = "the annotation is here";
    switch (Broken.What) {
    case How::Contradiction:
      Message = Name + " is annotated as blocking, and as what must not block";
      Help = "keep one of the annotations";
      break;
    case How::Override:
      Message = Name + " takes back what the method that it overrides promises; "
                       "callers of the base rely on it";
      Help = "give both the same annotation";
      Note = "the base promises it here";
      break;
    case How::Conversion:
      Message = Name + " is annotated as blocking and is given to what must not block";
      Help = "pass a function that does not block";
      Note = "this is annotated so";
      break;
    case How::Call:
      Message = Name + " runs on the loop only, and is called from a function that is "
                       "annotated as blocking";
      Help = "post the call to the loop";
      break;
    }
    facts::Finding Out = Unit.finding(Id, In, Broken.Where, Message);
    Out.Help = Help;
    if (Broken.What != How::Contradiction)
      Out.Chain.push_back(Unit.note(Broken.Promise->getLocation(), Note));
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeColorAnnotation() { return std::make_unique<ColorAnnotationCheck>(); }

} // namespace corolint
