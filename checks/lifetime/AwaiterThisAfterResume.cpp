// AwaiterThisAfterResume.cpp - an awaiter outlives its coroutine
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/PublishedAwaiters.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class AwaiterThisAfterResumeCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    for (const PublishedAwaiter &One : findPublishedAwaiters(Body, Unit.models())) {
      facts::Finding Late =
          Unit.finding("coro-awaiter-this-after-resume", Body.function(), One.Use, message(One));
      Late.Chain.push_back(Unit.note(One.At->getSourceRange(), given(One.Given)));
      Late.Help = "do this before the coroutine is handed on, or copy into locals what "
                  "is needed after";
      Out.push_back(std::move(Late));
    }
  }

private:
  using How = PublishedAwaiter::How;

  static std::string message(const PublishedAwaiter &One) {
    std::string What = One.OfHandle ? "the coroutine" : "the awaiter";
    switch (One.Given) {
    case How::Resumed:
      return What + " is used after the coroutine was resumed, which may have destroyed it";
    case How::Destroyed:
      return What + " is used after the coroutine was destroyed";
    case How::GivenToThread:
    case How::SharedByLock:
    case How::SharedByAtomic:
      return What + " is used after another thread could resume the coroutine, which "
                    "may have destroyed it";
    }
    return "";
  }

  static std::string given(How Given) {
    switch (Given) {
    case How::Resumed:
      return "resumed here";
    case How::Destroyed:
      return "destroyed here";
    case How::GivenToThread:
      return "given to another thread here";
    case How::SharedByLock:
      return "put here where others find it once the lock is released";
    case How::SharedByAtomic:
      return "put here where other threads find it";
    }
    return "";
  }
};

} // namespace

std::unique_ptr<Check> makeAwaiterThisAfterResume() {
  return std::make_unique<AwaiterThisAfterResumeCheck>();
}

} // namespace corolint
