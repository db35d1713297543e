// TaskMethods.cpp - what a method of a task does, by its structure
#include "checks/extract/TaskMethods.h"

#include "checks/model/CallSite.h"
#include "checks/model/Names.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

/// How many calls deep a method is looked into.
static constexpr unsigned Depth = 4;

static bool isHandle(const CXXRecordDecl *Record) {
  return Record && Record->isInStdNamespace() && Record->getIdentifier() &&
         Record->getName() == "coroutine_handle";
}

static bool isNamed(const FunctionDecl &Function, llvm::StringRef Name) {
  return Function.getIdentifier() && Function.getName() == Name;
}

static const Stmt *bodyOf(const FunctionDecl &Function) {
  const FunctionDecl *Defined = nullptr;
  return Function.hasBody(Defined) ? Defined->getBody() : nullptr;
}

static bool isHarmless(const Stmt *Part, unsigned Left);

static bool isHarmlessCall(const FunctionDecl *Callee, unsigned Left) {
  if (!Callee || Left == 0)
    return false;
  if (Callee->getBuiltinID() || Callee->isTrivial())
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  bool IsConst =
      !Method || Method->isStatic() || Method->isConst() || isa<CXXConstructorDecl>(Method);
  if (Method && isHandle(Method->getParent()))
    return IsConst && !Method->isOverloadedOperator() && !isNamed(*Method, "resume") &&
           !isNamed(*Method, "destroy");
  if (!IsConst)
    return false;
  // The standard library's const methods are taken at their word.
  if (isStandard(*Callee))
    return !Callee->getReturnType()->isVoidType();
  const Stmt *Body = bodyOf(*Callee);
  return Body && isHarmless(Body, Left - 1);
}

static bool isHarmless(const Stmt *Part, unsigned Left) {
  if (isa<LambdaExpr, CoroutineSuspendExpr, CXXThrowExpr, CXXDeleteExpr, CXXNewExpr>(Part))
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(Part);
      Call && !isHarmlessCall(Call->getDirectCallee(), Left))
    return false;
  if (const auto *Made = dyn_cast<CXXConstructExpr>(Part);
      Made && !isHarmlessCall(Made->getConstructor(), Left))
    return false;
  if (const auto *Assign = dyn_cast<BinaryOperator>(Part); Assign && Assign->isAssignmentOp())
    return false;
  return llvm::all_of(Part->children(),
                      [&](const Stmt *Child) { return !Child || isHarmless(Child, Left); });
}

bool onlyLooks(const CXXMethodDecl &Method) {
  QualType Answer = Method.getReturnType();
  if (!Method.isConst() || Method.isVirtual() ||
      !(Answer->isArithmeticType() || Answer->isEnumeralType()))
    return false;
  if (isa<CXXConversionDecl>(Method) && Answer->isBooleanType())
    return true;
  const Stmt *Body = bodyOf(Method);
  return Body && isHarmless(Body, Depth);
}

static bool asksDone(const Stmt *Part, unsigned Left) {
  if (const auto *Call = dyn_cast<CallExpr>(Part)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
    if (Method && isHandle(Method->getParent()) && isNamed(*Method, "done"))
      return true;
    const Stmt *Body = Callee && Left > 0 ? bodyOf(*Callee) : nullptr;
    if (Body && asksDone(Body, Left - 1))
      return true;
  }
  return llvm::any_of(Part->children(),
                      [&](const Stmt *Child) { return Child && asksDone(Child, Left); });
}

bool asksHandleWhetherDone(const CXXMethodDecl &Method) {
  const Stmt *Body = bodyOf(Method);
  return Method.getReturnType()->isBooleanType() && onlyLooks(Method) && Body &&
         asksDone(Body, Depth);
}

} // namespace corolint
