// Effects.h - which functions have an effect, with the best witness
#ifndef COROLINT_CHECKS_COLOR_EFFECTS_H
#define COROLINT_CHECKS_COLOR_EFFECTS_H

#include "checks/color/Conditions.h"
#include "checks/color/Edges.h"

#include <array>
#include <set>

namespace corolint::color {

/// What a call does, and how sure that is.
struct Outcome {
  facts::Confidence Sure = facts::Confidence::Low;
  std::uint32_t Length = 0;  ///< calls, from this one to the primitive
  std::uint32_t Next = None; ///< the state of what runs; None: a primitive
  bool RunsArgument = false; ///< what runs is an argument of the call
};

/// One effect, spread from its primitives to all functions that pass it on.
///
/// A state is a function that has the effect under some conditions. For each
/// state and confidence the shortest chain is found that is at least so sure,
/// breadth first from the primitives: cycles and deep chains need no care, and
/// of equally short chains that with the smallest place wins.
class Effects {
public:
  Effects(const Nodes &Program, const Contexts &Contexts, const Edges &Edges, facts::Effect What);

  /// What \p Call does in a function in loop context; nothing when it does not
  /// have the effect. What depends on a parameter of the caller counts.
  std::optional<Outcome> of(std::uint32_t Call);

  /// The calls from \p Call to the primitive, which is stored in \p Primitive.
  std::vector<Step> chain(std::uint32_t Call, const Outcome &From, facts::Sink &Primitive) const;

  /// The calls at which a NOLINT comment keeps the effect from the caller.
  const std::set<std::uint32_t> &stopped() const { return Stopped; }

private:
  /// The best chain that starts in a state.
  struct Witness {
    std::uint32_t Length = None; ///< None: there is no chain
    std::uint32_t Call = None;   ///< its first call
    std::uint32_t Next = None;   ///< the state that the call leads to
    bool RunsArgument = false;
  };
  struct State {
    std::uint32_t Node = None;
    std::uint32_t Conditions = Conditions::Always;
    std::uint32_t NextOfNode = None;
    std::array<Witness, 3> At; ///< by confidence
  };

  std::optional<Outcome> of(std::uint32_t Call, std::size_t At);
  bool isDeclared(std::uint32_t Function) const;
  bool passesOn(std::uint32_t Function) const;
  bool isPrimitive(const facts::Call &Call) const;
  bool isSplit(std::uint32_t Set) const { return Split[Set - Program.functionCount()]; }
  bool isSureIn(std::uint32_t Node) const;
  void findExpected();
  bool isUnlikely(const Edge &Along) const;
  std::uint32_t state(std::uint32_t Node, std::uint32_t Conditions);
  bool before(std::uint32_t Left, std::uint32_t Right, std::size_t At) const;

  void spread();
  void startAtDeclared();
  void startAtPrimitives();
  void pass(std::uint32_t From, const Edge &Along);
  std::optional<std::uint32_t> conditionsAt(const Edge &Along, std::uint32_t From);
  std::uint32_t runs(std::uint32_t State, std::size_t At) const;
  void reach(std::uint32_t Function, std::uint32_t Conditions, Witness Chain);
  void enterSets();
  void findSplitSets();

  const Nodes &Program;
  const Contexts &Where;
  const Edges &Links;
  const facts::Effect What;
  Conditions Tests;
  std::vector<State> States;
  std::vector<std::uint32_t> FirstOfNode;
  /// Sets of which some member does not have the effect.
  std::vector<bool> Split;
  /// Nodes that certainly have the effect, and sets of which half the members do.
  std::vector<bool> Expected;
  std::set<std::uint32_t> Stopped;

  // While spreading: the confidence, and the states with chains of Length.
  std::size_t Level = 0;
  std::uint32_t Length = 0;
  std::vector<std::uint32_t> Front;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_EFFECTS_H
