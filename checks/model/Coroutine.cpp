// Coroutine.cpp - colour of functions, and what awaitable types are
#include "checks/model/Coroutine.h"

#include "checks/model/ClangVersion.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

/// The definition of \p Record, or of the template that it will come from.
static const CXXRecordDecl *definition(const CXXRecordDecl &Record) {
  if (const CXXRecordDecl *Defined = Record.getDefinition())
    return Defined;
  const CXXRecordDecl *Pattern = Record.getTemplateInstantiationPattern();
  // Nothing has asked for the class yet: the primary template stands for it.
  if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Record); Special && !Pattern)
    Pattern = Special->getSpecializedTemplate()->getTemplatedDecl();
  return Pattern ? Pattern->getDefinition() : nullptr;
}

/// The class of \p Base, also where its arguments are those of a template.
static const CXXRecordDecl *recordOf(QualType Base) {
  if (const CXXRecordDecl *Record = Base->getAsCXXRecordDecl())
    return Record;
  const auto *Special = Base->getAs<TemplateSpecializationType>();
  const auto *Template =
      Special ? dyn_cast_or_null<ClassTemplateDecl>(Special->getTemplateName().getAsTemplateDecl())
              : nullptr;
  return Template ? Template->getTemplatedDecl() : nullptr;
}

/// The declaration named \p Name in \p Record or a base, or null.
static const NamedDecl *member(const CXXRecordDecl &Record, DeclarationName Name) {
  const CXXRecordDecl *Defined = definition(Record);
  if (!Defined)
    return nullptr;
  for (const NamedDecl *Found : Defined->lookup(Name))
    if (!isa<UsingDecl>(Found))
      return Found->getUnderlyingDecl();
  for (const CXXBaseSpecifier &Base : Defined->bases())
    if (const CXXRecordDecl *Parent = recordOf(Base.getType()))
      if (const NamedDecl *Found = member(*Parent, Name))
        return Found;
  return nullptr;
}

static const NamedDecl *member(const CXXRecordDecl &Record, llvm::StringRef Name) {
  ASTContext &Context = Record.getASTContext();
  return member(Record, DeclarationName(&Context.Idents.get(Name)));
}

static const FunctionDecl *method(const CXXRecordDecl &Record, llvm::StringRef Name) {
  const NamedDecl *Found = member(Record, Name);
  if (const auto *Template = dyn_cast_or_null<FunctionTemplateDecl>(Found))
    return Template->getTemplatedDecl();
  return dyn_cast_or_null<FunctionDecl>(Found);
}

/// The class without its template arguments.
static const Decl *family(const CXXRecordDecl &Record) {
  if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Record))
    return Special->getSpecializedTemplate()->getCanonicalDecl();
  if (const ClassTemplateDecl *Template = Record.getDescribedClassTemplate())
    return Template->getCanonicalDecl();
  return Record.getCanonicalDecl();
}

/// The class that \p Type names, also where template parameters are unknown.
static const Decl *familyOf(QualType Type) {
  Type = Type.getNonReferenceType().getUnqualifiedType();
  if (const CXXRecordDecl *Record = Type->getAsCXXRecordDecl())
    return family(*Record);
  if (const auto *Special = Type->getAs<TemplateSpecializationType>())
    if (const TemplateDecl *Template = Special->getTemplateName().getAsTemplateDecl())
      return Template->getCanonicalDecl();
  return nullptr;
}

static bool hasFreeAwaitOperator(const CXXRecordDecl &Record) {
  ASTContext &Context = Record.getASTContext();
  DeclarationName Name = Context.DeclarationNames.getCXXOperatorName(OO_Coawait);
  const Decl *Wanted = family(Record);
  for (const DeclContext *Scope = Record.getDeclContext(); Scope; Scope = Scope->getParent()) {
    if (!Scope->isNamespace())
      continue;
    for (const NamedDecl *Found : Scope->lookup(Name)) {
      const auto *Template = dyn_cast<FunctionTemplateDecl>(Found);
      const FunctionDecl *Function =
          Template ? Template->getTemplatedDecl() : dyn_cast<FunctionDecl>(Found);
      if (Function && Function->getNumParams() == 1 &&
          familyOf(Function->getParamDecl(0)->getType()) == Wanted)
        return true;
    }
    break;
  }
  return false;
}

