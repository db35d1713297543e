// DoubleAwait.cpp - a task is used up twice
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/AwaitTwice.h"

#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

namespace {

class DoubleAwaitCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const SecondUse &One : findSecondUses(Body, Unit.models(), Unit.colors()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  using How = SecondUse::How;

  static std::string inLoop(How Use) {
    switch (Use) {
    case How::Awaited:
      return " is awaited again in the next turn of the loop; a task gives its result once";
    case How::Moved:
      return " is moved again in the next turn of the loop; by then it is empty";
    case How::Asked:
      return " is asked for its result again in the next turn of the loop; it gives it once";
    }
    return {};
  }

  static std::string again(How First, How Second) {
    if (Second == How::Moved)
      return First == How::Moved ? " is moved a second time; its new owner gets an empty task"
                                 : " is moved on after it gave its result";
    if (First == How::Moved)
      return " is awaited after it was moved away; there is nothing left to await";
    return Second == How::Awaited
               ? " is awaited a second time; a task gives its result once"
               : " is asked for its result a second time; a task gives its result once";
  }

  static const char *before(How First) {
    switch (First) {
    case How::Awaited:
      return "first awaited here";
    case How::Moved:
      return "moved away here";
    case How::Asked:
      return "its result is taken here";
    }
    return "";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body, const SecondUse &Use) {
    std::string Message = "'" + Use.Variable->getNameAsString() + "'" +
                          (Use.InLoop ? inLoop(Use.Second) : again(Use.First, Use.Second));
    facts::Finding Out =
        Unit.finding("coro-double-await", Body.function(), Use.SecondPlace, Message);
    // Where conditions lie between, they may exclude each other.
    Out.Sure = Use.Certain ? facts::Confidence::High : facts::Confidence::Low;
    Out.Chain.push_back(Use.InLoop
                            ? Unit.note(Use.Variable->getLocation(), "one task for all turns")
                            : Unit.note(Use.FirstPlace, before(Use.First)));
    Out.Help = Use.InLoop ? "make the task inside the loop"
                          : "keep the result of the first await, or make a second task";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeDoubleAwait() { return std::make_unique<DoubleAwaitCheck>(); }

} // namespace corolint
