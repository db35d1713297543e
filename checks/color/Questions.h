// Questions.h - answers about colour, context and effects
#ifndef COROLINT_CHECKS_COLOR_QUESTIONS_H
#define COROLINT_CHECKS_COLOR_QUESTIONS_H

#include "checks/color/Effects.h"

#include <functional>
#include <memory>

namespace corolint::color {

/// Which functions are meant. What is only called, and not defined in the
/// program, is known by its name alone.
struct Selector {
  enum class Kind : std::uint8_t {
    Named,    ///< Matches accepts the qualified name
    Async,    ///< coroutines and functions that return their tasks
    Loop,     ///< what runs on the loop of itself: Async, callbacks, loop-only
    Blocking, ///< primitives that block or wait
  };
  Kind Of = Kind::Named;
  std::function<bool(const std::string &)> Matches;
};

/// What is known of one function.
struct Portrait {
  std::string Name;
  facts::Place Where;
  facts::Kind What = facts::Kind::Function;
  std::optional<Violation::Root> Root; ///< why it runs on the loop
  bool Opaque = false, Mixed = false;
  struct Ability {
    facts::Sink Primitive;
    facts::Confidence Sure;
    std::vector<Step> Chain; ///< empty: declared to have the effect
  };
  std::vector<Ability> Effects; ///< at most one for each effect
};

/// A function whose annotation would tell its callers in other files what it
/// does.
struct Suggestion {
  std::string Name;
  facts::Place Where;
  facts::Sink Primitive;
  std::vector<Step> Chain;          ///< from Name to Primitive
  std::vector<std::string> Callers; ///< on the loop, in other files; sorted
};

/// A function that is not defined in the program and means nothing to any model.
struct UnmodelledFunction {
  std::string Name;
  std::size_t Files; ///< how many call it
  bool OnLoop;       ///< called there; else a callable is given to it, wherever
};

/// Functions and calls, to be drawn.
struct Drawing {
  struct Node {
    std::string Name;
    facts::Place Where; ///< no line: not defined in the program
    bool Red = false;
    bool Primitive = false;
    bool OnChain = false; ///< lies between the loop and a primitive
  };
  struct Line {
    std::size_t From, To; ///< indexes of Nodes
    bool OnChain = false;
    friend auto operator<=>(const Line &, const Line &) = default;
  };
  std::vector<Node> Nodes;
  std::vector<Line> Lines; ///< sorted
};

/// Answers from the facts of a linked program. Asking costs as much as linking.
class Questions {
public:
  /// \p Program must outlive the object.
  explicit Questions(const Graph &Program);

  /// For each function of \p From, in the order of names, the shortest calls that
  /// lead to one of \p To. Calls on paths that end the program do not count.
  std::vector<std::vector<Step>> paths(const Selector &From, const Selector &To) const;

  /// True when \p Named accepts a function or something that is called.
  bool isKnown(const Selector &Named) const;

  std::vector<Portrait> portraits(const Selector &Of) const;

  /// The fewest functions such that, were they annotated as blocking, each unit
  /// by itself would show what the linked program shows.
  std::vector<Suggestion> suggestions() const;

  /// What is taken as harmless because nobody says what it does: functions that
  /// the loop calls, then those that get callables elsewhere; each by name.
  std::vector<UnmodelledFunction> unmodelled() const;

  /// All functions, or those on a way from the loop to a primitive.
  Drawing drawing(bool Everything) const;

  /// The names of all functions, sorted.
  std::vector<std::string> names() const;

private:
  bool accepts(const Selector &Which, std::uint32_t Function) const;
  static bool accepts(const Selector &Which, const facts::Call &Leaf);
  std::vector<std::uint32_t> targets(std::uint32_t Call) const;
  /// For each function: whether something on the loop runs it before it goes on.
  std::vector<bool> onLoop() const;
  std::vector<Step> walk(std::uint32_t From, const Selector &To) const;
  Step step(std::uint32_t Call, std::string Callee) const;
  std::optional<Portrait::Ability> ability(std::uint32_t Function, facts::Effect What) const;

  Nodes Numbered;
  Contexts Where;
  Edges Links;
  mutable std::vector<std::unique_ptr<Effects>> ByEffect;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_QUESTIONS_H
