// StartedCoroutine.h - the body that a task runs, with its maker's names
#ifndef COROLINT_CHECKS_EXTRACT_STARTEDCOROUTINE_H
#define COROLINT_CHECKS_EXTRACT_STARTEDCOROUTINE_H

#include "checks/model/CallSite.h"

#include "clang/AST/Decl.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint {

/// A coroutine whose body this unit has, and how it was called.
struct StartedCoroutine {
  const clang::FunctionDecl *Function = nullptr; ///< its definition
  llvm::SmallVector<const clang::Expr *, 4> Arguments;
  /// It is a method of the caller's own object, or a lambda that captures it.
  bool SharesThis = false;

  /// The variable of the caller, or member of its object, that \p Named refers
  /// to inside the body; null for the body's own variables and for copies.
  const clang::ValueDecl *outer(const clang::Expr *Named) const;
  const clang::ValueDecl *outer(const clang::ValueDecl &Named) const;

  /// The statements that the author wrote.
  const clang::Stmt &body() const;

  /// What the expression \p Task runs: a call of a coroutine, a lambda that is
  /// handed over with \p Rest as arguments, or a variable that holds either.
  static std::optional<StartedCoroutine> of(const clang::Expr *Task,
                                            llvm::ArrayRef<const clang::Expr *> Rest = {});

private:
  const clang::ValueDecl *argument(const clang::ParmVarDecl &Parameter) const;
};

/// Calls \p Do with each part of \p Whole, outermost first. Lambdas are not
/// entered; of an await only what is written is seen.
void eachPart(const clang::Stmt &Whole, llvm::function_ref<void(const clang::Stmt &)> Do);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_STARTEDCOROUTINE_H
