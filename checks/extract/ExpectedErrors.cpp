// ExpectedErrors.cpp - calls that are made to see them fail
#include "checks/extract/ExpectedErrors.h"

#include "checks/extract/WrittenParts.h"
#include "checks/model/CallSite.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

bool isTriedByMacro(const Expr &Made, const FunctionBody &Body) {
  const SourceManager &Manager = Body.context().getSourceManager();
  if (!Manager.isMacroArgExpansion(Made.getBeginLoc()))
    return false;
  for (const Stmt *Around = Body.parent(&Made); Around; Around = Body.parent(Around))
    if (const auto *Try = dyn_cast<CXXTryStmt>(Around))
      return Manager.isMacroBodyExpansion(Try->getTryLoc());
  return false;
}

/// True when \p Callee calls its parameter number \p Index in a try block.
static bool tries(const FunctionDecl &Callee, unsigned Index) {
  const FunctionDecl *Defined = nullptr;
  if (!Callee.hasBody(Defined) || Index >= Defined->getNumParams())
    return false;
  const ParmVarDecl *Parameter = Defined->getParamDecl(Index);
  auto Calls = [&](const Stmt &Part) {
    std::optional<CallSite> Site = CallSite::of(&Part);
    const auto *Call = dyn_cast<CallExpr>(&Part);
    if (!Site || !Call)
      return false;
    const Expr *Called = isa<CXXOperatorCallExpr>(Call) ? Site->Object : Call->getCallee();
    return Called && namedValue(Called) == Parameter;
  };
  return anyPart(Defined->getBody(), [&](const Stmt &Part) {
    const auto *Try = dyn_cast<CXXTryStmt>(&Part);
    return Try && anyPart(Try->getTryBlock(), Calls);
  });
}

/// The class of the value that \p Argument passes, also in a wrapper.
static const CXXRecordDecl *passedClass(const Expr *Argument) {
  const Expr *Value = strip(Argument);
  for (auto *Made = dyn_cast<CXXConstructExpr>(Value); Made && Made->getNumArgs() == 1;
       Made = dyn_cast<CXXConstructExpr>(Value))
    Value = strip(Made->getArg(0));
  return Value->getType()->getAsCXXRecordDecl();
}

/// True when the lambda of class \p Closure is passed to what tries it.
static bool isTriedByCaller(const CXXRecordDecl &Closure) {
  const auto *Around = dyn_cast_or_null<FunctionDecl>(Closure.getDeclContext());
  return Around && anyPart(Around->getBody(), [&](const Stmt &Part) {
           std::optional<CallSite> Site = CallSite::of(&Part);
           if (!Site || !Site->Callee)
             return false;
           for (auto [Index, Argument] : llvm::enumerate(Site->Arguments))
             if (passedClass(Argument) == &Closure && tries(*Site->Callee, Index))
               return true;
           return false;
         });
}

/// True when \p Made is the last statement of the function.
static bool endsFunction(const Expr &Made, const FunctionBody &Body) {
  const Stmt *Statement = &Made, *Parent = Body.parent(&Made);
  for (; isa_and_nonnull<Expr>(Parent); Parent = Body.parent(Parent))
    Statement = Parent;
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Parent);
  return Block && !Body.parent(Block) && Block->body_back() == Statement;
}

bool mayBeMadeToFail(const Expr &Made, const FunctionBody &Body) {
  if (isTriedByMacro(Made, Body))
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Body.function());
  return Method && Method->getParent()->isLambda() && endsFunction(Made, Body) &&
         isTriedByCaller(*Method->getParent());
}

} // namespace corolint
