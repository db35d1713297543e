// ReferenceFlow.cpp - where a value goes, and what refers to it
#include "checks/extract/ReferenceFlow.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

bool isHandle(QualType Type) {
  if (Type->isReferenceType() || Type->isPointerType())
    return true;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || Record->hasAttr<PointerAttr>() || !Record->getIdentifier())
    return Record && Record->hasAttr<PointerAttr>();
  return Record->isInStdNamespace() &&
         (Record->getName() == "initializer_list" || Record->getName() == "span");
}

const CXXMethodDecl *callOperator(const CXXRecordDecl *Closure) {
  if (!Closure || !Closure->isLambda())
    return nullptr;
  const FunctionTemplateDecl *Generic = Closure->getDependentLambdaCallOperator();
  if (!Generic)
    return Closure->getLambdaCallOperator();
  for (const FunctionDecl *One : Generic->specializations())
    if (One->hasBody())
      return cast<CXXMethodDecl>(One);
  return nullptr;
}

bool ReferenceFlow::isTask(QualType Type) const {
  if (Colors.isAwaitable(Type))
    return true;
  const model::TypeRule *Rule = Models.type(Type);
  return Rule && (Rule->Generator || Rule->Task);
}

ReferenceFlow::Ends ReferenceFlow::ofObject(const Expr &Value) {
  Way Now;
  Now.Value = &Value;
  climb(Now);
  Seen.clear();
  return std::exchange(Out, {});
}

ReferenceFlow::Ends ReferenceFlow::ofHandle(const Expr &Value) {
  Way Now;
  Now.Value = &Value;
  Now.Handle = true;
  climb(Now);
  Seen.clear();
  return std::exchange(Out, {});
}

ReferenceFlow::Ends ReferenceFlow::ofVariable(const ValueDecl &Variable) {
  Way Now;
  // What a reference refers to is named by it; a pointer or view is a handle.
  Now.Handle = !Variable.getType()->isReferenceType() && isHandle(Variable.getType());
  for (const Expr *Use : Body.uses(Variable)) {
    Now.Value = Use;
    climb(Now);
  }
  Seen.clear();
  return std::exchange(Out, {});
}

void ReferenceFlow::end(facts::Uses What, const Stmt &At, const Way &Now) {
  ReferenceEnd One = Now;
  One.What = What;
  One.At = &At;
  Out.push_back(std::move(One));
}

void ReferenceFlow::climb(Way Now) {
  while (up(Now))
    ;
}

bool ReferenceFlow::up(Way &Now) {
  if (const CXXCtorInitializer *Init = Body.memberInit(Now.Value)) {
    bool Refers = Now.Handle ||
                  (Init->isMemberInitializer() && Init->getMember()->getType()->isReferenceType());
    if (Refers)
      end(facts::Stores, *Now.Value, Now);
    return false;
  }
  if (const VarDecl *Variable = Body.initialised(Now.Value)) {
    hold(*Variable, Now);
    return false;
  }
  const Stmt *Parent = Body.parent(Now.Value);
  const auto *Around = dyn_cast_or_null<Expr>(Parent);
  if (!Around) {
    if (Parent)
      statement(*Parent, Now);
    return false;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(Around))
    return throughMember(*Member, Now);
  if (isa<CoawaitExpr>(Around)) {
    end(facts::Awaits, *Around, Now);
    return false;
  }
  if (const auto *Made = dyn_cast<CXXConstructExpr>(Around))
    return throughConstruction(*Made, Now);
  if (isa<CallExpr>(Around))
    return throughCall(*Around, Now);
  if (isa<InitListExpr>(Around) || isa<LambdaExpr>(Around)) {
    Now.Handle = true; // a reference member, or a capture by reference
  } else if (const auto *Cast = dyn_cast<CastExpr>(Around)) {
    if (!throughCast(*Cast, Now))
      return false;
  } else if (!isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
                  CXXStdInitializerListExpr, CXXNewExpr, CXXParenListInitExpr>(Around)) {
    return throughOperator(*Around, Now);
  }
  if (isa<CXXStdInitializerListExpr>(Around))
    Now.Handle = true;
  Now.Value = Around;
  return true;
}

bool ReferenceFlow::throughCast(const CastExpr &Cast, Way &Now) {
  switch (Cast.getCastKind()) {
  case CK_LValueToRValue:
    return Now.Handle;
  case CK_ArrayToPointerDecay:
    Now.Handle = true;
    return true;
  case CK_NoOp:
  case CK_BitCast:
  case CK_LValueBitCast:
  case CK_DerivedToBase:
  case CK_UncheckedDerivedToBase:
  case CK_BaseToDerived:
  case CK_Dynamic:
  case CK_UserDefinedConversion:
  case CK_ConstructorConversion:
    return true;
  case CK_ToVoid:
    drop(Now);
    return false;
  default:
    return false;
  }
}

