// Transfers.cpp - what functions do with their callable parameters
#include "checks/color/Transfers.h"

namespace corolint::color {

using namespace facts;

/// \p Inside is what happens within a call in \p Site's function; the result is
/// how that looks to the callers of the function.
static Ways seenByCallers(const Nodes &Program, const CallSite &Site, Ways Inside) {
  const Function &Holder = Program.function(Site.Function);
  if (Holder.Opaque || Holder.Mixed)
    return {false, false, Inside.Loop};
  // A coroutine runs when it is awaited, on the loop, whoever called it.
  if (Holder.What == Kind::Coroutine)
    return {false, false, Inside.Inline || Inside.Maybe || Inside.Loop};
  return Inside;
}

/// What \p Site makes of what its callee does with an argument.
static Ways throughCall(const CallSite &Site, Ways Callee) {
  if (Site.Facts->Path == Guard::NoReturn)
    return {};
  if (Site.Facts->OffLoop || Site.Facts->Path == Guard::NoLoop)
    return {false, false, Callee.Loop};
  if (Site.Facts->How == Dispatch::Pointer)
    return {false, Callee.Inline || Callee.Maybe, Callee.Loop};
  return Callee;
}

Transfers::Transfers(const Nodes &Program) : Program(Program) {
  for (const CallSite &Site : Program.calls())
    collect(Site);
  expandSets();
  spread();
}

std::uint32_t Transfers::slot(std::uint32_t Node, std::uint32_t Index) {
  auto [Found, New] = Numbers.try_emplace(key(Node, Index), Slots.size());
  if (New)
    Slots.push_back({Node, Index, {}, {}});
  return Found->second;
}

void Transfers::connect(std::uint32_t Source, Forward To) {
  Slots[Source].Users.push_back(Forwards.size());
  Forwards.push_back(To);
}

void Transfers::collect(const CallSite &Site) {
  if (Site.Facts->How == Dispatch::Parameter) {
    std::uint32_t Called = slot(Site.Function, Site.Facts->Parameter);
    Ways Here = throughCall(Site, {true, false, false});
    Slots[Called].Known.add(seenByCallers(Program, Site, Here));
  }
  for (const Callable &Passed : Site.Facts->Callables) {
    bool Asks = Passed.How == Transfer::ByCallee && Site.Callee != None;
    std::uint32_t Source = Asks ? slot(Site.Callee, Passed.Index) : None;
    if (!Passed.Parameter)
      continue;
    std::uint32_t Own = slot(Site.Function, *Passed.Parameter);
    if (Asks)
      connect(Source, {Own, &Site});
    else
      Slots[Own].Known.add(seenByCallers(Program, Site, waysOf(Site, Passed)));
  }
}

/// A set does with its parameter what its members do with theirs.
void Transfers::expandSets() {
  for (std::uint32_t S = 0; S != Slots.size(); ++S) {
    if (!Program.isSet(Slots[S].Node))
      continue;
    for (std::uint32_t Member : Program.members(Slots[S].Node))
      connect(slot(Member, Slots[S].Index), {S, nullptr});
  }
}

void Transfers::spread() {
  std::vector<std::uint32_t> Changed;
  for (std::uint32_t S = 0; S != Slots.size(); ++S)
    if (Slots[S].Known != Ways())
      Changed.push_back(S);
  while (!Changed.empty()) {
    std::uint32_t Source = Changed.back();
    Changed.pop_back();
    for (std::uint32_t User : Slots[Source].Users) {
      const auto &[To, Site] = Forwards[User];
      Ways Seen = Slots[Source].Known;
      if (Site)
        Seen = seenByCallers(Program, *Site, throughCall(*Site, Seen));
      else if (Program.members(Slots[To].Node).size() > 1)
        Seen = {false, Seen.Inline || Seen.Maybe, Seen.Loop};
      if (Slots[To].Known.add(Seen))
        Changed.push_back(To);
    }
  }
}

Ways Transfers::waysOf(const CallSite &Site, const Callable &Passed) const {
  switch (Passed.How) {
  case Transfer::Inline:
    return throughCall(Site, {true, false, false});
  case Transfer::Loop:
    return throughCall(Site, {false, false, true});
  case Transfer::Thread:
  case Transfer::Stored:
    return {};
  case Transfer::ByCallee:
    break;
  }
  auto Found = Site.Callee == None ? Numbers.end() : Numbers.find(key(Site.Callee, Passed.Index));
  return Found == Numbers.end() ? Ways() : throughCall(Site, Slots[Found->second].Known);
}

} // namespace corolint::color
