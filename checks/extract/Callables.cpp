// Callables.cpp - which functions an argument may call
#include "checks/extract/Callables.h"

#include "checks/model/CallSite.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace corolint {

using Targets = llvm::SmallVector<const FunctionDecl *, 2>;

static void addMethod(const NamedDecl *Found, Targets &Out) {
  Found = Found->getUnderlyingDecl(); // brought in by a using-declaration
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Found)) {
    for (const FunctionDecl *Special : Template->specializations())
      Out.push_back(Special);
  } else if (const auto *Method = dyn_cast<CXXMethodDecl>(Found)) {
    Out.push_back(Method);
  }
}

/// A function object of which more instances are called is a customisation point,
/// passed on as a tag: what it runs, nothing here tells.
constexpr std::size_t MostInstances = 16;

/// The operator() of a class that is written in the program; std::function and
/// the like hold something else.
static void addCallOperators(const CXXRecordDecl &Record, Targets &Out) {
  if (!Record.hasDefinition() || Record.isInStdNamespace())
    return;
  DeclarationName Name = Record.getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  Targets Found;
  for (const NamedDecl *One : Record.getDefinition()->lookup(Name))
    addMethod(One, Found);
  if (Found.size() > MostInstances && !Record.isLambda())
    return;
  Out.append(Found.begin(), Found.begin() + std::min(Found.size(), MostInstances));
}

/// nullptr, {} or a default-constructed wrapper: calling that is an error.
static bool isEmptyCallable(const Expr &Value) {
  const Expr *Inner = strip(&Value);
  if (const auto *Made = dyn_cast<CXXConstructExpr>(Inner))
    return Made->getNumArgs() == 0 || isEmptyCallable(*Made->getArg(0));
  if (const auto *List = dyn_cast<InitListExpr>(Inner))
    return List->getNumInits() == 0;
  return isa<CXXNullPtrLiteralExpr, GNUNullExpr, ImplicitValueInitExpr>(Inner);
}

bool isBinder(const FunctionDecl *Function) {
  if (!Function || !Function->isInStdNamespace() || !Function->getIdentifier())
    return false;
  llvm::StringRef Name = Function->getName();
  return Name == "bind" || Name == "bind_front" || Name == "bind_back" || Name == "mem_fn" ||
         Name == "ref" || Name == "cref";
}

