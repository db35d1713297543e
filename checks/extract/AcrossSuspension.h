// AcrossSuspension.h - values that live from before a suspension to after it
#ifndef COROLINT_CHECKS_EXTRACT_ACROSSSUSPENSION_H
#define COROLINT_CHECKS_EXTRACT_ACROSSSUSPENSION_H

#include "checks/extract/FunctionBody.h"

#include <map>
#include <set>
#include <string>

namespace corolint {

/// A value that was taken from somewhere.
struct Followed {
  const clang::ValueDecl *Of = nullptr;    ///< what it comes from
  const clang::Expr *From = nullptr;       ///< where it was taken
  const clang::Expr *Suspension = nullptr; ///< the first one since, or null
  bool Moves = true;                       ///< it is lost when its container grows
  bool Owned = false;                      ///< an element owns it: only its end matters
};

/// By variable, and what else tells values apart.
using FollowedValues = std::map<std::pair<const clang::Decl *, std::string>, Followed>;

/// Says which values to follow, and looks at their uses.
class ValueWatch {
public:
  virtual ~ValueWatch() = default;

  /// Adds to \p Now what \p Statement takes, removes what it replaces.
  virtual void step(FollowedValues &Now, const clang::Stmt &Statement) = 0;
  /// Sees each reached statement with what is followed before it.
  virtual void visit(const FollowedValues &Before, const clang::Stmt &Statement) = 0;
};

/// Follows values through a coroutine and marks those that have lived through a
/// suspension. Nothing is followed while the coroutine holds an asynchronous
/// lock: others wait for it.
class AcrossSuspension {
public:
  struct State {
    FollowedValues Values;
    std::set<const clang::VarDecl *> Guards; ///< of asynchronous locks
    bool Locked = false;                     ///< locked by hand
  };

  explicit AcrossSuspension(ValueWatch &Watch) : Watch(Watch) {}

  State entry() const { return {}; }
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element);
  void branch(State &, const clang::CFGBlock &, bool) const {}
  /// An await that throws has suspended.
  void raise(State &Now, const clang::CFGElement &Element, const clang::CFGBlock &) const;
  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &);
  void finish(const State &) const {}

private:
  ValueWatch &Watch;
};

/// Runs \p Watch over the coroutine \p Body.
void follow(const FunctionBody &Body, ValueWatch &Watch);

/// The suspension that \p Statement is: a written co_await or co_yield that may
/// suspend. Null for anything else.
const clang::Expr *suspensionAt(const clang::Stmt &Statement);

/// The parts of an assignment `Left = Right`, built in or overloaded.
struct Assignment {
  const clang::Expr *Left = nullptr;
  const clang::Expr *Right = nullptr;
  static std::optional<Assignment> of(const clang::Stmt &Statement);
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_ACROSSSUSPENSION_H
