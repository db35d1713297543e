// CallExtractor.cpp - the call edges of one function
#include "checks/extract/CallExtractor.h"

#include "checks/extract/AwaitedValues.h"
#include "checks/extract/CallFixes.h"
#include "checks/extract/Callables.h"
#include "checks/extract/Finishing.h"
#include "checks/extract/MadeTasks.h"
#include "checks/extract/OwnLoops.h"
#include "checks/model/Annotations.h"
#include "checks/model/CalleeName.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"
#include "checks/model/ThreadPools.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

/// By block: whether control can go on in this program. Empty when nothing in
/// \p Body hands the process over to another one.
static std::vector<bool> findStaying(const FunctionBody &Body, const model::Model &Models) {
  auto HandsOver = [&](const CFGElement &Element) {
    auto Statement = Element.getAs<CFGStmt>();
    std::optional<CallSite> Site = Statement && isa<CallExpr>(Statement->getStmt())
                                       ? CallSite::of(Statement->getStmt())
                                       : std::nullopt;
    return Site && llvm::any_of(Models.rules(*Site), [](const model::FunctionRule *Rule) {
             return Rule->OnProcess == model::FunctionRule::ProcessStep::Exec;
           });
  };
  auto Ends = [&](const CFGBlock &Block) { return llvm::any_of(Block, HandsOver); };
  if (llvm::none_of(Body.cfg(), [&](const CFGBlock *Block) { return Ends(*Block); }))
    return {};
  return finishingBlocks(Body.cfg(), Ends);
}

CallExtractor::CallExtractor(const FunctionBody &Body, const model::Model &Models,
                             const Coroutines &Colors, Sources &Text)
    : CallFlow(Body, Models), Colors(Colors), Text(Text), Stays(findStaying(Body, Models)) {}

const char *reportingCheck(facts::Effect What) {
  switch (What) {
  case facts::Effect::Blocks:
    return "coro-blocking-call";
  case facts::Effect::Waits:
    return "coro-sync-wait";
  case facts::Effect::RunsLoop:
    return "coro-nested-run";
  case facts::Effect::Locks:
    return "coro-blocking-lock";
  }
  return "";
}

/// The bits of Call::Suppressed that NOLINT comments at \p Where set.
static std::uint8_t suppressedAt(SourceLocation Where, Sources &Text) {
  std::uint8_t Result = 0;
  for (unsigned I = 0; I != facts::EffectCount; ++I)
    if (Text.isSuppressed(Where, reportingCheck(static_cast<facts::Effect>(I))))
      Result |= 1u << I;
  if (Text.isSuppressed(Where, "coro-color-annotation"))
    Result |= 1u << facts::EffectCount;
  return Result;
}

facts::Call CallExtractor::start(const State &Before, SourceRange Where, const CFGBlock &Block) {
  facts::Call Out;
  Out.Where = Text.location(Where);
  bool Finishes = Body.canFinish(Block) && staysInProgram(Block);
  Out.Path = !Finishes               ? facts::Guard::NoReturn
             : Before.NoLoop         ? facts::Guard::NoLoop
             : Body.isCertain(Block) ? facts::Guard::Unconditional
                                     : facts::Guard::Conditional;
  // A destructor that asks first mostly finds its work done.
  Out.Doubtful = Out.Path == facts::Guard::Conditional && isa<CXXDestructorDecl>(Body.function());
  Out.OffLoop = Before.OffLoop;
  Out.BeforeFirstSuspension = !Before.MaySuspended && !Before.MaySpawned;
  Out.Suppressed = suppressedAt(Where.getBegin(), Text);
  return Out;
}

/// Where messages about \p Site point: at the name of a method, else at the
/// start of the call.
static SourceRange rangeOf(const CallSite &Site) {
  SourceRange Range = Site.Call->getSourceRange();
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Site.Call);
      Member && !isa_and_nonnull<CXXConversionDecl>(Member->getMethodDecl()))
    Range.setBegin(Member->getExprLoc());
  return Range;
}

/// The calls of await_ready() and so on that a co_await stands for. They are a
/// library at work, not what the coroutine's author wrote.
static bool isAwaiterCall(const CallSite &Site) {
  return Site.Object && isa<OpaqueValueExpr>(Site.Object->IgnoreParenImpCasts());
}

/// The compiler has made the call: nothing of it runs with the coroutine.
static bool isConstant(const CallSite &Site, const FunctionBody &Body) {
  return Site.Callee && Site.Callee->isConstexpr() && Body.isConstant(*Site.Call);
}

void CallExtractor::doubt(facts::Call &Out) {
  Out.Doubtful = true;
  if (Out.Primitive)
    Out.Primitive->Sure = std::min(Out.Primitive->Sure, facts::Confidence::Medium);
}

