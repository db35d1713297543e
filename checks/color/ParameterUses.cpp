// ParameterUses.cpp - what functions of the program do with arguments
#include "checks/color/ParameterUses.h"

#include <tuple>

namespace corolint::color {

using namespace facts;

namespace {
/// A parameter on the way of an argument through the program. What a function
/// returns, which is or refers to the argument, becomes Result.
struct Station {
  const Function *In = nullptr;
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

/// The function that \p Id means in the file \p In; null unless it is only one.
static const Function *find(const Graph &Program, const std::string &Id, const std::string &In) {
  std::vector<const Function *> Meant = Program.meant(Id, In);
  return Meant.size() == 1 ? Meant.front() : nullptr;
}

std::optional<Uses> usesOf(const Graph &Program, const std::string &Function,
                           std::uint32_t Parameter, const std::string &In) {
  const facts::Function *Known = find(Program, Function, In);
  if (!Known || Known->BodyHash == 0)
    return std::nullopt;
  Uses Out = 0;
  std::set<Station> Seen{{Known, Parameter, Returns}};
  std::vector<Station> Work(Seen.begin(), Seen.end());
  while (!Work.empty()) {
    Station At = Work.back();
    Work.pop_back();
    const ParameterUse *Use = find(*At.In, At.Parameter);
    if (!Use)
      continue;
    Out |= seen(Use->Does, At.Result);
    for (const Forward &Next : Use->To) {
      const facts::Function *Callee = find(Program, Next.Callee, Program.fileOf(At.In->Where));
      Station To{Callee, Next.Parameter, seen(Next.Result, At.Result)};
      if (Callee && Seen.insert(To).second)
        Work.push_back(To);
    }
  }
  return Out;
}

bool holds(const Graph &Program, const Condition &Test, const std::string &In) {
  std::optional<Uses> Known = usesOf(Program, Test.Function, Test.Parameter, In);
  if (!Known || (*Known & Test.Does) == 0)
    return false;
  // Nobody else must have seen more of the function.
  return Test.Does != Looks || (*Known & (Awaits | Consumes | Stores | Spawns)) == 0;
}

} // namespace corolint::color
