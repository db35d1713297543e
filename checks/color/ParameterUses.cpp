// ParameterUses.cpp - what functions of the program do with arguments
#include "checks/color/ParameterUses.h"

#include <tuple>

namespace corolint::color {

using namespace facts;

namespace {
/// A parameter on the way of an argument through the program. What a function
/// returns, which is or refers to the argument, becomes Result.
struct Station {
  std::string Function;
  std::uint32_t Parameter = 0;
  Uses Result = Returns;

  friend auto operator<=>(const Station &, const Station &) = default;
};
} // namespace

/// \p Does, where what is returned becomes \p Result.
static Uses seen(Uses Does, Uses Result) {
  return static_cast<Uses>((Does & ~Returns) | (Does & Returns ? Result : 0));
}

static const ParameterUse *find(const Function &In, std::uint32_t Parameter) {
  for (const ParameterUse &One : In.Parameters)
    if (One.Parameter == Parameter)
      return &One;
  return nullptr;
}

std::optional<Uses> usesOf(const Graph &Program, const std::string &Function,
                           std::uint32_t Parameter) {
  auto Known = Program.functions().find(Function);
  if (Known == Program.functions().end() || Known->second.BodyHash == 0)
    return std::nullopt;
  Uses Out = 0;
  std::set<Station> Seen{{Function, Parameter, Returns}};
  std::vector<Station> Work(Seen.begin(), Seen.end());
  while (!Work.empty()) {
    Station At = std::move(Work.back());
    Work.pop_back();
    auto Found = Program.functions().find(At.Function);
    const ParameterUse *Use =
        Found == Program.functions().end() ? nullptr : find(Found->second, At.Parameter);
    if (!Use)
      continue;
    Out |= seen(Use->Does, At.Result);
    for (const Forward &Next : Use->To) {
      Station To{Next.Callee, Next.Parameter, seen(Next.Result, At.Result)};
      if (Seen.insert(To).second)
        Work.push_back(std::move(To));
    }
  }
  return Out;
}

bool holds(const Graph &Program, const Condition &Test) {
  std::optional<Uses> Known = usesOf(Program, Test.Function, Test.Parameter);
  if (!Known || (*Known & Test.Does) == 0)
    return false;
  // Nobody else must have seen more of the function.
  return Test.Does != Looks || (*Known & (Awaits | Consumes | Stores | Spawns)) == 0;
}

} // namespace corolint::color