void CallExtractor::visit(const State &Before, const CFGElement &Element, const CFGBlock &Block) {
  if (std::optional<CFGStmt> Statement = Element.getAs<CFGStmt>()) {
    const Stmt *Inner = Statement->getStmt();
    Suspends |= isa<CoroutineSuspendExpr>(Inner);
    if (const auto *Declared = dyn_cast<DeclStmt>(Inner))
      addOnce(*Declared);
    if (std::optional<CallSite> Site = CallSite::of(Inner)) {
      if (!isAwaiterCall(*Site) && Seen.insert(Inner).second && !isConstant(*Site, Body))
        visitCall(Before, *Site, rangeOf(*Site), Block);
    } else if (isa<InitListExpr, CXXParenListInitExpr>(Inner)) {
      for (const Stmt *Child : Inner->children())
        if (const auto *Default = dyn_cast_or_null<CXXDefaultInitExpr>(Child))
          visitDefault(Before, Default, Inner->getSourceRange(), Block);
    }
    return;
  }
  std::optional<CFGImplicitDtor> Destructor = Element.getAs<CFGImplicitDtor>();
  if (!Destructor)
    return;
  QualType Type;
  SourceRange Where = Body.function().getLocation();
  if (auto Local = Element.getAs<CFGAutomaticObjDtor>()) {
    Type = Local->getVarDecl()->getType();
    Where = Local->getVarDecl()->getLocation();
    if (Before.MovedFrom.contains(Local->getVarDecl()) ||
        Before.NonBlocking.contains(Local->getVarDecl()))
      return; // it has nothing left to wait for
    if (visitResult(Before, Local->getVarDecl(), Local->getVarDecl()->getInit(), Where, Block))
      return;
  } else if (auto Temporary = Element.getAs<CFGTemporaryDtor>()) {
    Type = Temporary->getBindTemporaryExpr()->getType();
    Where = Temporary->getBindTemporaryExpr()->getSourceRange();
    if (visitResult(Before, nullptr, Temporary->getBindTemporaryExpr()->getSubExpr(), Where, Block))
      return;
  } else if (auto Delete = Element.getAs<CFGDeleteDtor>()) {
    Type = Delete->getDeleteExpr()->getDestroyedType();
    Where = Delete->getDeleteExpr()->getSourceRange();
  } else if (auto Member = Element.getAs<CFGMemberDtor>()) {
    Type = Member->getFieldDecl()->getType();
    Where = Member->getFieldDecl()->getLocation();
  } else if (auto Base = Element.getAs<CFGBaseDtor>()) {
    Type = Base->getBaseSpecifier()->getType();
    Where = Base->getBaseSpecifier()->getSourceRange();
  } else {
    return;
  }
  std::size_t First = Calls.size();
  visitDestruction(Before, Type, Where, Block, 4);
  forgive(First, Element);
}

/// What a pool of threads does, that no model knows, with what it is given.
static const model::FunctionRule &givenToPool() {
  static const model::FunctionRule Rule = [] {
    model::FunctionRule Made;
    Made.Callables.emplace_back().Runs = facts::Transfer::Thread;
    Made.Consumes.emplace_back().Runs = facts::Transfer::Thread;
    Made.Consumes.back().Argument = {model::ArgumentRef::Any};
    return Made;
  }();
  return Rule;
}

void CallExtractor::visitCall(const State &Before, const CallSite &Site, SourceRange Where,
                              const CFGBlock &Block) {
  const model::FunctionRule *Rule = rule(Site, Before);
  bool System = Site.Callee && Text.isSystem(Site.Callee->getLocation());
  if (!System)
    for (const Expr *Default : Site.Defaults)
      visitDefault(Before, Default, Where, Block);
  bool Unmodelled = !Rule && Site.Callee && isUnmodelled(*Site.Callee);
  if (System && !Rule && !Unmodelled &&
      llvm::none_of(Site.Arguments,
                    [](const Expr *Argument) { return isCallable(Argument->getType()); }) &&
      !isCallable(Site.Object ? Site.Object->getType() : QualType()))
    return;
  facts::Call Out = start(Before, Where, Block);
  if (Site.Callee)
    Out.CalleeName = calleeName(Site);
  bool BodyMatters = Rule && (Rule->Does || Rule->Opaque) ? applyRule(Out, Site, *Rule, Before)
                                                          : applyAnnotations(Out, Site);
  if (Out.Primitive && Out.Primitive->What <= facts::Effect::Waits &&
      Body.kind() == facts::Kind::Function && isInOwnLoop(Block)) {
    Out.Primitive->What = facts::Effect::RunsLoop;
    Out.Primitive->Name = displayName(Body.function());
    Out.Mend.reset();
  }
  Out.Unmodelled = Unmodelled;
  if (BodyMatters) {
    setTarget(Out, Site);
    addArguments(Out, Site);
    // A helper or a method that waits for what was awaited finds it done.
    const ValueDecl *Object = Site.Object ? namedValue(Site.Object) : nullptr;
    Out.Doubtful |=
        llvm::any_of(Site.Arguments, [&](const Expr *Argument) { return wasAwaited(Argument); }) ||
        (Object && Before.Ready.contains(Object) && Colors.isAwaitable(Object->getType()));
  }
  const model::FunctionRule *Passing =
      !Rule && Site.Object && isThreadPool(strip(Site.Object)->getType()) ? &givenToPool() : Rule;
  addCallables(Out, Site, Passing);
  // What is given to be called once, or by a log, mostly is not called.
  Out.Doubtful |= Rule && Rule->Opaque;
  if (Passing)
    markTasks(Site, *Passing);
  if (Out.Callee.empty() && Out.How != facts::Dispatch::Pointer &&
      Out.How != facts::Dispatch::Parameter && !Out.Primitive && !Out.Unmodelled &&
      Out.Callables.empty())
    return;
  ByExpression[Site.Call] = Calls.size();
  Calls.push_back(std::move(Out));
}

