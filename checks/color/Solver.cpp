// Solver.cpp - reports what functions in loop context reach
#include "checks/color/Solver.h"

#include "checks/color/Effects.h"

#include <algorithm>
#include <compare>
#include <numeric>
#include <tuple>

namespace corolint::color {
namespace {

using namespace facts;

/// The violations of one effect.
class Reporter {
public:
  Reporter(const Nodes &Program, const Contexts &Contexts, const Edges &Edges, Effect What)
      : Program(Program), Where(Contexts), Effects(Program, Contexts, Edges, What), What(What) {}

  void run(std::vector<Violation> &Result) {
    for (std::uint32_t F = 0; F != Program.functionCount(); ++F) {
      if (!Where.root(F) && !Program.function(F).Opaque)
        continue;
      auto [First, Last] = Program.callsIn(F);
      for (std::uint32_t C = First; C != Last; ++C) {
        auto Outcome = Effects.of(C);
        if (!Outcome)
          continue;
        Violation Found = violation(C, *Outcome);
        bool Alone = Where.isMainTask(F) && Program.calls()[C].Facts->BeforeFirstSuspension;
        if (Alone && isStartUp(Found.Primitive))
          Found.Sure = std::min(Found.Sure, Confidence::Medium);
        Result.push_back(std::move(Found));
      }
    }
  }

private:
  /// Before the main task suspends nobody else runs, so it may load and connect.
  /// To sleep is no preparation, and a loop runs already.
  static bool isStartUp(const Sink &Primitive) {
    return Primitive.What != Effect::RunsLoop && !Primitive.OnlyTime;
  }

  Violation violation(std::uint32_t Call, const Outcome &Outcome) {
    const auto &[Holder, Facts, Named, Callee] = Program.calls()[Call];
    Violation Result;
    Result.What = What;
    Result.Sure = Outcome.Sure;
    Result.Function = Program.name(Holder);
    Result.Why = Where.root(Holder).value_or(Violation::Root::NonBlocking);
    Result.Chain = Effects.chain(Call, Outcome, Result.Primitive);
    Result.Where = Result.Chain.front().Where;
    if (Outcome.Length == 1)
      Result.Mend = Facts->Mend;
    Result.Suppressed = Result.Why == Violation::Root::NonBlocking
                            ? Edges::isSuppressedAtPromise(*Facts)
                            : Edges::isSuppressed(*Facts, What);
    return Result;
  }

  const Nodes &Program;
  const Contexts &Where;
  color::Effects Effects;
  const Effect What;
};

auto subject(const Violation &V) { return std::tie(V.Where, V.What, V.Primitive.Name); }

/// Among violations with the same subject the best stands first.
std::strong_ordering order(const Violation &Left, const Violation &Right) {
  if (auto Order = subject(Left) <=> subject(Right); Order != 0)
    return Order;
  auto Rank = [](const Violation &V) {
    return std::tuple(V.Suppressed, -static_cast<int>(V.Sure), V.Chain.size());
  };
  if (auto Order = Rank(Left) <=> Rank(Right); Order != 0)
    return Order;
  return std::tie(Left.Function, Left.Why) <=> std::tie(Right.Function, Right.Why);
}

/// Instantiations of a template, and roots that share a line of a header, make
/// the same call: one of them is reported and the others are counted.
std::vector<Violation> group(std::vector<Violation> All) {
  std::vector<std::size_t> Sorted(All.size());
  std::iota(Sorted.begin(), Sorted.end(), 0);
  // Those that compare equal stay in the order of ids.
  std::ranges::sort(Sorted, [&](std::size_t Left, std::size_t Right) {
    auto Order = order(All[Left], All[Right]);
    return Order != 0 ? Order < 0 : Left < Right;
  });
  std::vector<Violation> Result;
  for (auto First = Sorted.begin(); First != Sorted.end();) {
    auto Last = std::find_if(First, Sorted.end(), [&](std::size_t V) {
      return subject(All[V]) != subject(All[*First]);
    });
    std::set<std::string_view> Functions;
    for (auto V = First; V != Last; ++V)
      Functions.insert(All[*V].Function);
    unsigned Others = Functions.size() - 1;
    Result.push_back(std::move(All[*First]));
    Result.back().Others = Others;
    First = Last;
  }
  return Result;
}

} // namespace

std::vector<StoppedEffect> stoppedEffects(const Graph &Program) {
  Nodes Numbered(Program);
  Contexts Where(Numbered);
  Edges Links(Numbered, Where);
  std::vector<StoppedEffect> Result;
  for (unsigned Number = 0; Number != EffectCount; ++Number) {
    auto What = static_cast<Effect>(Number);
    Effects Spread(Numbered, Where, Links, What);
    for (std::uint32_t Call : Spread.stopped())
      Result.push_back({What, Program.place(Numbered.where(Call)),
                        Numbered.calls()[Call].Facts->How == Dispatch::Destructor});
  }
  return Result;
}

std::vector<Violation> solve(const Graph &Program) {
  Nodes Numbered(Program);
  Contexts Where(Numbered);
  Edges Links(Numbered, Where);
  std::vector<Violation> All;
  for (unsigned What = 0; What != EffectCount; ++What)
    Reporter(Numbered, Where, Links, static_cast<Effect>(What)).run(All);
  return group(std::move(All));
}

} // namespace corolint::color
