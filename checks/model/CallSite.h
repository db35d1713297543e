// CallSite.h - one view of every kind of call expression
#ifndef COROLINT_CHECKS_MODEL_CALLSITE_H
#define COROLINT_CHECKS_MODEL_CALLSITE_H

#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace clang {
class Expr;
class FunctionDecl;
class Stmt;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace corolint {

/// A call, operator call or construction, with the object apart from the
/// written arguments.
struct CallSite {
  const clang::Expr *Call = nullptr; ///< null for an implicit destructor
  /// Null for a call through a pointer.
  const clang::FunctionDecl *Callee = nullptr;
  /// What a method is called on; null for free functions and constructors.
  const clang::Expr *Object = nullptr;
  llvm::SmallVector<const clang::Expr *, 4> Arguments;
  /// The default arguments that the call evaluates; they follow Arguments.
  llvm::SmallVector<const clang::Expr *, 1> Defaults;

  /// The view of \p Statement when it is a call or a construction.
  static std::optional<CallSite> of(const clang::Stmt *Statement);

  /// A namespace-scope function object that is called: std::ranges::for_each.
  const clang::VarDecl *functionObject() const;
};

/// \p Expression without parentheses, casts, temporaries' wrappers, std::move,
/// std::forward and copies that elision removes.
const clang::Expr *strip(const clang::Expr *Expression);

/// The variable, parameter, binding or member of this that \p Expression names, or null.
const clang::ValueDecl *namedValue(const clang::Expr *Expression);

} // namespace corolint

#endif // COROLINT_CHECKS_MODEL_CALLSITE_H
