// WrittenParts.h - what is written in a statement
#ifndef COROLINT_CHECKS_EXTRACT_WRITTENPARTS_H
#define COROLINT_CHECKS_EXTRACT_WRITTENPARTS_H

#include "checks/extract/Dataflow.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace corolint {

/// True when \p Test holds for a part of \p Whole, itself included. Bodies of
/// lambdas and what the compiler adds to a co_await are no parts.
bool anyPart(const clang::Stmt *Whole,
             llvm::function_ref<bool(const clang::Stmt &)> Test);

/// True when \p Await is written and may suspend.
bool maySuspend(const clang::Stmt &Await);

/// Shows each statement and expression that is reached from the entry.
class Reached {
public:
  using Visitor = llvm::function_ref<void(const clang::Stmt &)>;
  struct State {};

  explicit Reached(Visitor See) : See(See) {}

  State entry() const { return {}; }
  bool join(State &, const State &) const { return false; }
  void step(State &, const clang::CFGElement &) const {}
  void branch(State &, const clang::CFGBlock &, bool) const {}
  void visit(State, const clang::CFGElement &Element, const clang::CFGBlock &) {
    if (auto Statement = Element.getAs<clang::CFGStmt>())
      See(*Statement->getStmt());
  }
  void finish(State) const {}

private:
  Visitor See;
};

/// Shows what \p Graph reaches to \p See, in the order of the graph.
void forEachReached(const clang::CFG &Graph, Reached::Visitor See);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_WRITTENPARTS_H
