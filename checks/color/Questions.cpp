// Questions.cpp - answers about colour, context and effects
#include "checks/color/Questions.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace corolint::color {

using namespace facts;

Questions::Questions(const Graph &Program)
    : Numbered(Program), Where(Numbered), Links(Numbered, Where) {
  for (unsigned What = 0; What != EffectCount; ++What)
    ByEffect.push_back(
        std::make_unique<Effects>(Numbered, Where, Links, static_cast<Effect>(What)));
}

static bool stopsThread(const std::optional<Sink> &Primitive) {
  return Primitive && (Primitive->What == Effect::Blocks || Primitive->What == Effect::Waits);
}

bool Questions::accepts(const Selector &Which, std::uint32_t Function) const {
  const facts::Function &Facts = Numbered.function(Function);
  switch (Which.Of) {
  case Selector::Kind::Named:
    return Which.Matches(Facts.Name);
  case Selector::Kind::Async:
    return Facts.What == Kind::Coroutine || Facts.What == Kind::Wrapper;
  case Selector::Kind::Loop:
    return Where.root(Function).has_value();
  case Selector::Kind::Blocking:
    return stopsThread(Facts.Declared);
  }
  return false;
}

/// The same for what is called and not defined here.
bool Questions::accepts(const Selector &Which, const Call &Leaf) {
  if (Which.Of == Selector::Kind::Blocking)
    return stopsThread(Leaf.Primitive);
  return Which.Of == Selector::Kind::Named &&
         Which.Matches(Leaf.Primitive ? Leaf.Primitive->Name : Leaf.CalleeName);
}

std::vector<std::uint32_t> Questions::targets(std::uint32_t Call) const {
  std::vector<std::uint32_t> Out, Work;
  std::set<std::uint32_t> Seen;
  for (std::uint32_t Link : Links.of(Call))
    Work.push_back(Links[Link].Node);
  while (!Work.empty()) {
    std::uint32_t Node = Work.back();
    Work.pop_back();
    if (!Seen.insert(Node).second)
      continue;
    if (!Numbered.isSet(Node)) {
      Out.push_back(Node);
      continue;
    }
    auto Members = Numbered.members(Node);
    Work.insert(Work.end(), Members.begin(), Members.end());
  }
  std::sort(Out.begin(), Out.end());
  return Out;
}

Step Questions::step(std::uint32_t Call, std::string Callee) const {
  const CallSite &Site = Numbered.calls()[Call];
  return {Numbered.program().place(Numbered.where(Call)), Numbered.name(Site.Function),
          std::move(Callee), Site.Facts->How};
}

std::vector<Step> Questions::walk(std::uint32_t From, const Selector &To) const {
  // The call that each function was reached by first: breadth first, so that the
  // way back is a shortest one, in the order of places.
  std::vector<std::uint32_t> By(Numbered.functionCount(), None);
  std::deque<std::uint32_t> Work{From};
  auto Back = [&](std::uint32_t Call, std::string Callee) {
    std::vector<Step> Out;
    for (;;) {
      Out.push_back(step(Call, std::move(Callee)));
      std::uint32_t Holder = Numbered.calls()[Call].Function;
      if (Holder == From)
        break;
      Callee = Numbered.name(Holder);
      Call = By[Holder];
    }
    std::reverse(Out.begin(), Out.end());
    return Out;
  };
  while (!Work.empty()) {
    auto [First, Last] = Numbered.callsIn(Work.front());
    Work.pop_front();
    for (std::uint32_t C = First; C != Last; ++C) {
      const Call &Facts = *Numbered.calls()[C].Facts;
      if (!Edges::counts(Facts))
        continue;
      std::vector<std::uint32_t> Next = targets(C);
      if (accepts(To, Facts) && (Facts.Primitive || Next.empty()))
        return Back(C, Facts.Primitive ? Facts.Primitive->Name : Facts.CalleeName);
      for (std::uint32_t Target : Next) {
        if (Target == From || By[Target] != None)
          continue;
        By[Target] = C;
        if (accepts(To, Target))
          return Back(C, Numbered.name(Target));
        Work.push_back(Target);
      }
    }
  }
  return {};
}

std::vector<std::vector<Step>> Questions::paths(const Selector &From, const Selector &To) const {
  std::vector<std::vector<Step>> Out;
  for (std::uint32_t F = 0; F != Numbered.functionCount(); ++F)
    if (accepts(From, F))
      if (std::vector<Step> Way = walk(F, To); !Way.empty())
        Out.push_back(std::move(Way));
  std::stable_sort(Out.begin(), Out.end(), [](const auto &A, const auto &B) {
    return A.front().Caller < B.front().Caller;
  });
  return Out;
}

std::vector<bool> Questions::onLoop() const {
  std::vector<bool> Seen(Numbered.functionCount());
  std::vector<std::uint32_t> Work;
  auto Reach = [&](std::uint32_t Function) {
    if (!Seen[Function] && !Numbered.function(Function).Opaque) {
      Seen[Function] = true;
      Work.push_back(Function);
    }
  };
  for (std::uint32_t F = 0; F != Numbered.functionCount(); ++F)
    if (Where.root(F))
      Reach(F);
  while (!Work.empty()) {
    auto [First, Last] = Numbered.callsIn(Work.back());
    Work.pop_back();
    for (std::uint32_t C = First; C != Last; ++C)
      for (std::uint32_t Target : targets(C))
        Reach(Target);
  }
  return Seen;
}