static bool mustBeUsed(const CXXRecordDecl &Record) {
  const CXXRecordDecl *Defined = definition(Record);
  return Defined && Defined->hasAttr<WarnUnusedResultAttr>();
}

static bool isAwaiter(const CXXRecordDecl &Record) {
  return method(Record, "await_ready") && method(Record, "await_suspend") &&
         method(Record, "await_resume");
}

const CoroutineBodyStmt *coroutineBody(const FunctionDecl &Function) {
  const FunctionDecl *Defined = nullptr;
  const Stmt *Body = Function.getBody(Defined);
  return dyn_cast_or_null<CoroutineBodyStmt>(Body);
}

/// True for a body that is nothing but `return true;`.
static bool returnsTrue(const FunctionDecl *Function) {
  const FunctionDecl *Defined = nullptr;
  if (!Function || !Function->hasBody(Defined))
    return false;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Defined->getBody());
  const auto *Return =
      Body && Body->size() == 1 ? dyn_cast<ReturnStmt>(Body->body_front()) : nullptr;
  if (!Return || !Return->getRetValue() || Return->getRetValue()->isValueDependent())
    return false;
  bool Value = false;
  return Return->getRetValue()->EvaluateAsBooleanCondition(Value, Function->getASTContext()) &&
         Value;
}

/// Three answers to "does this awaiter suspend?".
enum class Suspends : std::uint8_t { Always, Never, Unknown };

static Suspends suspends(QualType Awaiter) {
  const CXXRecordDecl *Record = Awaiter.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record)
    return Suspends::Unknown;
  const FunctionDecl *Ready = method(*Record, "await_ready");
  if (!Ready)
    return Suspends::Unknown;
  if (returnsTrue(Ready))
    return Suspends::Never;
  const FunctionDecl *Defined = nullptr;
  const auto *Body =
      Ready->hasBody(Defined) ? dyn_cast_or_null<CompoundStmt>(Defined->getBody()) : nullptr;
  const auto *Return =
      Body && Body->size() == 1 ? dyn_cast<ReturnStmt>(Body->body_front()) : nullptr;
  bool Value = true;
  if (Return && Return->getRetValue() && !Return->getRetValue()->isValueDependent() &&
      Return->getRetValue()->EvaluateAsBooleanCondition(Value, Ready->getASTContext()) && !Value)
    return Suspends::Always;
  return Suspends::Unknown;
}

namespace {
/// Looks for a call that gets \p Handle, or is made on it: not one that only
/// keeps it.
class HandleUse : public RecursiveASTVisitor<HandleUse> {
public:
  HandleUse(const ParmVarDecl &Handle) : Handle(Handle) {}
  bool Found = false;
  bool VisitCallExpr(CallExpr *Call) {
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
    if (!Operator || Operator->getOperator() != OO_Equal)
      Found |= llvm::any_of(Call->arguments(), [&](Expr *One) { return names(One); });
    if (const auto *Member = dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParenImpCasts()))
      Found |= Member->getMemberNameInfo().getAsString() == "resume" && names(Member->getBase());
    if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(Call->getCallee()))
      Found |= Member->getMember().getAsString() == "resume" && names(Member->getBase());
    return !Found;
  }

private:
  bool names(const Expr *Value) const {
    const auto *Named = dyn_cast<DeclRefExpr>(Value->IgnoreUnlessSpelledInSource());
    return Named && Named->getDecl() == &Handle;
  }
  const ParmVarDecl &Handle;
};
} // namespace

/// True when an \p Awaiter, once suspended, has the coroutine resumed, now or by
/// a scheduler.
static bool givesHandleOn(QualType Awaiter) {
  const CXXRecordDecl *Record = Awaiter.getNonReferenceType()->getAsCXXRecordDecl();
  const FunctionDecl *Suspend = Record ? method(*Record, "await_suspend") : nullptr;
  const FunctionDecl *Pattern = Suspend ? Suspend->getTemplateInstantiationPattern() : nullptr;
  const FunctionDecl *Defined = nullptr;
  if (!Suspend || (!Suspend->hasBody(Defined) && !(Pattern && Pattern->hasBody(Defined))) ||
      Defined->getNumParams() == 0)
    return false;
  HandleUse Uses(*Defined->getParamDecl(0));
  Uses.TraverseStmt(Defined->getBody());
  return Uses.Found;
}

