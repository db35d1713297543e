// BlockingCall.cpp - code on the event loop blocks its thread
#include "checks/Chain.h"
#include "checks/Check.h"

namespace corolint {

namespace {

constexpr ChainWords Words = {
    "{sink} blocks the event loop in {root}",
    "call of {callee} blocks the event loop in {root}: it reaches {sink}"};

class BlockingCallCheck : public Check {
public:
  std::optional<facts::Finding> checkProgram(const color::Violation &Found) const override {
    if (Found.What != facts::Effect::Blocks || !isOnLoop(Found) || isDestruction(Found))
      return std::nullopt;
    return chainFinding("coro-blocking-call", Found, Words);
  }
};

} // namespace

std::unique_ptr<Check> makeBlockingCall() { return std::make_unique<BlockingCallCheck>(); }

} // namespace corolint
