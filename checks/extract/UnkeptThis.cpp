// UnkeptThis.cpp - tasks that use an object which nothing keeps alive
#include "checks/extract/UnkeptThis.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/LaterUses.h"
#include "checks/extract/LongLived.h"
#include "checks/extract/Summaries.h"
#include "checks/extract/UnwaitedSpawns.h"
#include "checks/extract/WrittenParts.h"

#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

/// True for std::shared_ptr, std::weak_ptr and their like, by value.
static bool keepsAlive(QualType Type) {
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record || Record->isLambda())
    return false;
  if (Record->hasDefinition() && model::isShared(*Record))
    return true;
  static constexpr llvm::StringLiteral Names[] = {"weak_ptr", "intrusive_ptr", "com_ptr",
                                                  "weak_ref", "lw_shared_ptr"};
  return Record->getIdentifier() && llvm::is_contained(Names, Record->getName());
}

static bool sharesThis(const Stmt &Part) {
  const auto *Call = dyn_cast<CallExpr>(&Part);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  return Callee && Callee->getIdentifier() &&
         (Callee->getName() == "shared_from_this" || Callee->getName() == "weak_from_this");
}

/// True when \p Value names a member of a class that can be awaited, as the
/// close() of a gate can: whoever destroys the object waits for it first.
static bool isAwaitedMember(const Expr *Value, const Coroutines &Colors) {
  const auto *Member = Value ? dyn_cast_or_null<MemberExpr>(strip(Value)) : nullptr;
  const CXXRecordDecl *Record = Member && isa<FieldDecl>(Member->getMemberDecl())
                                    ? Member->getType()->getAsCXXRecordDecl()
                                    : nullptr;
  return Record && Record->hasDefinition() &&
         llvm::any_of(Record->getDefinition()->methods(), [&](const CXXMethodDecl *Method) {
           return Colors.isAwaitable(Method->getReturnType());
         });
}

/// True when \p Local is an entry that such a member gave: `gate.hold()`.
static bool isEntry(const VarDecl &Local, const Coroutines &Colors) {
  const CXXRecordDecl *Record = Local.getType()->getAsCXXRecordDecl();
  std::optional<CallSite> Made =
      Local.getInit() ? CallSite::of(strip(Local.getInit())) : std::nullopt;
  return Record && Record->hasDefinition() && Record->hasNonTrivialDestructor() && Made &&
         !Colors.isAwaitable(Local.getType()) && isAwaitedMember(Made->Object, Colors);
}

/// True when \p Body takes a share of its object, in a variable or a call, or
/// enters a gate of it, before it is suspended: later, the object may be gone.
static bool takesShare(const FunctionDecl &Body, const Coroutines &Colors) {
  const Stmt *First = nullptr;
  if (const CoroutineBodyStmt *Coroutine = coroutineBody(Body))
    anyPart(Coroutine->getBody(), [&](const Stmt &Part) {
      First = maySuspend(Part) ? &Part : nullptr;
      return First != nullptr;
    });
  const SourceManager &Manager = Body.getASTContext().getSourceManager();
  auto IsInTime = [&](const Expr &Share) {
    return !First || !Manager.isBeforeInTranslationUnit(First->getEndLoc(), Share.getBeginLoc());
  };
  BodyIndex Index(Body);
  return llvm::any_of(Index.locals(),
                      [&](const VarDecl *Local) {
                        const Expr *Init = Local->getInit();
                        return Init &&
                               ((keepsAlive(Local->getType()) && !anyPart(Init, sharesThis)) ||
                                (isEntry(*Local, Colors) && IsInTime(*Init)));
                      }) ||
         llvm::any_of(Index.calls(),
                      [&](const Expr *Call) { return sharesThis(*Call) && IsInTime(*Call); });
}

/// True when the destructor of \p Record is written and may wait or stop tasks.
static bool destructorMayEnd(const CXXRecordDecl &Record) {
  const CXXDestructorDecl *Destructor = Record.getDestructor();
  if (!Destructor || Destructor->isImplicit() || Destructor->isDefaulted())
    return false;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Destructor->getBody());
  return !Body || !Body->body_empty();
}

/// True when what is passed to \p Call, or captured by it, shares the object.
static bool carriesShare(const Expr &Call, const CXXRecordDecl *Closure) {
  if (Closure && llvm::any_of(Closure->captures(), [](const LambdaCapture &One) {
        return One.capturesVariable() && keepsAlive(One.getCapturedVar()->getType());
      }))
    return true;
  std::optional<CallSite> Site = CallSite::of(&Call);
  return Site && llvm::any_of(Site->Arguments,
                              [](const Expr *Argument) { return keepsAlive(Argument->getType()); });
}

