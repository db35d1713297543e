// Conditions.cpp - tests on parameters under which an effect is absent
#include "checks/color/Conditions.h"

#include <algorithm>

namespace corolint::color {

using namespace facts;

static bool holds(const ParameterTest &Test, std::int64_t Value) {
  switch (Test.Test) {
  case ParameterTest::Kind::Zero:
    return Value <= 0;
  case ParameterTest::Kind::Equals:
    return Value == Test.Value;
  case ParameterTest::Kind::HasBits:
    return (Value & Test.Value) == Test.Value;
  }
  return false;
}

Conditions::Conditions() { number({}); }

std::uint32_t Conditions::number(std::vector<ParameterTest> Tests, bool NeedsConstants) {
  std::ranges::sort(Tests);
  Tests.erase(std::unique(Tests.begin(), Tests.end()), Tests.end());
  auto [Found, New] =
      Numbers.try_emplace({std::move(Tests), NeedsConstants && !Tests.empty()}, Sets.size());
  if (New)
    Sets.push_back(&Found->first);
  return Found->second;
}

std::optional<std::uint32_t> Conditions::throughCall(std::uint32_t Callee,
                                                     const std::vector<Argument> &Arguments) {
  if (Callee == Always)
    return Always;
  std::vector<ParameterTest> Tests;
  bool Needs = needsConstants(Callee);
  for (ParameterTest Test : Sets[Callee]->first) {
    auto Passed = std::ranges::find(Arguments, Test.Parameter, &Argument::Index);
    // Nothing is known of an argument that is not listed: the test decides
    // nothing and goes.
    if (Passed == Arguments.end()) {
      if (Needs)
        return std::nullopt;
      continue;
    }
    if (Passed->Constant) {
      if (holds(Test, *Passed->Constant))
        return std::nullopt;
    } else if (Passed->Parameter) {
      Test.Parameter = *Passed->Parameter;
      Tests.push_back(Test);
    } else if (Needs) {
      return std::nullopt;
    }
  }
  return number(std::move(Tests), Needs);
}

} // namespace corolint::color
