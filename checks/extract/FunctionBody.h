// FunctionBody.h - CFG and parents of one function body
#ifndef COROLINT_CHECKS_EXTRACT_FUNCTIONBODY_H
#define COROLINT_CHECKS_EXTRACT_FUNCTIONBODY_H

#include "checks/facts/Facts.h"

#include "clang/AST/ParentMap.h"
#include "clang/Analysis/CFG.h"

#include <memory>

namespace corolint {

/// A function definition with what every analysis of it needs.
class FunctionBody {
public:
  /// Null when no CFG can be built (the body has errors).
  static std::unique_ptr<FunctionBody> of(const clang::FunctionDecl &Function, facts::Kind What);

  const clang::FunctionDecl &function() const { return Function; }
  facts::Kind kind() const { return What; }
  const clang::CFG &cfg() const { return *Graph; }
  clang::ASTContext &context() const { return Function.getASTContext(); }

  /// The syntactic parent within this body, or null.
  const clang::Stmt *parent(const clang::Stmt *Child) const;

  /// True when nothing uses the value of \p Made, which is a statement.
  bool isDropped(const clang::Expr &Made) const;

  /// True when the compiler has evaluated \p Call: it stands in the initializer
  /// of a constant, or an immediate function encloses it.
  bool isConstant(const clang::Expr &Call) const;

  /// True when \p Block can reach the end of the function, other than through a
  /// call that does not return.
  bool canFinish(const clang::CFGBlock &Block) const { return Finishes[Block.getBlockID()]; }
  /// True when every run to the end passes through \p Block.
  bool isCertain(const clang::CFGBlock &Block) const { return Certain[Block.getBlockID()]; }

private:
  FunctionBody(const clang::FunctionDecl &Function, facts::Kind What)
      : Function(Function), What(What) {}
  void findFinishing();
  void findCertain();

  const clang::FunctionDecl &Function;
  facts::Kind What;
  std::unique_ptr<clang::CFG> Graph;
  mutable std::unique_ptr<clang::ParentMap> Parents; ///< made when first asked
  std::vector<bool> Finishes;
  std::vector<bool> Certain;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_FUNCTIONBODY_H
