// Edges.cpp - who runs whom, in both directions
#include "checks/color/Edges.h"

#include <algorithm>
#include <tuple>

namespace corolint::color {

using namespace facts;

Rows::Rows(std::uint32_t Count, std::span<const std::uint32_t> Keys)
    : First(Count + 1), Numbers(Keys.size()) {
  for (std::uint32_t Key : Keys)
    ++First[Key + 1];
  for (std::uint32_t Key = 0; Key != Count; ++Key)
    First[Key + 1] += First[Key];
  std::vector<std::uint32_t> Next = First;
  for (std::uint32_t I = 0; I != Keys.size(); ++I)
    Numbers[Next[Keys[I]]++] = I;
}

static std::vector<Edge> allEdges(const Nodes &Program, const Contexts &Contexts) {
  std::vector<Edge> Result;
  for (std::uint32_t C = 0; C != Program.calls().size(); ++C) {
    const CallSite &Site = Program.calls()[C];
    if (Site.Callee != None && Edges::counts(*Site.Facts))
      Result.push_back(
          {C, Site.Callee, false, Site.Facts->How == Dispatch::Pointer || Site.Facts->Doubtful});
  }
  for (const InlineCall &Inlined : Contexts.inlineCalls())
    Result.push_back({Inlined.Call, Inlined.Node, true,
                      Inlined.Unsure || Program.calls()[Inlined.Call].Facts->Doubtful});
  std::ranges::sort(Result, {}, [](const Edge &E) {
    return std::tuple(E.Call, E.RunsArgument, E.Node, E.Unsure);
  });
  return Result;
}

static std::vector<std::uint32_t> keys(std::span<const Edge> All, std::uint32_t Edge::*Key) {
  std::vector<std::uint32_t> Result;
  for (const Edge &E : All)
    Result.push_back(E.*Key);
  return Result;
}

Edges::Edges(const Nodes &Program, const Contexts &Contexts)
    : All(allEdges(Program, Contexts)), ByCall(Program.calls().size(), keys(All, &Edge::Call)),
      ByNode(Program.count(), keys(All, &Edge::Node)), Containing(Program.count()) {
  for (std::uint32_t Set = Program.functionCount(); Set != Program.count(); ++Set)
    for (std::uint32_t Member : Program.members(Set))
      Containing[Member].push_back(Set);
}

} // namespace corolint::color
