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
  /// Values that no longer block, and values whose work is done, on every path.
  llvm::SmallPtrSet<const clang::ValueDecl *, 4> NonBlocking, Ready;

  friend bool operator==(const CallState &A, const CallState &B) {
    return A.MaySuspended == B.MaySuspended && A.MaySpawned == B.MaySpawned &&
           A.OffLoop == B.OffLoop && A.NonBlocking == B.NonBlocking &&
           A.Ready == B.Ready;
  }
};

/// The transfer functions of CallState, for runForward().
class CallFlow {
public:
  using State = CallState;

  CallFlow(const FunctionBody &Body, const model::Model &Models)
      : Body(Body), Models(Models) {}

  State entry() const { return {}; }
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
  void await(State &Now, const clang::CoawaitExpr &Await) const;
  void call(State &Now, const CallSite &Site) const;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_CALLSTATE_H
