// Contexts.h - which functions run on the loop, and what runs callables
#ifndef COROLINT_CHECKS_COLOR_CONTEXTS_H
#define COROLINT_CHECKS_COLOR_CONTEXTS_H

#include "checks/color/Nodes.h"
#include "checks/color/Solver.h"

namespace corolint::color {

/// A call that runs one of its callable arguments before it returns.
struct InlineCall {
  std::uint32_t Call = None;
  std::uint32_t Node = None; ///< the callable
  bool Unsure = false;       ///< only some of the possible callees run it
};

/// The context of each function: on the loop, or not known to be.
class Contexts {
public:
  /// Adds a set to \p Program for each callable with several values.
  explicit Contexts(Nodes &Program);

  /// Why \p Function is a root of loop context; nothing when it is none.
  std::optional<Violation::Root> root(std::uint32_t Function) const { return Roots[Function]; }

  /// A coroutine that is only ever the argument of run(): until it suspends
  /// first there is nothing on the loop that it could delay.
  bool isMainTask(std::uint32_t Function) const {
    return MadeByRun[Function] && !MadeOtherwise[Function];
  }

  /// In the order of calls.
  std::span<const InlineCall> inlineCalls() const { return Inlined; }

private:
  void findThreadTasks(const Nodes &Program);
  void findMainTasks(const Nodes &Program);
  void findRoots(const Nodes &Program);
  void transfer(Nodes &Program);

  std::vector<std::optional<Violation::Root>> Roots;
  std::vector<bool> Callbacks;
  /// Coroutines, wrappers and lambdas that are given to a pool of threads.
  std::vector<bool> OnThread;
  std::vector<bool> WrittenForThread; ///< lambdas in the arguments of a pool
  std::vector<bool> GivenElsewhere;   ///< callables that run anywhere else
  std::vector<bool> MadeByRun;
  std::vector<bool> MadeOtherwise;
  std::vector<InlineCall> Inlined;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_CONTEXTS_H
