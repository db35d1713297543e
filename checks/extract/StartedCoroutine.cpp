// StartedCoroutine.cpp - the body that a task runs, with its maker's names
#include "checks/extract/StartedCoroutine.h"

#include "checks/model/Coroutine.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

void eachPart(const Stmt &Whole, llvm::function_ref<void(const Stmt &)> Do) {
  Do(Whole);
  if (isa<LambdaExpr>(Whole))
    return;
  if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(&Whole))
    return eachPart(*Suspend->getOperand(), Do);
  if (const auto *Return = dyn_cast<CoreturnStmt>(&Whole)) {
    if (Return->getOperand())
      eachPart(*Return->getOperand(), Do);
    return;
  }
  for (const Stmt *Child : Whole.children())
    if (Child)
      eachPart(*Child, Do);
}

/// What a reference wrapper or the address of a variable is about.
static const Expr *referred(const Expr *Argument) {
  const Expr *Value = strip(Argument);
  if (const auto *Address = dyn_cast<UnaryOperator>(Value);
      Address && Address->getOpcode() == UO_AddrOf)
    return strip(Address->getSubExpr());
  const auto *Call = dyn_cast<CallExpr>(Value);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
      (Callee->getName() == "ref" || Callee->getName() == "cref") && Call->getNumArgs() == 1)
    return strip(Call->getArg(0));
  return Value;
}

/// The capture of \p Variable in the lambda that \p Function is, or null.
static const LambdaCapture *captureOf(const FunctionDecl &Function, const VarDecl &Variable) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (!Method || !Method->getParent()->isLambda())
    return nullptr;
  for (const LambdaCapture &One : Method->getParent()->captures())
    if (One.capturesVariable() && One.getCapturedVar() == &Variable)
      return &One;
  return nullptr;
}

const ValueDecl *StartedCoroutine::outer(const Expr *Named) const {
  const Expr *Inner = strip(Named);
  const auto *Deref = dyn_cast_or_null<UnaryOperator>(Inner);
  if (!Deref || Deref->getOpcode() != UO_Deref) {
    const ValueDecl *Found = namedValue(Inner);
    return Found ? outer(*Found) : nullptr;
  }
  const auto *Pointer = dyn_cast_or_null<ParmVarDecl>(namedValue(Deref->getSubExpr()));
  return Pointer && Pointer->getType()->isPointerType() ? argument(*Pointer) : nullptr;
}

const ValueDecl *StartedCoroutine::argument(const ParmVarDecl &Parameter) const {
  unsigned Index = Parameter.getFunctionScopeIndex();
  return Parameter.getDeclContext() == Function && Index < Arguments.size()
             ? namedValue(referred(Arguments[Index]))
             : nullptr;
}

const ValueDecl *StartedCoroutine::outer(const ValueDecl &Named) const {
  if (isa<FieldDecl>(Named))
    return SharesThis ? &Named : nullptr;
  if (const auto *Parameter = dyn_cast<ParmVarDecl>(&Named);
      Parameter && Parameter->getDeclContext() == Function)
    return Parameter->getType()->isLValueReferenceType() ? argument(*Parameter) : nullptr;
  const auto *Variable = dyn_cast<VarDecl>(&Named);
  if (Variable && Variable->hasGlobalStorage() && !Variable->isStaticLocal())
    return Variable;
  const LambdaCapture *Capture = Variable ? captureOf(*Function, *Variable) : nullptr;
  if (!Capture || Capture->getCaptureKind() != LCK_ByRef)
    return nullptr;
  return Variable->isInitCapture() && Variable->getInit() ? namedValue(Variable->getInit())
                                                          : Variable;
}

const Stmt &StartedCoroutine::body() const { return *coroutineBody(*Function)->getBody(); }

/// The lambda that \p Object is, or that the variable it names holds.
static const LambdaExpr *lambdaOf(const Expr *Object) {
  const Expr *Value = Object ? strip(Object) : nullptr;
  if (const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Value))
    return Lambda;
  const auto *Local = dyn_cast_or_null<VarDecl>(Value ? namedValue(Value) : nullptr);
  const Expr *Init = Local && !isa<ParmVarDecl>(Local) ? Local->getInit() : nullptr;
  return Init ? dyn_cast<LambdaExpr>(strip(Init)) : nullptr;
}

static bool capturesThis(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->getParent()->isLambda() &&
         llvm::any_of(Method->getParent()->captures(),
                      [](const LambdaCapture &One) { return One.capturesThis(); });
}

/// Sets the definition of \p Callee; none unless it is a coroutine.
static std::optional<StartedCoroutine> defined(const FunctionDecl *Callee) {
  const FunctionDecl *Defined = nullptr;
  if (!Callee || !Callee->hasBody(Defined) || Defined->isDependentContext() ||
      !coroutineBody(*Defined))
    return std::nullopt;
  StartedCoroutine Out;
  Out.Function = Defined;
  Out.SharesThis = capturesThis(*Defined);
  return Out;
}

std::optional<StartedCoroutine> StartedCoroutine::of(const Expr *Task,
                                                     llvm::ArrayRef<const Expr *> Rest) {
  const Expr *Value = strip(Task);
  if (!Value)
    return std::nullopt;
  if (const LambdaExpr *Lambda = lambdaOf(Value)) {
    std::optional<StartedCoroutine> Out = defined(Lambda->getCallOperator());
    if (Out)
      Out->Arguments.append(Rest.begin(), Rest.end());
    return Out;
  }
  if (const auto *Named = dyn_cast<DeclRefExpr>(Value)) {
    if (const auto *Function = dyn_cast<FunctionDecl>(Named->getDecl())) {
      std::optional<StartedCoroutine> Out = defined(Function);
      if (Out)
        Out->Arguments.append(Rest.begin(), Rest.end());
      return Out;
    }
    const auto *Local = dyn_cast<VarDecl>(Named->getDecl());
    return Local && !isa<ParmVarDecl>(Local) && Local->getInit() &&
                   !isa<DeclRefExpr>(strip(Local->getInit()))
               ? of(Local->getInit())
               : std::nullopt;
  }
  const auto *Call = dyn_cast<CallExpr>(Value);
  std::optional<CallSite> Site = Call ? CallSite::of(Call) : std::nullopt;
  std::optional<StartedCoroutine> Out = Site ? defined(Site->Callee) : std::nullopt;
  if (!Out)
    return std::nullopt;
  Out->Arguments.append(Site->Arguments.begin(), Site->Arguments.end());
  if (Site->Object && isa<CXXThisExpr>(Site->Object->IgnoreParenImpCasts()))
    Out->SharesThis = true;
  return Out;
}

} // namespace corolint
