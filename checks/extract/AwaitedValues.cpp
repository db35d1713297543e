// AwaitedValues.cpp - values that a co_await gave
#include "checks/extract/AwaitedValues.h"

#include "checks/model/CallSite.h"
#include "checks/model/Names.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

/// The variable whose initialiser gives \p Declared its value, or null.
static const VarDecl *variableOf(const ValueDecl *Declared) {
  if (const auto *Binding = dyn_cast<BindingDecl>(Declared))
    return dyn_cast<VarDecl>(Binding->getDecomposedDecl());
  const auto *Variable = dyn_cast<VarDecl>(Declared);
  return Variable && !isa<ParmVarDecl>(Variable) ? Variable : nullptr;
}

/// What \p Value is a part of: the container, the tuple, the iterator.
static const Expr *wholeOf(const Expr *Value) {
  if (const auto *Member = dyn_cast<MemberExpr>(Value))
    return Member->getBase();
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Value))
    return Element->getBase();
  if (const auto *Star = dyn_cast<UnaryOperator>(Value))
    return Star->getOpcode() == UO_Deref ? Star->getSubExpr() : nullptr;
  std::optional<CallSite> Site = CallSite::of(Value);
  if (!Site || !Site->Callee || isa<CXXConstructExpr>(Value))
    return nullptr;
  if (Site->Object)
    return isStandard(*Site->Callee) || isa<CXXOperatorCallExpr>(Value) || Site->Arguments.empty()
               ? Site->Object
               : nullptr;
  return isStandard(*Site->Callee) && Site->Arguments.size() == 1 ? Site->Arguments.front()
                                                                  : nullptr;
}

bool isAwaitedValue(const Expr *Value) {
  for (unsigned Depth = 0; Value && Depth < 8; ++Depth) {
    Value = strip(Value);
    if (isa<CoawaitExpr>(Value))
      return true;
    if (const auto *Named = dyn_cast<DeclRefExpr>(Value)) {
      const VarDecl *Variable = variableOf(Named->getDecl());
      if (!Variable || !Variable->getInit())
        return false;
      Value = Variable->getInit();
      continue;
    }
    Value = wholeOf(Value);
  }
  return false;
}

} // namespace corolint
