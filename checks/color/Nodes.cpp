// Nodes.cpp - functions, calls and target sets by number
#include "checks/color/Nodes.h"

#include <algorithm>

namespace corolint::color {

using namespace facts;

/// Whether a call may end in \p F: a pure virtual method never runs.
static bool canRun(const Function &F) {
  return F.BodyHash != 0 || !F.Calls.empty() || F.Declared || F.LoopOnly;
}

/// What is annotated so speaks for its overriders too.
static bool stopsEffects(const Function &F) { return F.Opaque || F.Mixed; }

Nodes::Nodes(const Graph &Program) : Program(Program) {
  for (const auto &[Id, F] : Program.functions()) {
    ById.emplace(Id, Functions.size());
    Functions.push_back(&F);
  }
  makeMethodSets();
  for (std::uint32_t F = 0; F != Functions.size(); ++F) {
    FirstCall.push_back(Calls.size());
    for (const Call &C : Functions[F]->Calls) {
      std::uint32_t Callee = None;
      switch (C.How) {
      case Dispatch::Static:
      case Dispatch::Constructor:
      case Dispatch::Destructor:
        Callee = find(C.Callee);
        break;
      case Dispatch::Virtual:
        Callee = methodNode(C.Callee);
        break;
      case Dispatch::Pointer:
        Callee = pointees(C.Type);
        break;
      case Dispatch::Parameter:
        break; // Contexts.h connects the callers
      }
      Calls.push_back({F, &C, Callee});
    }
  }
  FirstCall.push_back(Calls.size());
}

std::uint32_t Nodes::find(std::string_view Id) const {
  auto Found = ById.find(Id);
  return Found == ById.end() ? None : Found->second;
}

const std::string &Nodes::name(std::uint32_t Node) const {
  const Function &F = function(Node);
  return F.Name.empty() ? F.Id : F.Name;
}

const Location &Nodes::where(std::uint32_t Call) const {
  const CallSite &Site = Calls[Call];
  return Site.Facts->Where.Line != 0 ? Site.Facts->Where
                                     : function(Site.Function).Where;
}

void Nodes::makeMethodSets() {
  for (const Function *F : Functions)
    for (const std::string &Base : F->Overrides) {
      std::uint32_t Method = find(Base);
      if (Method != None && stopsEffects(function(Method)))
        continue;
      auto [Found, New] = MethodSets.try_emplace(Base, count());
      if (!New)
        continue;
      Sets.push_back({{}, Method});
      if (Method != None && canRun(function(Method)))
        Sets.back().Members.push_back(Method);
    }
  for (std::uint32_t F = 0; F != Functions.size(); ++F)
    for (const std::string &Base : Functions[F]->Overrides) {
      std::uint32_t Overrider = methodNode(Functions[F]->Id);
      auto Found = MethodSets.find(Base);
      if (Found != MethodSets.end() &&
          (isSet(Overrider) || stopsEffects(*Functions[F]) ||
           canRun(*Functions[F])))
        Sets[Found->second - functionCount()].Members.push_back(Overrider);
    }
}

/// The method with its overriders.
std::uint32_t Nodes::methodNode(const std::string &Id) const {
  auto Found = MethodSets.find(Id);
  return Found == MethodSets.end() ? find(Id) : Found->second;
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
    if (std::uint32_t Function = find(Id); Function != None)
      Members.push_back(Function);
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
