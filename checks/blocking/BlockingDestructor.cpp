// BlockingDestructor.cpp - the end of an object's life blocks the loop
#include "checks/Chain.h"
#include "checks/Check.h"

namespace corolint {

namespace {

constexpr ChainWords Words = {
    "{sink} runs here and blocks the event loop in {root} until its work is done",
    "call of {callee} blocks the event loop in {root}: it reaches {sink}, which waits until "
    "its work is done"};

class BlockingDestructorCheck : public Check {
public:
  std::optional<facts::Finding> checkProgram(const color::Violation &Found) const override {
    bool Waits = Found.What == facts::Effect::Blocks || Found.What == facts::Effect::Waits;
    if (!Waits || !isDestruction(Found))
      return std::nullopt;
    return chainFinding("coro-blocking-destructor", Found, Words);
  }
};

} // namespace

std::unique_ptr<Check> makeBlockingDestructor() {
  return std::make_unique<BlockingDestructorCheck>();
}

} // namespace corolint
