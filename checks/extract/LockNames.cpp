// LockNames.cpp - the names of the locks that expressions mean
#include "checks/extract/LockNames.h"

#include "checks/model/CallSite.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

std::string pathOf(const Expr *Value) {
  Value = strip(Value);
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Value);
      Unary && (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref))
    return pathOf(Unary->getSubExpr());
  if (const auto *Named = dyn_cast_or_null<DeclRefExpr>(Value))
    return "#" + std::to_string(Named->getDecl()->getID());
  if (isa_and_nonnull<CXXThisExpr>(Value))
    return "this";
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Value)) {
    std::string Base = pathOf(Member->getBase());
    return Base.empty() ? Base : Base + "." + Member->getMemberDecl()->getNameAsString();
  }
  return "";
}

std::string nameOf(const Expr *Value) {
  Value = strip(Value);
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Value))
    return nameOf(Unary->getSubExpr());
  if (const auto *Named = dyn_cast_or_null<DeclRefExpr>(Value))
    return Named->getDecl()->getNameAsString();
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Value))
    return Member->getMemberDecl()->getNameAsString();
  return "lock";
}

} // namespace corolint