/// The name of a primitive as users know it: libraries declare some methods in
/// bases with reserved names.
static std::string primitiveName(const CallSite &Site) {
  if (const VarDecl *Object = Site.functionObject())
    return qualifiedName(*Object);
  std::string Name = qualifiedName(*Site.Callee);
  QualType Type = Site.Object ? Site.Object->IgnoreParenImpCasts()->getType() : QualType();
  if (Type.isNull() || Name.find("::_") == std::string::npos)
    return Name;
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Record ? qualifiedName(*Record) + "::" + Site.Callee->getNameAsString() : Name;
}

/// True for a variable of the function itself: nobody else runs that loop.
static bool isOwn(const Expr *Object) {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Object ? namedValue(Object) : nullptr);
  return Variable && Variable->isLocalVarDecl() && !Variable->isStaticLocal() &&
         Variable->getType()->isRecordType();
}

bool CallExtractor::mayDriveLoop(const facts::Sink &What, const State &Before) const {
  if (What.What != facts::Effect::RunsLoop || Before.MaySuspended)
    return false;
  std::optional<TaskType> Task = Colors.task(Body.function().getReturnType());
  return Task && !Task->Rule.OnLoop;
}

/// A future of std that a co_await gave may be waited for still: it has no
/// loop that has done so.
bool CallExtractor::wasAwaited(const Expr *Value) const {
  return Value && Colors.isAwaitable(Value->getType()) && isAwaitedValue(Value);
}

/// The result of a promise that has been set already is there.
bool CallExtractor::isThere(const Expr *Waited, const State &Before) const {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Waited ? namedValue(Waited) : nullptr);
  if (Variable && Variable->isLocalVarDecl()) {
    auto Values = assignedValues(*Variable);
    Waited = Values && Values->size() == 1 ? Values->front() : nullptr;
  }
  std::optional<CallSite> Made = Waited ? CallSite::of(strip(Waited)) : std::nullopt;
  const model::FunctionRule *Rule = Made ? rule(*Made, Before) : nullptr;
  return Rule && Rule->MakesNonBlocking &&
         Rule->MakesNonBlocking->Index == model::ArgumentRef::Result;
}

bool CallExtractor::applyRule(facts::Call &Out, const CallSite &Site,
                              const model::FunctionRule &Rule, const State &Before) {
  if (!Rule.Does)
    return !Rule.Opaque;
  model::Decider Decide(
      Site, Models, Body.context(),
      [&](const Expr *Value) { return Before.NonBlocking.contains(namedValue(Value)); },
      [&](const Expr *Value) { return Before.Blocking.contains(namedValue(Value)); });
  Out.Primitive = Decide.effect(*Rule.Does);
  const Expr *Waited = Site.Object;
  if (!Waited && !Site.Arguments.empty())
    Waited = Site.Arguments.front();
  const ValueDecl *Value = Waited ? namedValue(Waited) : nullptr;
  // Done already: a second wait returns at once.
  if (Out.Primitive && Out.Primitive->What == facts::Effect::Waits &&
      ((Value && Before.Ready.contains(Value)) || wasAwaited(Waited) || isThere(Waited, Before)))
    Out.Primitive.reset();
  if (!Out.Primitive)
    return false;
  Out.Primitive->Name = Out.CalleeName = primitiveName(Site);
  if (Out.Primitive->What == facts::Effect::RunsLoop)
    Out.Primitive->OwnLoop = isOwn(Site.Object);
  if (mayDriveLoop(*Out.Primitive, Before))
    Out.Primitive->Sure = facts::Confidence::Low;
  else if (Out.Doubtful)
    Out.Primitive->Sure = std::min(Out.Primitive->Sure, facts::Confidence::Medium);
  Out.Primitive->OnlyTime = Rule.Sleeps.has_value();
  CallFixes Fixes(Body, Models, Colors, Text);
  Out.Mend = Rule.Sleeps ? Fixes.sleep(Site, *Rule.Sleeps) : Fixes.await(Site, Rule);
  return false;
}

