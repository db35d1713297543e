// ForkFlow.h - which process runs the code after a fork
#ifndef COROLINT_CHECKS_EXTRACT_FORKFLOW_H
#define COROLINT_CHECKS_EXTRACT_FORKFLOW_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace corolint {

/// What holds the object that \p Expression refers to, through `*`, `->` and
/// `&`: a variable, or a member of whatever object. Null for other expressions.
const clang::ValueDecl *holderOf(const clang::Expr *Expression);

/// What is known of the process at one place.
struct ForkState {
  /// What the last fork may have returned, one bit each.
  enum Returned : std::uint8_t { Negative = 1, Zero = 2, Positive = 4, NoFork = 8 };
  std::uint8_t May = NoFork;
  bool Within = false;                   ///< an earlier fork made this process, on every path
  const clang::Expr *Fork = nullptr;     ///< one that led here
  const clang::ValueDecl *Pid = nullptr; ///< holds what it returned
  /// On every path: what was made or renewed in the child.
  llvm::SmallPtrSet<const clang::ValueDecl *, 4> Fresh;

  /// True where only a child may be, or a parent whose fork failed.
  bool isChild() const { return Within || ((May & Zero) && !(May & (Positive | NoFork))); }
};

/// The transfer functions of ForkState, for runForward().
class ForkFlow {
public:
  using State = ForkState;

  ForkFlow(const FunctionBody &Body, const model::Model &Models) : Body(Body), Models(Models) {}

  State entry() const { return {}; }
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element) const;
  void branch(State &Now, const clang::CFGBlock &From, bool Taken) const;
  void select(State &Now, const clang::CFGBlock &From, const clang::CFGBlock &To) const;
  void finish(const State &) const {}

protected:
  using Step = model::FunctionRule::ProcessStep;

  /// What the call \p Part does to the process, if a model says so.
  std::optional<Step> stepOf(const clang::Stmt &Part) const;

  const FunctionBody &Body;
  const model::Model &Models;

private:
  bool isPid(const clang::Expr *Value, const State &Now) const;
  void assume(State &Now, const clang::Expr *Condition, bool Taken, unsigned Depth) const;

  void assign(State &Now, const clang::ValueDecl *To, const clang::Expr *Value) const;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_FORKFLOW_H
