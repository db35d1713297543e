// NestedRun.cpp - code on the loop runs an event loop
#include "checks/Chain.h"
#include "checks/Check.h"

namespace corolint {

namespace {

constexpr ChainWords Words = {
    "{sink} runs an event loop inside the running one, in {root}",
    "call of {callee} runs an event loop inside the running one, in {root}: it reaches {sink}"};

/// A loop of the function's own: nothing nests, but this loop stands still.
constexpr ChainWords OtherLoop = {
    "{sink} runs another event loop in {root}; this one stops until it returns",
    "call of {callee} runs another event loop in {root}: it reaches {sink}; this loop stops until "
    "it returns"};

class NestedRunCheck : public Check {
public:
  std::optional<facts::Finding> checkProgram(const color::Violation &Found) const override {
    if (Found.What != facts::Effect::RunsLoop || !isOnLoop(Found))
      return std::nullopt;
    return chainFinding("coro-nested-run", Found, Found.Primitive.OwnLoop ? OtherLoop : Words);
  }
};

} // namespace

std::unique_ptr<Check> makeNestedRun() { return std::make_unique<NestedRunCheck>(); }

} // namespace corolint
