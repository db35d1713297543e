// CallableResult.cpp - what a callable argument returns
#include "checks/extract/CallableResult.h"

#include "checks/extract/Callables.h"
#include "checks/model/CallSite.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

/// The type of functions that is the first argument of a wrapper's template.
static const FunctionProtoType *signatureOf(const CXXRecordDecl &Record) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Record);
  if (!Special || Special->getTemplateArgs().size() == 0)
    return nullptr;
  const TemplateArgument &First = Special->getTemplateArgs()[0];
  return First.getKind() == TemplateArgument::Type ? First.getAsType()->getAs<FunctionProtoType>()
                                                   : nullptr;
}

static DeclContext::lookup_result callOperators(const CXXRecordDecl &Record) {
  const CXXRecordDecl *Defined = Record.getDefinition();
  if (!Defined)
    return {};
  return Defined->lookup(Record.getASTContext().DeclarationNames.getCXXOperatorName(OO_Call));
}

/// The one type that all calls of an object of \p Record return, or null.
static QualType operatorResult(const CXXRecordDecl &Record) {
  QualType Out;
  auto Add = [&](const FunctionDecl &One) {
    QualType Type = One.getReturnType();
    if (Type->isDependentType() || Type->isUndeducedType() ||
        (!Out.isNull() && !One.getASTContext().hasSameType(Out, Type)))
      return false;
    Out = Type;
    return true;
  };
  for (const NamedDecl *Found : callOperators(Record)) {
    Found = Found->getUnderlyingDecl();
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Found)) {
      if (Template->spec_begin() == Template->spec_end() && !Add(*Template->getTemplatedDecl()))
        return {};
      for (const FunctionDecl *Special : Template->specializations())
        if (!Add(*Special))
          return {};
    } else if (const auto *Method = dyn_cast<CXXMethodDecl>(Found); Method && !Add(*Method)) {
      return {};
    }
  }
  return Out;
}

static QualType pointedResult(QualType Type) {
  if (Type->isPointerType() || Type->isMemberFunctionPointerType())
    Type = Type->getPointeeType();
  const auto *Function = Type->getAs<FunctionType>();
  return Function ? Function->getReturnType() : QualType();
}

QualType callableResult(const Expr *Argument) {
  const Expr *Value = Argument ? strip(Argument) : nullptr;
  if (!Value)
    return {};
  if (const auto *Choice = dyn_cast<ConditionalOperator>(Value)) {
    QualType One = callableResult(Choice->getTrueExpr());
    QualType Other = callableResult(Choice->getFalseExpr());
    bool Same =
        !One.isNull() && !Other.isNull() && One.getCanonicalType() == Other.getCanonicalType();
    return Same ? One : QualType();
  }
  QualType Type = Value->getType().getNonReferenceType();
  if (QualType Result = pointedResult(Type); !Result.isNull())
    return Result;
  if (const auto *Call = dyn_cast<CallExpr>(Value);
      Call && isBinder(Call->getDirectCallee()) && Call->getNumArgs() > 0)
    return callableResult(Call->getArg(0));
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record)
    return {};
  if (!Record->isInStdNamespace())
    return operatorResult(*Record);
  // What else in std has a signature is a wrapper, but for what bind() returns.
  const FunctionProtoType *Signature = signatureOf(*Record);
  return Signature && !Signature->getReturnType()->isFunctionPointerType()
             ? Signature->getReturnType()
             : QualType();
}

bool dropsResult(const CXXRecordDecl &Record, bool &Signature) {
  if (Record.isLambda())
    return false;
  const FunctionProtoType *Written = signatureOf(Record);
  Signature = Written != nullptr;
  if (Written && !Written->getReturnType()->isVoidType())
    return false;
  bool Called = false;
  for (const NamedDecl *Found : callOperators(Record)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Found->getUnderlyingDecl());
    if (!Method || !Method->getReturnType()->isVoidType())
      return false;
    Called = true;
  }
  return Called;
}

} // namespace corolint
