// SyncWait.cpp - code on the loop waits for asynchronous work
#include "checks/Chain.h"
#include "checks/Check.h"

namespace corolint {

namespace {

constexpr ChainWords Words = {
    "{sink} stops the event loop in {root} until asynchronous work is done",
    "call of {callee} stops the event loop in {root} until asynchronous work is done: it reaches "
    "{sink}"};

class SyncWaitCheck : public Check {
public:
  std::optional<facts::Finding> checkProgram(const color::Violation &Found) const override {
    if (Found.What != facts::Effect::Waits || !isOnLoop(Found) || isDestruction(Found))
      return std::nullopt;
    return chainFinding("coro-sync-wait", Found, Words);
  }
};

} // namespace

std::unique_ptr<Check> makeSyncWait() { return std::make_unique<SyncWaitCheck>(); }

} // namespace corolint
