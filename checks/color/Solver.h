// Solver.h - contexts times effects over the linked program
#ifndef COROLINT_CHECKS_COLOR_SOLVER_H
#define COROLINT_CHECKS_COLOR_SOLVER_H

#include "checks/color/Graph.h"

namespace corolint::color {

/// One call of a chain, from the finding to the primitive.
struct Step {
  facts::Place Where;
  std::string Caller;
  std::string Callee;
  /// Parameter: Callee is an argument that the call runs.
  facts::Dispatch How = facts::Dispatch::Static;
};

/// A function in loop context reaches an effect.
struct Violation {
  facts::Effect What = facts::Effect::Blocks;
  facts::Confidence Sure = facts::Confidence::High;
  /// The innermost coroutine, wrapper or loop callback on the chain.
  std::string Function;
  /// Why that function is loop context.
  enum class Root {
    Coroutine,
    Wrapper,
    Callback,
    LoopOnly,
    NonBlocking ///< not on the loop: it is annotated as free of effects
  } Why = Root::Coroutine;
  facts::Place Where; ///< the call in Function; equals Chain.front().Where
  /// One step for a direct call of the primitive, more for a chain. The last
  /// step's callee is the primitive.
  std::vector<Step> Chain;
  facts::Sink Primitive;
  std::optional<facts::Fix> Mend;
  bool Suppressed = false;
  /// How many further functions in loop context make the same first call.
  unsigned Others = 0;
};

/// A call that has an effect, or would pass one on, if no NOLINT comment covered
/// its line.
struct StoppedEffect {
  facts::Effect What = facts::Effect::Blocks;
  facts::Place Where;
  bool Destroys = false; ///< it is the end of an object's life

  friend bool operator==(const StoppedEffect &, const StoppedEffect &) = default;
};

/// The stopped effects of \p Program, whoever calls. Costs as much as solve().
std::vector<StoppedEffect> stoppedEffects(const Graph &Program);

/// Solves \p Program. The result is ordered by place, effect and primitive and
/// does not depend on the order in which units were added.
///
/// Cost: linear in calls, apart from sorting.
std::vector<Violation> solve(const Graph &Program);

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_SOLVER_H
