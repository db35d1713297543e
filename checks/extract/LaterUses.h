// LaterUses.h - what a coroutine uses after it was suspended
#ifndef COROLINT_CHECKS_EXTRACT_LATERUSES_H
#define COROLINT_CHECKS_EXTRACT_LATERUSES_H

#include "checks/model/Coroutine.h"

#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"

namespace corolint {

class FunctionBody;

/// The uses of parameters, captures and `this` of a coroutine that its caller
/// may have to keep alive: they run after a suspension. A lazy coroutine is
/// suspended before its body, an eager one at an await that may suspend.
class LaterUses {
public:
  LaterUses(const clang::FunctionDecl &Coroutine, const Coroutines &Colors);

  /// True when the coroutine does not begin before it is awaited.
  bool isLazy() const { return Lazy; }

  /// The first later use of \p Variable, or null; null stands for `this`.
  const clang::Expr *of(const clang::ValueDecl *Variable) const { return First.lookup(Variable); }
  /// The suspension that may come before that use, null for the first one of a
  /// lazy coroutine.
  const clang::Expr *suspension(const clang::ValueDecl *Variable) const {
    return Before.lookup(Variable);
  }

private:
  friend class LaterUseFlow;
  bool Lazy = false;
  llvm::DenseMap<const clang::ValueDecl *, const clang::Expr *> First, Before;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_LATERUSES_H
