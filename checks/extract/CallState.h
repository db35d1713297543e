// CallState.h - what is known before a call on every path
#ifndef COROLINT_CHECKS_EXTRACT_CALLSTATE_H
#define COROLINT_CHECKS_EXTRACT_CALLSTATE_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace corolint {

/// What the calls so far did to the function's context and values.
struct CallState {
  bool MaySuspended = false; ///< a suspension may lie behind
  bool MaySpawned = false;   ///< other work may have been given to the loop
  bool OffLoop = false;      ///< runs on a pool now, on every path
  bool NoLoop = false;       ///< no loop runs on this thread, on every path
  /// On every path: values that do not block, values that were made to block,
  /// and values whose work is done.
  llvm::SmallPtrSet<const clang::ValueDecl *, 4> NonBlocking, Blocking, Ready;
  /// Locals that were moved from, on every path: their destructors do nothing.
  llvm::SmallPtrSet<const clang::ValueDecl *, 4> MovedFrom;

  friend bool operator==(const CallState &A, const CallState &B) {
    return A.MaySuspended == B.MaySuspended && A.MaySpawned == B.MaySpawned &&
           A.OffLoop == B.OffLoop && A.NoLoop == B.NoLoop && A.NonBlocking == B.NonBlocking &&
           A.Blocking == B.Blocking && A.Ready == B.Ready && A.MovedFrom == B.MovedFrom;
  }
};

/// The transfer functions of CallState, for runForward().
class CallFlow {
public:
  using State = CallState;

  CallFlow(const FunctionBody &Body, const model::Model &Models) : Body(Body), Models(Models) {}

  State entry() const;
  bool join(State &Into, const State &Other) const;
  void step(State &Now, const clang::CFGElement &Element) const;
  void branch(State &Now, const clang::CFGBlock &From, bool Taken) const;
  void finish(const State &) {}

  /// The first rule for \p Site whose `when` holds in \p Now, or null.
  const model::FunctionRule *rule(const CallSite &Site, const State &Now) const;

protected:
  const FunctionBody &Body;
  const model::Model &Models;

private:
  class Asker;

  void await(State &Now, const clang::CoawaitExpr &Await) const;
  void call(State &Now, const CallSite &Site) const;
  /// What \p Site moves from, or fills again.
  void move(State &Now, const CallSite &Site) const;
  /// What \p Local, which may be null, holds from its declaration on.
  void declare(State &Now, const clang::VarDecl *Local) const;
  /// What \p Site does to what blocks: a descriptor, a socket.
  void change(State &Now, const CallSite &Site, const model::FunctionRule *Rule) const;
  /// Where the coroutine goes on that awaits \p Operand: set by the call or by
  /// one of its arguments.
  std::optional<facts::Transfer> switchOf(const clang::Expr *Operand, const State &Now,
                                          unsigned Depth) const;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_CALLSTATE_H