void ReferenceFlow::drop(const Way &Now) {
  if (!Now.Task || !Now.Callee || Now.Holder)
    return;
  std::optional<TaskType> Task = Colors.task(Now.Callee->getReturnType());
  bool Runs = Task ? Task->Rule.Starts == model::TaskRule::Start::Eager
                   : Colors.kind(*Now.Callee) == facts::Kind::Coroutine;
  if (Runs)
    end(facts::Spawns, *Now.Task, Now);
}

bool ReferenceFlow::throughOperator(const Expr &Around, Way &Now) {
  const Expr *Value = std::exchange(Now.Value, &Around);
  if (const auto *Unary = dyn_cast<UnaryOperator>(&Around)) {
    if (Unary->getOpcode() == UO_AddrOf)
      Now.Handle = true;
    else if (Unary->getOpcode() == UO_Deref)
      Now.Handle = Now.Task != nullptr;
    return Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref;
  }
  if (isa<ArraySubscriptExpr>(Around)) {
    Now.Handle = Now.Task != nullptr;
    return cast<ArraySubscriptExpr>(Around).getBase() == Value;
  }
  if (const auto *Choice = dyn_cast<ConditionalOperator>(&Around))
    return Choice->getCond() != Value;
  const auto *Binary = dyn_cast<BinaryOperator>(&Around);
  if (!Binary || Binary->getLHS() == Value)
    return Binary && Binary->getType()->isPointerType() && Binary->isAdditiveOp();
  if (Binary->getOpcode() == BO_Assign && Now.Handle)
    into(*Binary->getLHS(), Now);
  return Binary->getOpcode() == BO_Comma;
}

bool ReferenceFlow::throughMember(const MemberExpr &Member, Way &Now) {
  Now.Value = &Member;
  // Through a pointer, the object itself.
  if (Member.isArrow())
    Now.Handle = Now.Task != nullptr;
  if (isa<CXXMethodDecl>(Member.getMemberDecl()))
    return true;
  return !Member.getMemberDecl()->getType()->isReferenceType();
}

void ReferenceFlow::statement(const Stmt &Parent, Way &Now) {
  if (isa<CoreturnStmt>(Parent)) {
    if (Now.Handle)
      end(facts::Returns, Parent, Now);
  } else if (isa<ReturnStmt>(Parent)) {
    if (Now.Handle || Body.function().getReturnType()->isReferenceType())
      end(facts::Returns, Parent, Now);
  } else {
    drop(Now);
  }
}

void ReferenceFlow::hold(const VarDecl &Variable, const Way &Now) {
  if (!Variable.hasLocalStorage()) {
    if (Now.Handle || Variable.getType()->isReferenceType())
      end(facts::Stores, *Now.Value, Now);
    return;
  }
  Way Next = Now;
  if (!Variable.getType()->isReferenceType())
    Next.Handle = true;
  if (!Seen.insert({&Variable, Next.Handle, Now.Task}).second)
    return;
  if (Now.Task) {
    Next.Holder = &Variable;
    end(0, *Now.Value, Next);
  }
  for (const Expr *Use : Body.uses(Variable)) {
    Next.Value = Use;
    climb(Next);
  }
}

/// The variable that \p Target is, or is a part of; null when unknown.
static const VarDecl *rootOf(const Expr *Target) {
  while (Target) {
    Target = Target->IgnoreParenImpCasts();
    if (const auto *Member = dyn_cast<MemberExpr>(Target); Member && !Member->isArrow())
      Target = Member->getBase();
    else if (const auto *Part = dyn_cast<CXXOperatorCallExpr>(Target);
             Part && Part->getOperator() == OO_Subscript)
      Target = Part->getArg(0);
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Target))
      Target = Element->getBase();
    else
      break;
  }
  const auto *Named = dyn_cast_or_null<DeclRefExpr>(Target);
  return Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
}

void ReferenceFlow::into(const Expr &Target, const Way &Now) {
  const VarDecl *Variable = rootOf(&Target);
  bool IsOwn = Variable && Variable->isLocalVarDeclOrParm() && Variable->hasLocalStorage() &&
               !isHandle(Variable->getType());
  if (IsOwn || (Variable && Variable->isLocalVarDecl() && isHandle(Variable->getType()) &&
                !Variable->getType()->isReferenceType()))
    hold(*Variable, Now);
  else
    end(facts::Stores, Target, Now);
}

} // namespace corolint