std::vector<UnmodelledFunction> Questions::unmodelled() const {
  std::vector<bool> Reached = onLoop();
  using Files = std::set<std::uint32_t>;
  std::map<std::string, Files> Called, Given;
  for (std::uint32_t C = 0; C != Numbered.calls().size(); ++C) {
    const CallSite &Site = Numbered.calls()[C];
    if (!Site.Facts->Unmodelled || Site.Callee != None)
      continue;
    if (Reached[Site.Function] && Edges::counts(*Site.Facts))
      Called[Site.Facts->CalleeName].insert(Numbered.where(C).File);
    else if (!Site.Facts->Callables.empty())
      Given[Site.Facts->CalleeName].insert(Numbered.where(C).File);
  }
  std::vector<UnmodelledFunction> Out;
  for (const auto &[Name, Callers] : Called)
    Out.push_back({Name, Callers.size(), true});
  for (const auto &[Name, Callers] : Given)
    if (!Called.contains(Name))
      Out.push_back({Name, Callers.size(), false});
  return Out;
}

bool Questions::isKnown(const Selector &Named) const {
  for (std::uint32_t F = 0; F != Numbered.functionCount(); ++F)
    if (accepts(Named, F))
      return true;
  return std::any_of(Numbered.calls().begin(), Numbered.calls().end(),
                     [&](const CallSite &Site) { return accepts(Named, *Site.Facts); });
}

std::optional<Portrait::Ability> Questions::ability(std::uint32_t Function, Effect What) const {
  const facts::Function &Facts = Numbered.function(Function);
  if (Facts.Declared && Facts.Declared->What == What)
    return Portrait::Ability{*Facts.Declared, Facts.Declared->Sure, {}};
  if (Facts.Opaque)
    return std::nullopt;
  Effects &Of = *ByEffect[static_cast<unsigned>(What)];
  std::optional<Outcome> Best;
  std::uint32_t At = None;
  auto [First, Last] = Numbered.callsIn(Function);
  for (std::uint32_t C = First; C != Last; ++C)
    if (auto Found = Of.of(C))
      if (!Best || Found->Sure > Best->Sure ||
          (Found->Sure == Best->Sure && Found->Length < Best->Length)) {
        Best = Found;
        At = C;
      }
  if (!Best)
    return std::nullopt;
  Portrait::Ability Out{{}, Best->Sure, {}};
  Out.Chain = Of.chain(At, *Best, Out.Primitive);
  return Out;
}

std::vector<Portrait> Questions::portraits(const Selector &Of) const {
  std::vector<Portrait> Out;
  for (std::uint32_t F = 0; F != Numbered.functionCount(); ++F) {
    if (!accepts(Of, F))
      continue;
    const facts::Function &Facts = Numbered.function(F);
    Portrait One;
    One.Name = Numbered.name(F);
    One.Where = Numbered.program().place(Facts.Where);
    One.What = Facts.What;
    One.Root = Where.root(F);
    One.Opaque = Facts.Opaque;
    One.Mixed = Facts.Mixed;
    for (unsigned What = 0; What != EffectCount; ++What)
      if (auto Can = ability(F, static_cast<Effect>(What)))
        One.Effects.push_back(std::move(*Can));
    Out.push_back(std::move(One));
  }
  std::stable_sort(Out.begin(), Out.end(), [](const Portrait &A, const Portrait &B) {
    return std::tie(A.Name, A.Where) < std::tie(B.Name, B.Where);
  });
  return Out;
}

std::vector<Suggestion> Questions::suggestions() const {
  // A chain is invisible to its unit from the first call into another file on;
  // annotating that callee shows it again.
  std::map<std::string, Suggestion> ByName;
  for (const Violation &Found : solve(Numbered.program())) {
    if (Found.Why == Violation::Root::NonBlocking)
      continue;
    for (std::size_t I = 0; I + 1 < Found.Chain.size(); ++I) {
      const Step &Into = Found.Chain[I];
      const Step &Inside = Found.Chain[I + 1];
      if (Inside.Where.File == Into.Where.File)
        continue;
      Suggestion &One = ByName[Into.Callee];
      if (One.Name.empty()) {
        One.Name = Into.Callee;
        One.Primitive = Found.Primitive;
        One.Chain.assign(Found.Chain.begin() + static_cast<std::ptrdiff_t>(I) + 1,
                         Found.Chain.end());
        One.Where = Inside.Where;
      }
      One.Callers.push_back(Found.Function);
      break;
    }
  }
  std::vector<Suggestion> Out;
  for (auto &[Name, One] : ByName) {
    std::sort(One.Callers.begin(), One.Callers.end());
    One.Callers.erase(std::unique(One.Callers.begin(), One.Callers.end()), One.Callers.end());
    for (std::uint32_t F = 0; F != Numbered.functionCount(); ++F)
      if (Numbered.name(F) == Name)
        One.Where = Numbered.program().place(Numbered.function(F).Where);
    Out.push_back(std::move(One));
  }
  return Out;
}

std::vector<std::string> Questions::names() const {
  std::set<std::string> Out;
  for (std::uint32_t F = 0; F != Numbered.functionCount(); ++F)
    Out.insert(Numbered.name(F));
  return {Out.begin(), Out.end()};
}

} // namespace corolint::color
