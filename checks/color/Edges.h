// Edges.h - who runs whom, in both directions
#ifndef COROLINT_CHECKS_COLOR_EDGES_H
#define COROLINT_CHECKS_COLOR_EDGES_H

#include "checks/color/Contexts.h"

namespace corolint::color {

/// A call runs one of a node's functions before it returns.
struct Edge {
  std::uint32_t Call = None;
  std::uint32_t Node = None;
  bool RunsArgument = false; ///< a callable argument of the call runs
  bool Unsure = false;       ///< resolved by type alone, or run by some callees only
};

/// Rows of numbers, one row for each of many keys, in one allocation.
class Rows {
public:
  /// \p Keys[I] says in which of \p Count rows the number I stands.
  Rows(std::uint32_t Count, std::span<const std::uint32_t> Keys);

  std::span<const std::uint32_t> operator[](std::uint32_t Key) const {
    return std::span(Numbers).subspan(First[Key], First[Key + 1] - First[Key]);
  }

private:
  std::vector<std::uint32_t> First;
  std::vector<std::uint32_t> Numbers;
};

/// The edges of the program. A call on a path that ends the program has none,
/// nor has one that runs on a pool.
class Edges {
public:
  Edges(const Nodes &Program, const Contexts &Contexts);

  const Edge &operator[](std::uint32_t Number) const { return All[Number]; }
  /// Numbers of the edges that leave from \p Call.
  std::span<const std::uint32_t> of(std::uint32_t Call) const { return ByCall[Call]; }
  /// Numbers of the edges that lead to \p Node, in the order of calls.
  std::span<const std::uint32_t> into(std::uint32_t Node) const { return ByNode[Node]; }
  /// The sets that \p Node is a member of.
  std::span<const std::uint32_t> setsWith(std::uint32_t Node) const { return Containing[Node]; }

  /// Whether what \p Call does happens to its caller at all.
  static bool counts(const facts::Call &Call) {
    return Call.Path != facts::Guard::NoReturn && Call.Path != facts::Guard::NoLoop &&
           !Call.OffLoop;
  }
  static bool isSuppressed(const facts::Call &Call, facts::Effect What) {
    return Call.Suppressed >> static_cast<unsigned>(What) & 1;
  }
  /// The same for what a function does that is annotated as free of effects.
  static bool isSuppressedAtPromise(const facts::Call &Call) {
    return Call.Suppressed >> facts::EffectCount & 1;
  }

private:
  std::vector<Edge> All;
  Rows ByCall;
  Rows ByNode;
  std::vector<std::vector<std::uint32_t>> Containing;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_EDGES_H
