// Nodes.cpp - functions, calls and target sets by number
#include "checks/color/Nodes.h"

#include <algorithm>
#include <iterator>

namespace corolint::color {

using namespace facts;

/// Whether a call may end in \p F: a pure virtual method never runs.
static bool canRun(const Function &F) {
  return F.BodyHash != 0 || !F.Calls.empty() || F.Declared || F.LoopOnly;
}

/// What is annotated so speaks for its overriders too.
static bool stopsEffects(const Function &F) { return F.Opaque || F.Mixed; }

Nodes::Nodes(const Graph &Program) : Program(Program) {
  for (const auto &[Key, F] : Program.functions()) {
    ById.emplace(Key.first, Functions.size());
    Functions.push_back(&F);
  }
  makeMethodSets();
  for (std::uint32_t F = 0; F != Functions.size(); ++F) {
    FirstCall.push_back(Calls.size());
    for (const Call &C : Functions[F]->Calls)
      Calls.push_back(siteOf(F, C));
  }
  FirstCall.push_back(Calls.size());
}

CallSite Nodes::siteOf(std::uint32_t Function, const Call &Call) {
  CallSite Out{Function, &Call, None, None};
  std::vector<std::uint32_t> Meant =
      meant(Call.Callee, Call.Where.Line != 0 ? Call.Where : Functions[Function]->Where);
  if (Meant.size() == 1)
    Out.Named = Meant.front();
  switch (Call.How) {
  case Dispatch::Static:
  case Dispatch::Constructor:
  case Dispatch::Destructor:
    Out.Callee = oneOf(std::move(Meant));
    break;
  case Dispatch::Virtual:
    Out.Callee = methodNode(Call.Callee, Out.Named);
    break;
  case Dispatch::Pointer:
    Out.Callee = pointees(Call.Type);
    break;
  case Dispatch::Parameter:
    break; // Contexts.h connects the callers
  }
  return Out;
}

std::vector<std::uint32_t> Nodes::all(const std::string &Id) const {
  std::vector<std::uint32_t> Result;
  if (auto Found = ById.find(Id); Found != ById.end())
    for (std::uint32_t F = Found->second; F != Functions.size() && Functions[F]->Id == Id; ++F)
      Result.push_back(F);
  return Result;
}

/// The functions that \p Id may mean at \p Where.
std::vector<std::uint32_t> Nodes::meant(const std::string &Id, const Location &Where) const {
  std::vector<std::uint32_t> Result = all(Id);
  if (Result.size() < 2)
    return Result;
  std::vector<const Function *> Nearest = Program.meant(Id, Program.fileOf(Where));
  std::erase_if(Result, [&](std::uint32_t F) {
    return std::ranges::find(Nearest, Functions[F]) == Nearest.end();
  });
  return Result;
}

std::uint32_t Nodes::find(const std::string &Id, const Location &Where) const {
  std::vector<std::uint32_t> Meant = meant(Id, Where);
  return Meant.size() == 1 ? Meant.front() : None;
}

const std::string &Nodes::name(std::uint32_t Node) const {
  const Function &F = function(Node);
  return F.Name.empty() ? F.Id : F.Name;
}

const Location &Nodes::where(std::uint32_t Call) const {
  const CallSite &Site = Calls[Call];
  return Site.Facts->Where.Line != 0 ? Site.Facts->Where : function(Site.Function).Where;
}

void Nodes::makeMethodSets() {
  for (const Function *F : Functions)
    for (const std::string &Base : F->Overrides) {
      std::uint32_t Method = find(Base, F->Where);
      if (Method != None && stopsEffects(function(Method)))
        continue;
      auto [Found, New] = MethodSets.try_emplace({Base, Method}, count());
      if (!New)
        continue;
      Sets.push_back({{}, Method});
      if (Method != None && canRun(function(Method)))
        Sets.back().Members.push_back(Method);
    }
  for (std::uint32_t F = 0; F != Functions.size(); ++F)
    for (const std::string &Base : Functions[F]->Overrides) {
      std::uint32_t Overrider = methodNode(Functions[F]->Id, F);
      auto Found = MethodSets.find({Base, find(Base, Functions[F]->Where)});
      if (Found != MethodSets.end() &&
          (isSet(Overrider) || stopsEffects(*Functions[F]) || canRun(*Functions[F])))
        Sets[Found->second - functionCount()].Members.push_back(Overrider);
    }
}

/// The method \p Id, which is \p Method when the program holds it, with its
/// overriders.
std::uint32_t Nodes::methodNode(const std::string &Id, std::uint32_t Method) const {
  auto Found = MethodSets.find({Id, Method});
  return Found == MethodSets.end() ? Method : Found->second;
}

std::uint32_t Nodes::pointees(const std::string &Type) {
  auto [Found, New] = PointeeSets.try_emplace(Type, None);
  if (!New)
    return Found->second;
  auto Taken = Program.addressesTaken().find(Type);
  if (Taken == Program.addressesTaken().end())
    return None;
  std::vector<std::uint32_t> Members;
  for (const std::string &Id : Taken->second)
    std::ranges::copy(all(Id), std::back_inserter(Members));
  return Found->second = oneOf(std::move(Members));
}

std::uint32_t Nodes::oneOf(std::vector<std::uint32_t> Members) {
  std::ranges::sort(Members);
  Members.erase(std::unique(Members.begin(), Members.end()), Members.end());
  if (Members.size() < 2)
    return Members.empty() ? None : Members.front();
  Sets.push_back({std::move(Members), None});
  return count() - 1;
}

} // namespace corolint::color
