// TaskExpr.cpp - expressions whose value is a task
#include "checks/extract/TaskExpr.h"

#include "checks/model/CallSite.h"
#include "checks/model/CalleeName.h"
#include "checks/model/Names.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

const Expr *madeBy(const Expr *Value) {
  const Expr *Inner = strip(Value);
  return isa_and_nonnull<CallExpr, CoawaitExpr>(Inner) && Inner->isPRValue() ? Inner : nullptr;
}

bool canAwait(const Expr *Value, const FunctionBody &Body, const model::Model &Models) {
  const CoroutineBodyStmt *Coroutine = coroutineBody(Body.function());
  if (!Coroutine || Body.kind() != facts::Kind::Coroutine)
    return false;
  for (const Stmt *Parent = Body.parent(Value); Parent; Parent = Body.parent(Parent))
    if (isa<CXXCatchStmt>(Parent))
      return false; // [expr.await] forbids it in a handler
  if (!transformsAwaits(*Coroutine))
    return true;
  QualType Returned = Body.function().getReturnType();
  const model::TypeRule *Own = Models.type(Returned);
  const model::TypeRule *Other = Models.type(Value->getType());
  return isSameClass(Returned, Value->getType()) ||
         (Own && Other && Own->Library == Other->Library);
}

QualType taskResult(QualType Type) {
  const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type.getNonReferenceType()->getAsCXXRecordDecl());
  if (!Special || Special->getTemplateArgs().size() == 0)
    return {};
  const TemplateArgument &First = Special->getTemplateArgs()[0];
  return First.getKind() == TemplateArgument::Type ? First.getAsType() : QualType();
}

std::string describeMade(const Expr &Made) {
  std::optional<CallSite> Site = CallSite::of(&Made);
  if (!Site || !Site->Callee || !isa<CallExpr>(Made))
    return "the awaitable";
  std::string Name = calleeName(*Site);
  // Names that the library keeps for itself say nothing: std::bind() gives a _Bind.
  if (isStandard(*Site->Callee) && Name.find("::_") != std::string::npos) {
    const ValueDecl *Object = Site->Object ? namedValue(Site->Object) : nullptr;
    return Object ? "what '" + Object->getNameAsString() + "' returns" : "the awaitable";
  }
  return llvm::StringRef(Name).starts_with("lambda") ? "what the " + Name + " returns"
                                                     : "what '" + Name + "' returns";
}

} // namespace corolint
