// BodyIndex.h - the uses of variables in one function body
#ifndef COROLINT_CHECKS_EXTRACT_BODYINDEX_H
#define COROLINT_CHECKS_EXTRACT_BODYINDEX_H

#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint {

/// What is written in a body, without the bodies of its lambdas and without
/// what the compiler adds to a co_await. One walk, no graph.
class BodyIndex {
public:
  using Uses = llvm::SmallVector<const clang::Expr *, 4>;

  explicit BodyIndex(const clang::FunctionDecl &Function);

  const clang::FunctionDecl &function() const { return Function; }
  const clang::Stmt *parent(const clang::Stmt *Child) const { return Parents.lookup(Child); }

  /// The expressions that name \p Variable. A structured binding is a use of
  /// the variable that it is a part of.
  const Uses &uses(const clang::ValueDecl &Variable) const;
  const Uses &usesOfThis() const { return This; }

  /// In a lambda's body: what names captured variables.
  const Uses &capturedByCopy() const { return Copied; }
  const Uses &capturedByReference() const { return Referred; }

  /// The variable that \p Value initialises, or null.
  const clang::VarDecl *initialised(const clang::Expr *Value) const {
    return Variables.lookup(Value);
  }
  /// The initialiser of a constructor that \p Value is, or null.
  const clang::CXXCtorInitializer *memberInit(const clang::Expr *Value) const {
    return Members.lookup(Value);
  }

  /// The variables that the body declares, in its order.
  llvm::ArrayRef<const clang::VarDecl *> locals() const { return Locals; }
  /// The temporaries that die at the end of their full expression, as the
  /// expressions that refer to them.
  llvm::ArrayRef<const clang::Expr *> temporaries() const { return Temporaries; }
  llvm::ArrayRef<const clang::Expr *> calls() const { return Calls; }

  bool hasLoop() const { return Loops; }

  /// The statement that \p Local lives in, or null.
  const clang::Stmt *scope(const clang::VarDecl &Local) const;

private:
  void walk(const clang::Stmt *Part, const clang::Stmt *Parent);
  void note(const clang::Stmt *Part);
  void noteUse(const clang::DeclRefExpr &Named);

  const clang::FunctionDecl &Function;
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  llvm::DenseMap<const clang::ValueDecl *, Uses> ByVariable;
  llvm::DenseMap<const clang::Expr *, const clang::VarDecl *> Variables;
  llvm::DenseMap<const clang::Expr *, const clang::CXXCtorInitializer *> Members;
  llvm::DenseMap<const clang::VarDecl *, const clang::Stmt *> Scopes;
  llvm::DenseMap<const clang::ValueDecl *, bool> ByReference; ///< captures of this lambda
  Uses This, Copied, Referred;
  llvm::SmallVector<const clang::VarDecl *, 8> Locals;
  llvm::SmallVector<const clang::Expr *, 8> Temporaries, Calls;
  bool Loops = false;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_BODYINDEX_H
