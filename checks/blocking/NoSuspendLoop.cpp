// NoSuspendLoop.cpp - a loop goes round without suspending
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/UnsuspendedLoops.h"
#include "checks/model/Names.h"

#include "clang/AST/Stmt.h"

using namespace clang;

namespace corolint {

namespace {

class NoSuspendLoopCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    if (Body.kind() != facts::Kind::Coroutine)
      return;
    for (const UnsuspendedLoop &One : findUnsuspendedLoops(Body, Unit.models())) {
      facts::Finding Found =
          Unit.finding("coro-no-suspend-loop", Body.function(), One.Loop->getBeginLoc(),
                       message(One, nameOf(Body.function())));
      using How = UnsuspendedLoop::How;
      bool Stuck = One.Kind == How::Endless || One.Kind == How::Waiting;
      Found.Sure = Stuck ? facts::Confidence::High : facts::Confidence::Medium;
      Found.Help = One.Kind == How::Waiting
                       ? "await an event that says when it has changed"
                       : "await something in each turn, if only a sleep of zero";
      Out.push_back(std::move(Found));
    }
  }

private:
  static std::string nameOf(const FunctionDecl &Function) {
    std::string Name = displayName(Function);
    return llvm::StringRef(Name).starts_with("lambda") ? Name : "'" + Name + "'";
  }

  static std::string message(const UnsuspendedLoop &Loop, const std::string &Name) {
    switch (Loop.Kind) {
    case UnsuspendedLoop::How::Endless:
      return "this loop never ends and never suspends; once coroutine " + Name +
             " is here, nothing else runs on the event loop";
    case UnsuspendedLoop::How::Waiting:
      return "this loop waits without suspending; what it waits for cannot happen on the "
             "event loop meanwhile";
    case UnsuspendedLoop::How::OpenEnd:
      return "this loop goes on without suspending until something ends it; nothing else "
             "runs on the event loop meanwhile";
    case UnsuspendedLoop::How::Long:
      return "this loop counts far without suspending; nothing else runs on the event loop "
             "meanwhile";
    }
    return "";
  }
};

} // namespace

std::unique_ptr<Check> makeNoSuspendLoop() { return std::make_unique<NoSuspendLoopCheck>(); }

} // namespace corolint
