// Dataflow.h - a forward worklist over the CFG of a function
//
// The one flow engine: every analysis over paths states what it knows (State),
// how an element changes that, and how a branch refines it.

#ifndef COROLINT_CHECKS_EXTRACT_DATAFLOW_H
#define COROLINT_CHECKS_EXTRACT_DATAFLOW_H

#include "checks/extract/FunctionBody.h"

#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"

#include <deque>
#include <optional>
#include <vector>

namespace corolint {

/// Where exceptions of a function go. Clang's graph has no edges for them, so
/// without this no handler would ever be reached.
class Handlers {
public:
  explicit Handlers(const clang::CFG &Graph);

  /// The block that picks the handler for what \p Element throws, or null.
  const clang::CFGBlock *of(const clang::CFGElement &Element) const;

private:
  llvm::DenseMap<const clang::Stmt *, const clang::CFGBlock *> Around;
};

/// True when \p Block ends in a throw or in a call that does not return.
bool leavesByForce(const clang::CFGBlock &Block);

/// True when \p Block ends a `do ... while (x)` that a macro wraps around what it
/// is given. That runs once, whatever the condition hides.
bool endsWrapper(const clang::CFGBlock &Block, const clang::SourceManager &Manager);

/// One run of an analysis over the graph of a function.
template <class Analysis> class Worklist {
public:
  using State = typename Analysis::State;

  Worklist(const FunctionBody &Body, Analysis &Run)
      : Body(Body), Graph(Body.cfg()), Run(Run), Thrown(Graph), Before(Graph.getNumBlockIDs()),
        Queued(Graph.getNumBlockIDs()) {}

  void solve() {
    reach(Graph.getEntry(), Run.entry());
    while (!Work.empty()) {
      const clang::CFGBlock *Block = Work.front();
      Work.pop_front();
      Queued[Block->getBlockID()] = false;
      leave(*Block, through(*Block));
    }
  }

  void visit() {
    // Block ids fall from entry to exit, so this is close to source order.
    for (auto It = Graph.nodes_begin(); It != Graph.nodes_end(); ++It) {
      const clang::CFGBlock *Block = *It;
      if (!Before[Block->getBlockID()])
        continue;
      State Now = *Before[Block->getBlockID()];
      for (const clang::CFGElement &Element : *Block) {
        Run.visit(Now, Element, *Block);
        Run.step(Now, Element);
      }
    }
    if (const auto &AtExit = Before[Graph.getExit().getBlockID()])
      Run.finish(*AtExit);
  }

private:
  /// Joins \p Along into what is known before \p To.
  void reach(const clang::CFGBlock &To, State Along) {
    std::optional<State> &Target = Before[To.getBlockID()];
    bool Changed = !Target;
    if (Target)
      Changed = Run.join(*Target, Along);
    else
      Target = std::move(Along);
    if (Changed && !Queued[To.getBlockID()]) {
      Queued[To.getBlockID()] = true;
      Work.push_back(&To);
    }
  }

  /// The state after \p Block; what it throws goes to the handlers.
  State through(const clang::CFGBlock &Block) {
    State Now = *Before[Block.getBlockID()];
    for (const clang::CFGElement &Element : Block) {
      if (const clang::CFGBlock *Handler = Thrown.of(Element)) {
        reach(*Handler, raised(Now, Element, *Handler));
      }
      Run.step(Now, Element);
    }
    return Now;
  }

  /// What \p Handler may know when \p Element throws.
  State raised(State Along, const clang::CFGElement &Element, const clang::CFGBlock &Handler) {
    if constexpr (requires { Run.raise(Along, Element, Handler); })
      Run.raise(Along, Element, Handler);
    else if constexpr (requires { Run.raise(Along); })
      Run.raise(Along);
    return Along;
  }

  void leave(const clang::CFGBlock &Block, const State &Now) {
    unsigned Index = 0;
    for (const clang::CFGBlock::AdjacentBlock &Next : Block.succs()) {
      unsigned Successor = Index++;
      const clang::CFGBlock *To = Next.getReachableBlock();
      if (!To || (To == &Graph.getExit() && leavesByForce(Block)))
        continue;
      if (!Block.empty() && Thrown.of(Block.back()) == To && leavesByForce(Block))
        continue; // what it throws has reached the handler
      if (Successor == 0 && endsWrapper(Block, Body.context().getSourceManager()))
        continue;
      State Along = Now;
      if (llvm::isa_and_nonnull<clang::SwitchStmt>(Block.getTerminatorStmt())) {
        if constexpr (requires { Run.select(Along, Block, *To); })
          Run.select(Along, Block, *To);
      } else if (Block.succ_size() == 2 && Block.getTerminatorCondition()) {
        Run.branch(Along, Block, Successor == 0);
      }
      reach(*To, std::move(Along));
    }
  }

  const FunctionBody &Body;
  const clang::CFG &Graph;
  Analysis &Run;
  Handlers Thrown;
  std::vector<std::optional<State>> Before;
  std::vector<bool> Queued;
  std::deque<const clang::CFGBlock *> Work;
};

/// Runs \p Analysis forward over \p Body to a fix-point, then visits every
/// reachable element once more with the state before it.
///
/// Analysis needs:
///   using State = ...;                      // copyable
///   State entry();                          // before the first element
///   bool join(State &Into, const State &);  // true when Into changed
///   void step(State &, const clang::CFGElement &);
///   void branch(State &, const clang::CFGBlock &From, bool Taken);
///   void visit(const State &Before, const clang::CFGElement &,
///              const clang::CFGBlock &);
///   void finish(const State &AtExit);       // only when the exit is reached,
///                                           // not by a throw or std::abort()
/// and may have
///   void select(State &, const CFGBlock &From, const CFGBlock &To);
///                                           // a switch went to To
///   void raise(State &[, const CFGElement &, const CFGBlock &Handler]);
///                                           // what a handler may know of it
///
/// Cost: elements times the height of the state lattice.
template <class Analysis> void runForward(const FunctionBody &Body, Analysis &Run) {
  Worklist<Analysis> All(Body, Run);
  All.solve();
  All.visit();
}

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_DATAFLOW_H
