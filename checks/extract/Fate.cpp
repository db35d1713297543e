// Fate.cpp - what becomes of the value of an expression
#include "checks/extract/Fate.h"

#include "checks/model/CallSite.h"
#include "checks/model/Names.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

/// True when \p Child stands as a statement in \p Parent, not as a condition.
static bool isStatementOf(const Stmt *Parent, const Stmt *Child) {
  if (const auto *If = dyn_cast<IfStmt>(Parent))
    return If->getThen() == Child || If->getElse() == Child || If->getInit() == Child;
  if (const auto *For = dyn_cast<ForStmt>(Parent))
    return For->getCond() != Child;
  if (const auto *While = dyn_cast<WhileStmt>(Parent))
    return While->getBody() == Child;
  if (const auto *Do = dyn_cast<DoStmt>(Parent))
    return Do->getBody() == Child;
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(Parent))
    return Range->getBody() == Child;
  return isa<CompoundStmt, SwitchCase, LabelStmt, AttributedStmt>(Parent);
}

/// The `({ ... })` whose value the statement \p Child of \p Parent gives, or null.
static const StmtExpr *valueOf(const Stmt *Parent, const Stmt *Child, const FunctionBody &Body) {
  const auto *Block = dyn_cast<CompoundStmt>(Parent);
  return Block && Block->body_back() == Child ? dyn_cast_or_null<StmtExpr>(Body.parent(Block))
                                              : nullptr;
}

/// `std::ignore = f()` says "dropped" in other words.
static bool isIgnore(const CXXOperatorCallExpr &Call) {
  if (Call.getOperator() != OO_Equal)
    return false;
  const ValueDecl *Target = namedValue(Call.getArg(0));
  return Target && qualifiedName(*Target) == "std::ignore";
}

Fate fate(const Expr *Value, const FunctionBody &Body, bool &Whole) {
  Whole = true;
  while (const Stmt *Parent = Body.parent(Value)) {
    const auto *Around = dyn_cast<Expr>(Parent);
    if (const StmtExpr *Block = valueOf(Parent, Value, Body)) {
      Whole = false;
      Value = Block;
      continue;
    }
    if (!Around)
      return isStatementOf(Parent, Value) ? Fate::Dropped : Fate::Used;
    if (const auto *Cast = dyn_cast<CastExpr>(Around)) {
      if (Cast->getCastKind() == CK_ToVoid)
        return isa<ExplicitCastExpr>(Cast) ? Fate::Voided : Fate::Dropped;
      if (Cast->getCastKind() != CK_NoOp)
        return Fate::Used;
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(Around)) {
      Whole = false;
      if (Binary->getOpcode() != BO_Comma)
        return Fate::Used;
      if (Binary->getLHS() == Value)
        return Fate::Dropped;
    } else if (const auto *Choice = dyn_cast<ConditionalOperator>(Around)) {
      Whole = false;
      if (Choice->getCond() == Value)
        return Fate::Used;
    } else if (isa<CallExpr>(Around) && strip(Around) == strip(Value)) {
      Whole = false; // std::move only names it anew
    } else if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(Around)) {
      Whole = false;
      return isIgnore(*Call) ? Fate::Ignored : Fate::Used;
    } else if (!isa<ParenExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr, ExprWithCleanups>(
                   Around)) {
      return Fate::Used;
    }
    Value = Around;
  }
  return Fate::Used;
}

} // namespace corolint