bool CallExtractor::applyAnnotations(facts::Call &Out, const CallSite &Site) {
  if (!Site.Callee)
    return true;
  Annotations Said = Models.annotations(*Site.Callee);
  if (Said.Blocking) {
    Out.Primitive.emplace();
    Out.Primitive->Name = Out.CalleeName;
  }
  return !Said.Blocking && !Said.NonBlocking && !Said.Mixed;
}

const Expr *CallExtractor::taskOfHandle(const Expr &Handle) const {
  const auto *Asked = dyn_cast<CXXMemberCallExpr>(strip(&Handle));
  // A handle of the task's own promise becomes one of any.
  if (Asked && isa_and_nonnull<CXXConversionDecl>(Asked->getMethodDecl()))
    Asked = dyn_cast<CXXMemberCallExpr>(strip(Asked->getImplicitObjectArgument()));
  bool OfTask = Asked && Asked->getNumArgs() == 0 && !Colors.task(Asked->getType()) &&
                Colors.task(Asked->getImplicitObjectArgument()->getType());
  return OfTask ? Asked->getImplicitObjectArgument() : &Handle;
}

void CallExtractor::markTasks(const CallSite &Site, const model::FunctionRule &Rule) {
  model::Decider Decide(Site, Models, Body.context());
  for (const model::ConsumeRule &Use : Rule.Consumes) {
    bool Main = Use.How == model::ConsumeRule::Mode::Run && Body.kind() == facts::Kind::Function;
    bool Thread = Use.Runs == facts::Transfer::Thread;
    if (!Main && !Thread)
      continue;
    if (const Expr *Task = Decide.argument(Use.Argument))
      markTask(*Task, Main, Thread);
    if (Use.Argument.Index == model::ArgumentRef::Any)
      for (const Expr *Task : Site.Arguments)
        markTask(*Task, Main, Thread);
  }
}

void CallExtractor::markTask(const Expr &Given, bool Main, bool Thread) {
  MadeTasks Made(Body, Models);
  Made.add(taskOfHandle(Given));
  bool IsFirst = true; // the task itself, before its parts
  for (const Expr *One : Made.calls()) {
    if (auto Known = ByExpression.find(One); Known != ByExpression.end()) {
      Calls[Known->second].MakesMainTask |= Main && IsFirst;
      Calls[Known->second].MakesThreadTask |= Thread;
    }
    IsFirst = false;
  }
}

void CallExtractor::addOnce(const DeclStmt &Declared) {
  for (const Decl *One : Declared.decls())
    if (const auto *Variable = dyn_cast<VarDecl>(One))
      if (Variable->isStaticLocal() && Variable->getInit())
        Statics.push_back(Variable->getInit());
}

/// Marks the calls below \p Initialiser, which runs the first time only.
void CallExtractor::markOnce(const Stmt *Initialiser) {
  if (!Initialiser)
    return;
  if (auto Made = ByExpression.find(Initialiser); Made != ByExpression.end())
    doubt(Calls[Made->second]);
  if (!isa<LambdaExpr>(Initialiser))
    for (const Stmt *Child : Initialiser->children())
      markOnce(Child);
}

bool CallExtractor::isUnmodelled(const FunctionDecl &Callee) const {
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(Callee) || Callee.getBuiltinID() != 0 ||
      isStandard(Callee) || Callee.isImplicit() || Callee.isDefaulted() || Callee.isPureVirtual() ||
      Callee.getTemplateInstantiationPattern())
    return false;
  // What the headers of a library define is not followed; they mean no harm.
  if (Text.isSystem(Callee.getLocation()) && (Callee.hasBody() || Callee.hasSkippedBody()))
    return false;
  Annotations Said = Models.annotations(Callee);
  return !Said.Blocking && !Said.NonBlocking && !Said.Mixed;
}

std::vector<facts::Call> CallExtractor::take() {
  for (const Expr *Initialiser : Statics)
    markOnce(Initialiser);
  // What never suspends starts nothing up.
  if (!Suspends)
    for (facts::Call &One : Calls)
      One.BeforeFirstSuspension = false;
  llvm::stable_sort(Calls, [](const facts::Call &A, const facts::Call &B) {
    return std::tie(A.Where, A.CalleeName) < std::tie(B.Where, B.CalleeName);
  });
  return std::move(Calls);
}

} // namespace corolint