bool neverSuspends(const CoawaitExpr &Await) {
  const Expr *Ready = Await.getReadyExpr();
  const auto *Call = dyn_cast_or_null<CallExpr>(Ready ? Ready->IgnoreImplicit() : nullptr);
  // What a promise makes of an awaiter that is always ready is ready as well.
  return (Call && returnsTrue(Call->getDirectCallee())) ||
         suspends(Await.getOperand()->getType()) == Suspends::Never;
}

static const CXXRecordDecl *promiseOf(const CXXRecordDecl &Record);

/// True when coroutines that return \p Record can await another one, though
/// only by the await_transform of their promise.
static bool isTransformed(const CXXRecordDecl &Record) {
  const CXXRecordDecl *Promise = promiseOf(Record);
  const CXXRecordDecl *Defined = Promise ? definition(*Promise) : nullptr;
  if (!Defined)
    return false;
  const Decl *Wanted = family(Record);
  IdentifierInfo &Name = Record.getASTContext().Idents.get("await_transform");
  return llvm::any_of(Defined->lookup(&Name), [&](const NamedDecl *Found) {
    const FunctionDecl *Function = Found->getUnderlyingDecl()->getAsFunction();
    return Function && Function->getNumParams() == 1 && !Function->isDeleted() &&
           familyOf(Function->getParamDecl(0)->getType()) == Wanted;
  });
}

bool Coroutines::isAwaitable(QualType Type) const {
  if (Type.isNull() || Type->isDependentType())
    return false;
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record)
    return false;
  if (const model::TypeRule *Rule = Models.type(*Record)) {
    if (Rule->NotAwaitable || Rule->Generator)
      return false;
    if (Rule->Task || Rule->Awaitable)
      return true;
  }
  auto [Entry, New] = Awaitables.try_emplace(Record, false);
  if (!New)
    return Entry->second;
  DeclarationName Name = Record->getASTContext().DeclarationNames.getCXXOperatorName(OO_Coawait);
  bool Answer = isAwaiter(*Record) || member(*Record, Name) || member(*Record, "as_awaitable") ||
                hasFreeAwaitOperator(*Record) || isTransformed(*Record);
  return Awaitables[Record] = Answer;
}

/// The promise type nested in \p Record, or null.
static const CXXRecordDecl *promiseOf(const CXXRecordDecl &Record) {
  const NamedDecl *Found = member(Record, "promise_type");
  if (const auto *Nested = dyn_cast_or_null<CXXRecordDecl>(Found))
    return Nested;
  if (const auto *Alias = dyn_cast_or_null<TypedefNameDecl>(Found))
    return Alias->getUnderlyingType()->getAsCXXRecordDecl();
  return nullptr;
}

std::optional<TaskType> Coroutines::taskByStructure(const CXXRecordDecl &Record) const {
  if (!member(Record, "promise_type"))
    return std::nullopt;
  TaskType Out;
  const CXXRecordDecl *Promise = promiseOf(Record);
  const FunctionDecl *Initial = Promise ? method(*Promise, "initial_suspend") : nullptr;
  Suspends Starts = Initial ? suspends(Initial->getReturnType()) : Suspends::Unknown;
  if (Starts == Suspends::Always && !givesHandleOn(Initial->getReturnType()))
    return Out;
  // It has begun, or may have: only an author's [[nodiscard]] says that its
  // result must not be dropped.
  Out.Rule.Starts = model::TaskRule::Start::Eager;
  Out.Certain = false;
  Out.Rule.WhenDestroyed =
      mustBeUsed(Record) ? model::TaskRule::Destroy::Abandons : model::TaskRule::Destroy::Detaches;
  return Out;
}

std::optional<TaskType> Coroutines::task(QualType Type) const {
  if (Type.isNull() || Type->isDependentType())
    return std::nullopt;
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record)
    return std::nullopt;
  auto [Entry, New] = Tasks.try_emplace(Record);
  if (!New)
    return Entry->second;
  std::optional<TaskType> Answer;
  const model::TypeRule *Rule = Models.type(*Record);
  if (Rule && Rule->Task)
    Answer = TaskType{*Rule->Task, Rule, true};
  else if ((!Rule || (!Rule->NotAwaitable && !Rule->Generator)) && isAwaitable(Type))
    Answer = taskByStructure(*Record);
  return Tasks[Record] = Answer;
}

