// Callables.cpp - which functions an argument may call
#include "checks/extract/Callables.h"

#include "checks/model/CallSite.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

using Targets = llvm::SmallVector<const FunctionDecl *, 2>;

static void addMethod(const NamedDecl *Found, Targets &Out) {
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Found)) {
    for (const FunctionDecl *Special : Template->specializations())
      Out.push_back(Special);
  } else if (const auto *Method = dyn_cast<CXXMethodDecl>(Found)) {
    Out.push_back(Method);
  }
}

/// The operator() of a class that is written in the program; std::function and
/// the like hold something else.
static void addCallOperators(const CXXRecordDecl &Record, Targets &Out) {
  if (!Record.hasDefinition() || Record.isInStdNamespace())
    return;
  DeclarationName Name =
      Record.getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  for (const NamedDecl *Found : Record.getDefinition()->lookup(Name))
    addMethod(Found, Out);
}

static bool isBinder(const FunctionDecl *Function) {
  if (!Function || !Function->isInStdNamespace() || !Function->getIdentifier())
    return false;
  llvm::StringRef Name = Function->getName();
  return Name == "bind" || Name == "bind_front" || Name == "bind_back" ||
         Name == "mem_fn" || Name == "ref" || Name == "cref";
}

static void collect(const Expr *Argument, Targets &Out, unsigned Depth) {
  const Expr *Value = strip(Argument);
  if (!Value || Depth == 0)
    return;
  if (const auto *Address = dyn_cast<UnaryOperator>(Value);
      Address && (Address->getOpcode() == UO_AddrOf || Address->getOpcode() == UO_Plus))
    return collect(Address->getSubExpr(), Out, Depth - 1);
  if (const auto *Choice = dyn_cast<ConditionalOperator>(Value)) {
    collect(Choice->getTrueExpr(), Out, Depth - 1);
    collect(Choice->getFalseExpr(), Out, Depth - 1);
    return;
  }
  if (const auto *Named = dyn_cast<DeclRefExpr>(Value))
    if (const auto *Function = dyn_cast<FunctionDecl>(Named->getDecl())) {
      Out.push_back(Function);
      return;
    }
  QualType Type = Value->getType().getNonReferenceType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  // A type-erasing wrapper around a callable: std::function and its like.
  const auto *Wrapper = dyn_cast<CXXConstructExpr>(Value);
  if (Wrapper && Wrapper->getNumArgs() >= 1 && Record && !Record->isLambda()) {
    collect(Wrapper->getArg(0), Out, Depth - 1);
    if (!Out.empty())
      return;
  }
  if (Record && !Record->isInStdNamespace()) {
    addCallOperators(*Record, Out);
    if (!Out.empty())
      return;
  }
  // A lambda converted to a function pointer.
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Value);
      Member && isa_and_nonnull<CXXConversionDecl>(Member->getMethodDecl()))
    return collect(Member->getImplicitObjectArgument(), Out, Depth - 1);
  std::optional<CallSite> Site = CallSite::of(Value);
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Value))
    return collect(Cast->getSubExpr(), Out, Depth - 1);
  if (!Site || Site->Arguments.empty())
    return;
  if (isBinder(Site->Callee))
    collect(Site->Arguments.front(), Out, Depth - 1);
}

llvm::SmallVector<const FunctionDecl *, 2> callableTargets(const Expr *Argument) {
  Targets Out;
  collect(Argument, Out, 6);
  // A variable of a wrapper type: what it was initialised with.
  if (!Out.empty() || !Argument)
    return Out;
  const auto *Variable = dyn_cast_or_null<VarDecl>(namedValue(Argument));
  if (Variable && Variable->isLocalVarDecl() && Variable->getInit() &&
      isCallable(Variable->getType()))
    collect(Variable->getInit(), Out, 6);
  return Out;
}

bool isCallable(QualType Type) {
  if (Type.isNull())
    return false;
  Type = Type.getNonReferenceType();
  if (Type->isFunctionPointerType() || Type->isFunctionType() ||
      Type->isMemberFunctionPointerType())
    return true;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  DeclarationName Name =
      Record->getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  return Record->isLambda() || !Record->getDefinition()->lookup(Name).empty();
}

} // namespace corolint
