// Effects.cpp - which functions have an effect, with the best witness
#include "checks/color/Effects.h"

#include <algorithm>
#include <utility>

namespace corolint::color {

using namespace facts;

/// A function that calls others with ever new tests would have states without
/// end. More than this many occur in no sane program; the longest chains go.
static constexpr unsigned MaxStatesOfNode = 8;

static constexpr std::size_t Low = static_cast<std::size_t>(Confidence::Low);
static constexpr std::size_t Medium = static_cast<std::size_t>(Confidence::Medium);
static constexpr std::size_t High = static_cast<std::size_t>(Confidence::High);

static bool isSure(const Sink &S, std::size_t Level) {
  return static_cast<std::size_t>(S.Sure) >= Level;
}

/// Whether the tests of \p S must find constants for it to be so sure.
static bool needsConstants(const Sink &S, std::size_t Level) {
  return static_cast<std::size_t>(S.WhenUnknown) < Level;
}

Effects::Effects(const Nodes &Program, const Contexts &Contexts, const Edges &Edges, Effect What)
    : Program(Program), Where(Contexts), Links(Edges), What(What),
      FirstOfNode(Program.count(), None), Split(Program.count() - Program.functionCount()) {
  // Whether a pointer is likely to have it depends on where it is certain.
  for (std::size_t Next : {Low, High, Medium}) {
    Level = Next;
    spread();
    // Whether all members of a set have the effect does not depend on how sure
    // that is.
    if (Level == Low)
      findSplitSets();
    else if (Level == High)
      findExpected();
  }
}

bool Effects::isDeclared(std::uint32_t Function) const {
  const auto &Declared = Program.function(Function).Declared;
  return Declared && Declared->What == What;
}

/// Whether what happens in the body of \p Function happens to its callers.
/// Roots keep it: the finding stands in the innermost.
bool Effects::passesOn(std::uint32_t Function) const {
  const facts::Function &F = Program.function(Function);
  if (F.Opaque || F.Mixed || isDeclared(Function) || Where.root(Function))
    return false;
  // To make a task is not to run it.
  if (F.What == Kind::Coroutine)
    return false;
  // Who runs a generator, and when, is known by its type alone.
  return F.What != Kind::Generator || Level != High;
}

bool Effects::isPrimitive(const Call &C) const { return C.Primitive && C.Primitive->What == What; }

/// Whether \p Node certainly has the effect, whatever it is given.
bool Effects::isSureIn(std::uint32_t Node) const {
  for (std::uint32_t S = FirstOfNode[Node]; S != None; S = States[S].NextOfNode)
    if (States[S].Conditions == Conditions::Always)
      return States[S].At[High].Length != None;
  return false;
}

void Effects::findExpected() {
  for (std::uint32_t Node = 0; Node != Program.count(); ++Node) {
    if (!Program.isSet(Node)) {
      Expected.push_back(isSureIn(Node));
      continue;
    }
    auto All = Program.members(Node);
    auto Sure = std::ranges::count_if(All, [&](std::uint32_t One) { return isSureIn(One); });
    Expected.push_back(2 * Sure >= std::ssize(All));
  }
}

/// True for a call through a pointer when fewer than half of the functions of its type
/// certainly have the effect: what a callable's storage calls may be anything.
bool Effects::isUnlikely(const Edge &Along) const {
  return !Along.RunsArgument && !Expected[Along.Node] &&
         Program.calls()[Along.Call].Facts->How == Dispatch::Pointer;
}

/// The state of \p Node under \p Conditions; None when it has too many.
std::uint32_t Effects::state(std::uint32_t Node, std::uint32_t Conditions) {
  unsigned Count = 0;
  std::uint32_t *Link = &FirstOfNode[Node];
  for (; *Link != None; Link = &States[*Link].NextOfNode, ++Count)
    if (States[*Link].Conditions == Conditions)
      return *Link;
  // Always there is room for the state without conditions.
  if (Count >= MaxStatesOfNode && Conditions != Conditions::Always)
    return None;
  std::uint32_t New = States.size();
  *Link = New;
  States.push_back({Node, Conditions, None, {}});
  return New;
}

/// Orders states with equally long chains by the place where these start.
bool Effects::before(std::uint32_t Left, std::uint32_t Right, std::size_t At) const {
  auto Place = [&](std::uint32_t S) -> const Location & {
    const Witness &Chain = States[S].At[At];
    return Chain.Call == None ? Program.function(States[S].Node).Where : Program.where(Chain.Call);
  };
  const Graph &Files = Program.program();
  if (Files.before(Place(Left), Place(Right)))
    return true;
  if (Files.before(Place(Right), Place(Left)))
    return false;
  return std::pair(States[Left].Node, Left) < std::pair(States[Right].Node, Right);
}

void Effects::spread() {
  Length = 0;
  Front.clear();
  startAtDeclared();
  enterSets();
  do {
    std::vector<std::uint32_t> Last = std::exchange(Front, {});
    ++Length;
    if (Length == 1)
      startAtPrimitives();
    for (std::uint32_t From : Last)
      for (std::uint32_t E : Links.into(States[From].Node))
        pass(From, Links[E]);
    enterSets();
  } while (!Front.empty());
}

/// A call to a declared function is the primitive: the chain from inside it has
/// no calls.
void Effects::startAtDeclared() {
  for (std::uint32_t F = 0; F != Program.functionCount(); ++F) {
    const Function &Facts = Program.function(F);
    if (!isDeclared(F) || Facts.Mixed || !isSure(*Facts.Declared, Level))
      continue;
    reach(F, Tests.number(Facts.Declared->Unless, needsConstants(*Facts.Declared, Level)),
          {Length, None, None, false});
  }
}

void Effects::startAtPrimitives() {
  for (std::uint32_t C = 0; C != Program.calls().size(); ++C) {
    const auto &[Holder, Facts, Named, Callee] = Program.calls()[C];
    if (!isPrimitive(*Facts) || !isSure(*Facts->Primitive, Level) || !Edges::counts(*Facts))
      continue;
    if (Edges::isSuppressed(*Facts, What)) {
      Stopped.insert(C);
      continue;
    }
    if (!passesOn(Holder))
      continue;
    reach(Holder, Tests.number(Facts->Primitive->Unless, needsConstants(*Facts->Primitive, Level)),
          {Length, C, None, false});
  }
}

/// Takes the effect of the state \p From to the caller at the edge's other end.
void Effects::pass(std::uint32_t From, const Edge &Along) {
  const auto &[Holder, Facts, Named, Callee] = Program.calls()[Along.Call];
  if (isPrimitive(*Facts) || (Along.Unsure && Level == High) ||
      (Level == Medium && isUnlikely(Along)))
    return;
  if (Edges::isSuppressed(*Facts, What)) {
    Stopped.insert(Along.Call);
    return;
  }
  if (!passesOn(Holder))
    return;
  if (auto Absent = conditionsAt(Along, From))
    reach(Holder, *Absent, {Length, Along.Call, runs(From, Level), Along.RunsArgument});
}

/// The tests on the caller's parameters under which the effect of \p From does
/// not happen at the edge; nothing when it never does.
std::optional<std::uint32_t> Effects::conditionsAt(const Edge &Along, std::uint32_t From) {
  // The arguments of the call are not those of the callable that it runs.
  if (Along.RunsArgument) {
    if (Tests.needsConstants(States[From].Conditions))
      return std::nullopt;
    return Conditions::Always;
  }
  return Tests.throughCall(States[From].Conditions, Program.calls()[Along.Call].Facts->Arguments);
}

/// The state itself, or for a set that of its best member.
std::uint32_t Effects::runs(std::uint32_t S, std::size_t At) const {
  return Program.isSet(States[S].Node) ? States[S].At[At].Next : S;
}

/// Notes a chain of the present length. It wins against an equally long one
/// when it starts at a smaller place; calls are numbered in that order.
void Effects::reach(std::uint32_t Function, std::uint32_t Conditions, Witness Chain) {
  std::uint32_t Reached = state(Function, Conditions);
  if (Reached == None)
    return;
  Witness &Known = States[Reached].At[Level];
  if (Known.Length == None) {
    Known = Chain;
    Front.push_back(Reached);
    return;
  }
  if (Known.Length < Chain.Length || Known.Call < Chain.Call)
    return;
  if (Chain.Call < Known.Call || before(Chain.Next, Known.Next, Level))
    Known = Chain;
}

/// Gives the sets with a member in the front the state of their best member.
void Effects::enterSets() {
  std::ranges::sort(Front, [this](std::uint32_t Left, std::uint32_t Right) {
    return before(Left, Right, Level);
  });
  // One member after the other, with all sets around it: the first one wins.
  const std::vector<std::uint32_t> Best = Front;
  for (std::uint32_t Function : Best) {
    std::vector<std::uint32_t> Inside = {Function};
    while (!Inside.empty()) {
      std::uint32_t Member = States[Inside.back()].Node;
      Inside.pop_back();
      for (std::uint32_t Set : Links.setsWith(Member)) {
        if (Level == High && isSplit(Set))
          continue;
        std::uint32_t Reached = state(Set, States[Function].Conditions);
        if (Reached == None || States[Reached].At[Level].Length != None)
          continue;
        States[Reached].At[Level] = {Length, None, Function, false};
        Front.push_back(Reached);
        Inside.push_back(Reached);
      }
    }
  }
}

void Effects::findSplitSets() {
  std::vector<std::uint32_t> Lacking;
  for (std::uint32_t F = 0; F != Program.functionCount(); ++F) {
    std::uint32_t S = FirstOfNode[F];
    while (S != None && States[S].Conditions != Conditions::Always)
      S = States[S].NextOfNode;
    if (S == None)
      Lacking.push_back(F);
  }
  while (!Lacking.empty()) {
    std::uint32_t Member = Lacking.back();
    Lacking.pop_back();
    for (std::uint32_t Set : Links.setsWith(Member)) {
      // A declared method speaks for its overriders.
      std::uint32_t Method = Program.method(Set);
      if (isSplit(Set) || (Method != None && isDeclared(Method)))
        continue;
      Split[Set - Program.functionCount()] = true;
      Lacking.push_back(Set);
    }
  }
}

std::optional<Outcome> Effects::of(std::uint32_t Call) {
  for (std::size_t At = High + 1; At-- != 0;)
    if (auto Found = of(Call, At))
      return Found;
  return std::nullopt;
}

/// Likewise, but at least as sure as \p At.
std::optional<Outcome> Effects::of(std::uint32_t Call, std::size_t At) {
  const facts::Call &Facts = *Program.calls()[Call].Facts;
  auto Sure = static_cast<Confidence>(At);
  if (!Edges::counts(Facts))
    return std::nullopt;
  if (isPrimitive(Facts)) {
    // Nobody calls a root with constants: its parameters stay unknown.
    bool Here = isSure(*Facts.Primitive, At) &&
                (Facts.Primitive->Unless.empty() || !needsConstants(*Facts.Primitive, At));
    return Here ? std::optional<Outcome>({Sure, 1, None, false}) : std::nullopt;
  }
  std::optional<Outcome> Best;
  for (std::uint32_t E : Links.of(Call)) {
    const Edge &Along = Links[E];
    if ((Along.Unsure && At == High) || (At == Medium && isUnlikely(Along)))
      continue;
    for (std::uint32_t S = FirstOfNode[Along.Node]; S != None; S = States[S].NextOfNode) {
      const Witness &Chain = States[S].At[At];
      if (Chain.Length == None)
        continue;
      std::optional<std::uint32_t> Left = conditionsAt(Along, S);
      if (!Left || Tests.needsConstants(*Left))
        continue;
      std::uint32_t Next = runs(S, At);
      if (!Best || Chain.Length + 1 < Best->Length ||
          (Chain.Length + 1 == Best->Length && before(Next, Best->Next, At)))
        Best = {Sure, Chain.Length + 1, Next, Along.RunsArgument};
    }
  }
  return Best;
}

std::vector<Step> Effects::chain(std::uint32_t Call, const Outcome &From, Sink &Primitive) const {
  const Graph &Files = Program.program();
  auto At = static_cast<std::size_t>(From.Sure);
  std::vector<Step> Result;
  Witness Rest{From.Length, Call, From.Next, From.RunsArgument};
  while (true) {
    const auto &[Holder, Facts, Named, Callee] = Program.calls()[Rest.Call];
    Result.push_back({Files.place(Program.where(Rest.Call)), Program.name(Holder), "",
                      Rest.RunsArgument ? Dispatch::Parameter : Facts->How});
    if (Rest.Next == None) {
      Primitive = *Facts->Primitive;
      break;
    }
    std::uint32_t Next = States[Rest.Next].Node;
    Result.back().Callee = Program.name(Next);
    Rest = States[Rest.Next].At[At];
    if (Rest.Length == 0) {
      Primitive = *Program.function(Next).Declared;
      break;
    }
  }
  Result.back().Callee = Primitive.Name;
  return Result;
}

} // namespace corolint::color