/// std::suspend_always or std::suspend_never, which do nothing.
static bool isTrivialAwaiter(const CXXRecordDecl &Record) {
  return Record.isInStdNamespace() && Record.getIdentifier() &&
         Record.getName().starts_with("suspend_");
}

std::optional<TaskType> Coroutines::losesWork(QualType Type) const {
  using Destroy = model::TaskRule::Destroy;
  if (std::optional<TaskType> Task = task(Type)) {
    Destroy How = Task->Rule.WhenDestroyed;
    if (How == Destroy::Detaches || How == Destroy::Joins)
      return std::nullopt;
    if (How == Destroy::Cancels || How == Destroy::Aborts)
      Task->Certain = false;
    return Task;
  }
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!isAwaitable(Type) || isTrivialAwaiter(*Record))
    return std::nullopt;
  TaskType Out;
  Out.From = Models.type(*Record);
  // An awaiter starts its work in await_suspend; a class that only converts to
  // an awaiter may do more, unless its author says that it must be used.
  Out.Certain = isAwaiter(*Record) || mustBeUsed(*Record) || (Out.From && Out.From->Awaitable);
  return Out;
}

bool transformsAwaits(const CoroutineBodyStmt &Body) {
  const VarDecl *Promise = Body.getPromiseDecl();
  const CXXRecordDecl *Record = Promise ? Promise->getType()->getAsCXXRecordDecl() : nullptr;
  return !Record || member(*Record, "await_transform");
}

bool isSameClass(QualType A, QualType B) {
  const Decl *Family = familyOf(A);
  return Family && Family == familyOf(B);
}

namespace {
/// Looks for a co_await that is written in a body, not in its lambdas, and that
/// waits for something other than the trivial awaiters.
class AwaitFinder : public RecursiveASTVisitor<AwaitFinder> {
public:
  bool Found = false;
  bool TraverseLambdaExpr(LambdaExpr *) { return true; }
  bool VisitCoawaitExpr(CoawaitExpr *Await) {
    const CXXRecordDecl *Record =
        Await->isImplicit() ? nullptr : Await->getOperand()->getType()->getAsCXXRecordDecl();
    bool Trivial = Record && isTrivialAwaiter(*Record);
    Found |= !Await->isImplicit() && !Trivial;
    return !Found;
  }
};
} // namespace

static bool awaits(const CoroutineBodyStmt &Body) {
  AwaitFinder Finder;
  Finder.TraverseStmt(Body.getBody());
  return Finder.Found;
}

/// True when \p Promise can yield but awaits nothing: a synchronous generator.
static bool onlyYields(const CXXRecordDecl &Promise, const CXXRecordDecl *Returned) {
  if (!member(Promise, "yield_value"))
    return false;
  const FunctionDecl *Transform = method(Promise, "await_transform");
  if (Transform && Transform->isDeleted())
    return true;
  return Returned && (method(*Returned, "begin") || method(*Returned, "operator()") ||
                      method(*Returned, "next") || method(*Returned, "move_next"));
}

facts::Kind Coroutines::kind(const FunctionDecl &Function) const {
  QualType Returned = Function.getReturnType();
  const CoroutineBodyStmt *Body = coroutineBody(Function);
  if (!Body) {
    // A wrapper returns by value a task that something else made. The members
    // of the task and its promise that do so are the library at work.
    const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
    if (Returned->isReferenceType() || !task(Returned) || isa<CXXConversionDecl>(&Function) ||
        (Method &&
         (task(classType(*Method->getParent())) ||
          method(*Method->getParent(), "get_return_object") || isAwaiter(*Method->getParent()))))
      return facts::Kind::Function;
    return facts::Kind::Wrapper;
  }
  if (const model::TypeRule *Rule = Models.type(Returned)) {
    if (Rule->Generator)
      return facts::Kind::Generator;
    if (Rule->Task)
      return facts::Kind::Coroutine;
  }
  if (isAwaitable(Returned) || Returned->isVoidType() || awaits(*Body))
    return facts::Kind::Coroutine;
  const VarDecl *Promise = Body->getPromiseDecl();
  const CXXRecordDecl *Record = Promise ? Promise->getType()->getAsCXXRecordDecl() : nullptr;
  if (Record && !onlyYields(*Record, Returned->getAsCXXRecordDecl()) &&
      !member(*Record, "yield_value"))
    return facts::Kind::Coroutine; // started and left alone: detached
  return facts::Kind::Generator;
}

} // namespace corolint