static void collect(const Expr *Argument, Targets &Out, unsigned Depth) {
  const Expr *Value = strip(Argument);
  if (!Value || Depth == 0)
    return;
  if (const auto *Address = dyn_cast<UnaryOperator>(Value);
      Address && (Address->getOpcode() == UO_AddrOf || Address->getOpcode() == UO_Plus ||
                  Address->getOpcode() == UO_Deref)) {
    collect(Address->getSubExpr(), Out, Depth - 1);
    // An object behind a pointer: *this, which hands itself on.
    if (Address->getOpcode() != UO_Deref || !Out.empty())
      return;
  }
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

namespace {
/// Lists the values that a variable is assigned, and notices other uses that
/// may change it.
class AssignmentFinder : public RecursiveASTVisitor<AssignmentFinder> {
public:
  explicit AssignmentFinder(const VarDecl *Variable) : Variable(Variable) {}
  llvm::SmallVector<const Expr *, 2> Values;
  bool Escapes = false;

  bool shouldVisitImplicitCode() const { return true; }
  bool VisitBinaryOperator(BinaryOperator *Assign) {
    if (Assign->getOpcode() == BO_Assign && names(Assign->getLHS()))
      Values.push_back(Assign->getRHS());
    Escapes |= Assign->isCompoundAssignmentOp() && names(Assign->getLHS());
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *Assign) {
    if (Assign->getOperator() == OO_Equal && names(Assign->getArg(0)))
      Values.push_back(Assign->getArg(1));
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *Address) {
    bool Changes = Address->getOpcode() == UO_AddrOf || Address->isIncrementDecrementOp();
    Escapes |= Changes && names(Address->getSubExpr());
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) {
    if (const FunctionDecl *Callee = Call->getDirectCallee();
        Callee && !isa<CXXOperatorCallExpr>(Call))
      for (unsigned I = 0; I < std::min(Call->getNumArgs(), Callee->getNumParams()); ++I) {
        QualType Type = Callee->getParamDecl(I)->getType();
        Escapes |= Type->isLValueReferenceType() && !Type->getPointeeType().isConstQualified() &&
                   names(Call->getArg(I));
      }
    return true;
  }

private:
  bool names(const Expr *Value) const {
    const auto *Named = dyn_cast<DeclRefExpr>(Value->IgnoreParenImpCasts());
    return Named && Named->getDecl() == Variable;
  }
  const VarDecl *Variable;
};
} // namespace

std::optional<llvm::SmallVector<const Expr *, 2>> assignedValues(const VarDecl &Variable) {
  const Decl *Around = dyn_cast_or_null<Decl>(Variable.getDeclContext());
  const Stmt *Body = Around ? Around->getBody() : nullptr;
  AssignmentFinder Finder(&Variable);
  if (Body && !Variable.getType().isConstQualified())
    Finder.TraverseStmt(const_cast<Stmt *>(Body));
  if (Finder.Escapes)
    return std::nullopt;
  if (Variable.getInit() && !isEmptyCallable(*Variable.getInit()))
    Finder.Values.push_back(Variable.getInit());
  return std::move(Finder.Values);
}

/// What the local \p Variable may hold; nothing when that is not known.
static Targets heldBy(const VarDecl &Variable) {
  Targets Out;
  for (const Expr *Value :
       assignedValues(Variable).value_or(llvm::SmallVector<const Expr *, 2>())) {
    std::size_t Known = Out.size();
    collect(Value, Out, 6);
    if (Out.size() == Known && !isEmptyCallable(*Value))
      return {};
  }
  return Out;
}

llvm::SmallVector<const FunctionDecl *, 2> callableTargets(const Expr *Argument) {
  Targets Out;
  collect(Argument, Out, 6);
  // A variable of a wrapper type: what it was initialised with.
  if (!Out.empty() || !Argument)
    return Out;
  const auto *Variable = dyn_cast_or_null<VarDecl>(namedValue(Argument));
  if (Variable && Variable->isLocalVarDecl() && isCallable(Variable->getType()))
    return heldBy(*Variable);
  return Out;
}

std::string pointerType(QualType Type, const ASTContext &Context) {
  if (!Type->isFunctionPointerType() && !Type->isMemberFunctionPointerType())
    return "";
  std::string Out;
  if (const auto *Member = Type->getAs<MemberPointerType>())
    if (const CXXRecordDecl *Class = Member->getMostRecentCXXRecordDecl())
      Out = Class->getQualifiedNameAsString() + "::*";
  QualType Function = Context.getFunctionTypeWithExceptionSpec(
      Type->getPointeeType(), FunctionProtoType::ExceptionSpecInfo());
  return Out + Function.getCanonicalType().getAsString();
}

namespace {
/// Tells whether a lambda's body calls a variable.
class CaptureCallFinder : public RecursiveASTVisitor<CaptureCallFinder> {
public:
  explicit CaptureCallFinder(const ValueDecl *Captured) : Captured(Captured) {}
  bool Found = false;
  bool VisitCallExpr(CallExpr *Call) {
    const Expr *Called = isa<CXXOperatorCallExpr>(Call) && Call->getNumArgs() > 0
                             ? Call->getArg(0)
                             : Call->getCallee();
    Found |= namedValue(Called) == Captured;
    return !Found;
  }

private:
  const ValueDecl *Captured;
};
} // namespace

llvm::SmallVector<unsigned, 1> calledCaptures(const Expr *Argument) {
  llvm::SmallVector<unsigned, 1> Out;
  const Expr *Value = strip(Argument);
  while (const auto *Wrapper = dyn_cast_or_null<CXXConstructExpr>(Value))
    Value = Wrapper->getNumArgs() > 0 ? strip(Wrapper->getArg(0)) : nullptr;
  const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Value);
  if (!Lambda)
    return Out;
  for (const LambdaCapture &Capture : Lambda->captures()) {
    const auto *Captured =
        Capture.capturesVariable() ? dyn_cast<VarDecl>(Capture.getCapturedVar()) : nullptr;
    if (!Captured || !isCallable(Captured->getType()))
      continue;
    const ValueDecl *From = Captured;
    if (Captured->isInitCapture())
      From = Captured->getInit() ? namedValue(Captured->getInit()) : nullptr;
    const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(From);
    CaptureCallFinder Finder(Captured);
    if (Parameter)
      Finder.TraverseStmt(Lambda->getBody());
    if (Finder.Found)
      Out.push_back(Parameter->getFunctionScopeIndex());
  }
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
  DeclarationName Name = Record->getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  return Record->isLambda() || !Record->getDefinition()->lookup(Name).empty();
}

} // namespace corolint