/// True when a member of the object, other than a loop, is given the task: a
/// group, a scope or a gate that waits for it.
static bool isOwnedByMember(const Expr &Spawner, const model::Model &Models,
                            const Coroutines &Colors) {
  std::optional<CallSite> Site = CallSite::of(&Spawner);
  if (!Site)
    return false;
  if (!Site->Object)
    return llvm::any_of(Site->Arguments, [&](const Expr *Argument) {
      return isAwaitedMember(Argument, Colors); // with_gate(gate, work)
    });
  const Expr *Object = strip(Site->Object);
  if (const auto *Arrow = dyn_cast_or_null<CXXOperatorCallExpr>(Object))
    Object = strip(Arrow->getArg(0));
  const auto *Member = dyn_cast_or_null<MemberExpr>(Object);
  if (!Member || !isa<FieldDecl>(Member->getMemberDecl()))
    return false;
  QualType Type = Site->Object->getType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const model::TypeRule *Rule = Models.type(Type);
  return !(Rule && Rule->EventLoop);
}

/// A coroutine that starts at once and cannot be awaited.
static std::vector<UnkeptThis> findFireAndForget(const Analysis &Unit, const FunctionDecl &Method) {
  QualType Returned = Method.getReturnType();
  if (Unit.colors().kind(Method) != facts::Kind::Coroutine || Unit.colors().isAwaitable(Returned) ||
      takesShare(Method, Unit.colors()) ||
      llvm::any_of(Method.parameters(),
                   [](const ParmVarDecl *One) { return keepsAlive(One->getType()); }))
    return {};
  LaterUses Later(Method, Unit.colors());
  UnkeptThis One;
  One.Use = Later.of(nullptr);
  One.Spawn = Later.suspension(nullptr);
  One.Callee = &Method;
  if (!One.Use || !One.Spawn)
    return {};
  return {One};
}

/// True for the member that suspends a coroutine: its frame holds the awaiter
/// until the work that begins here resumes it.
static bool suspendsForThis(const CXXMethodDecl &Method) {
  return Method.getIdentifier() && Method.getName() == "await_suspend";
}

std::vector<UnkeptThis> findUnkeptThis(const Analysis &Unit, const FunctionBody &Body) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Body.function());
  if (!Method || !Method->isInstance() || Method->getParent()->isLambda() ||
      destructorMayEnd(*Method->getParent()) || takesShare(*Method, Unit.colors()) ||
      suspendsForThis(*Method))
    return {};
  if (coroutineBody(*Method))
    if (auto Own = findFireAndForget(Unit, *Method); !Own.empty())
      return Own;
  BodyIndex Index(*Method);
  ReferenceFlow Flow(Index, Unit.models(), Unit.colors(), Unit.summaries());
  std::vector<UnkeptThis> Out;
  for (const Expr *This : Index.usesOfThis())
    for (const ReferenceEnd &End : Flow.ofHandle(*This)) {
      const FunctionDecl *Defined = nullptr;
      if (!End.Task || !(End.What & facts::Spawns) || !End.OnlyIf.empty() ||
          !End.Callee->hasBody(Defined) || takesShare(*Defined, Unit.colors()) ||
          !Flow.isTask(Defined->getReturnType())) // says so itself
        continue;
      const auto *Called = dyn_cast<CXXMethodDecl>(End.Callee);
      const CXXRecordDecl *Closure =
          Called && Called->getParent()->isLambda() ? Called->getParent() : nullptr;
      const auto *At = dyn_cast<Expr>(End.At);
      if (afterSpawn(Body, Unit.models(), *End.At, nullptr) != AfterSpawn::Leaves ||
          carriesShare(*End.Task, Closure) ||
          (At && isOwnedByMember(*At, Unit.models(), Unit.colors())) ||
          llvm::any_of(Out, [&](const UnkeptThis &Other) { return Other.Task == End.Task; }))
        continue;
      UnkeptThis One;
      One.Task = End.Task;
      One.Spawn = End.At;
      One.Callee = End.Callee;
      if (coroutineBody(*Defined))
        One.Use = LaterUses(*Defined, Unit.colors()).of(nullptr);
      Out.push_back(One);
    }
  if (!Out.empty() && livesWithProgram(Unit, *Method->getParent()))
    return {};
  return Out;
}

} // namespace corolint
