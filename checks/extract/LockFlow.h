// LockFlow.h - locks that are held where a coroutine suspends
#ifndef COROLINT_CHECKS_EXTRACT_LOCKFLOW_H
#define COROLINT_CHECKS_EXTRACT_LOCKFLOW_H

#include "checks/extract/FunctionBody.h"
#include "checks/extract/GuardTypes.h"
#include "checks/model/Coroutine.h"

#include <map>
#include <string>

namespace corolint {

/// A lock that is held across a suspension.
struct HeldLock {
  std::string Name; ///< of the guard, or of the mutex
  clang::SourceRange Taken;
  const clang::Expr *Suspension = nullptr; ///< the first co_await or co_yield
  bool Certain = true;                     ///< the lock is a known thread lock
};

/// Follows guards and mutexes through a coroutine body.
class LockFlow {
public:
  /// What a lock may be. Tried: taken when a test that is still to come says so.
  struct Hold {
    clang::SourceRange Taken;
    bool Tried = false;
    friend bool operator==(const Hold &, const Hold &) = default;
  };
  /// By lock number; absent: not held.
  using State = std::map<unsigned, Hold>;

  LockFlow(const FunctionBody &Body, const model::Model &Models) : Body(Body), Models(Models) {}

  State entry() const { return {}; }
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element);
  void branch(State &Now, const clang::CFGBlock &From, bool Taken);
  void visit(const State &Before, const clang::CFGElement &Element, const clang::CFGBlock &Block);
  void finish(const State &) {}
  /// A guard from before the try block is still held in its handler. What is
  /// locked by hand counts as released there.
  void raise(State &Now, const clang::CFGElement &Element, const clang::CFGBlock &Handler);

  std::vector<HeldLock> take();

protected:
  struct Lock {
    std::string Name;
    bool Certain = true;
    const clang::Expr *FirstSuspension = nullptr;
    clang::SourceRange Taken;
    const clang::VarDecl *Guard = nullptr; ///< null: locked by hand
    const clang::Stmt *Scope = nullptr;    ///< where Guard lives, if known
    const clang::Expr *Mutex = nullptr;    ///< what was locked by hand
  };

  const FunctionBody &Body;
  const model::Model &Models;
  std::vector<Lock> Locks;

private:
  unsigned number(const std::string &Key, const std::string &Name, bool Certain);
  std::optional<unsigned> guardOf(const clang::Expr *Value) const;
  void declare(State &Now, const clang::VarDecl &Local, const clang::Stmt &Where);
  /// What \p Init leaves in a guard; none when it locks nothing.
  std::optional<Hold> holdOf(State &Now, const clang::Expr &Init, Guarding How,
                             clang::SourceRange Place);
  /// True for a lock that no guard holds at \p Suspension any more.
  bool isOver(const Lock &One, const clang::CoroutineSuspendExpr &Suspension) const;
  void call(State &Now, const clang::Stmt *Statement);
  void containerCall(State &Now, unsigned Guard, const CallSite &Site);
  using LockAction = model::Model::LockAction;
  void act(State &Now, const clang::Expr *Mutex, LockAction What, const clang::Expr &Call);
  void mutexCall(State &Now, const CallSite &Site);
  /// The lock that \p Condition asks about. \p Taken: the condition's truth
  /// on the way in, whether the lock was taken on the way out.
  std::optional<unsigned> tried(const clang::Expr *Condition, bool &Taken) const;
  void temporary(State &Now, const clang::CXXBindTemporaryExpr &Made);
  void give(State &Now, const clang::DeclRefExpr &Use);

  std::map<std::string, unsigned> Numbers;
  std::map<const clang::VarDecl *, unsigned> Guards;
  std::map<const clang::CXXBindTemporaryExpr *, unsigned> Temporaries;
};

/// The locks that the coroutine \p Body holds where it suspends.
std::vector<HeldLock> findHeldLocks(const FunctionBody &Body, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_LOCKFLOW_H
