// CallExtractor.cpp - the call edges of one function
#include "checks/extract/CallExtractor.h"

#include "checks/extract/Callables.h"
#include "checks/model/Annotations.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

CallExtractor::CallExtractor(const FunctionBody &Body, const model::Model &Models,
                             const Coroutines &Colors, Sources &Text)
    : CallFlow(Body, Models), Colors(Colors), Text(Text) {}

/// The check that reports each effect; NOLINT names it.
static const char *const CheckOf[facts::EffectCount] = {
    "coro-blocking-call", "coro-sync-wait", "coro-nested-run", "coro-blocking-lock"};

facts::Call CallExtractor::start(const State &Before, SourceRange Where,
                                 const CFGBlock &Block) {
  facts::Call Out;
  Out.Where = Text.location(Where);
  Out.Path = !Body.canFinish(Block)  ? facts::Guard::NoReturn
             : Body.isCertain(Block) ? facts::Guard::Unconditional
                                     : facts::Guard::Conditional;
  Out.OffLoop = Before.OffLoop;
  Out.BeforeFirstSuspension = !Before.MaySuspended && !Before.MaySpawned;
  for (unsigned I = 0; I < facts::EffectCount; ++I)
    if (Text.isSuppressed(Where.getBegin(), CheckOf[I]))
      Out.Suppressed |= 1u << I;
  return Out;
}

void CallExtractor::visit(const State &Before, const CFGElement &Element,
                          const CFGBlock &Block) {
  if (std::optional<CFGStmt> Statement = Element.getAs<CFGStmt>()) {
    if (std::optional<CallSite> Site = CallSite::of(Statement->getStmt()))
      if (Seen.insert(Statement->getStmt()).second)
        visitCall(Before, *Site, Block);
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
  } else if (auto Temporary = Element.getAs<CFGTemporaryDtor>()) {
    Type = Temporary->getBindTemporaryExpr()->getType();
    Where = Temporary->getBindTemporaryExpr()->getSourceRange();
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
  visitDestruction(Before, Type, Where, Block, 4);
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

void CallExtractor::visitCall(const State &Before, const CallSite &Site,
                              const CFGBlock &Block) {
  const model::FunctionRule *Rule = rule(Site, Before);
  bool System = Site.Callee && Text.isSystem(Site.Callee->getLocation());
  if (System && !Rule && llvm::none_of(Site.Arguments, [](const Expr *Argument) {
        return isCallable(Argument->getType());
      }) && !isCallable(Site.Object ? Site.Object->getType() : QualType()))
    return;
  facts::Call Out = start(Before, rangeOf(Site), Block);
  if (Site.Callee)
    Out.CalleeName = displayName(*Site.Callee);
  bool BodyMatters = Rule ? applyRule(Out, Site, *Rule, Before)
                          : applyAnnotations(Out, Site);
  if (BodyMatters) {
    setTarget(Out, Site);
    addArguments(Out, Site);
  }
  addCallables(Out, Site, Rule);
  if (Rule)
    markMainTasks(Site, *Rule);
  if (Out.Callee.empty() && Out.How != facts::Dispatch::Pointer &&
      Out.How != facts::Dispatch::Parameter && !Out.Primitive && Out.Callables.empty())
    return;
  ByExpression[Site.Call] = Calls.size();
  Calls.push_back(std::move(Out));
}

bool CallExtractor::applyRule(facts::Call &Out, const CallSite &Site,
                              const model::FunctionRule &Rule,
                              const State &Before) {
  if (!Rule.Does)
    return !Rule.Opaque;
  model::Decider Decide(Site, Body.context(), [&](const Expr *Value) {
    return Before.NonBlocking.contains(namedValue(Value));
  });
  Out.Primitive = Decide.effect(*Rule.Does);
  const Expr *Waited = Site.Object;
  if (!Waited && !Site.Arguments.empty())
    Waited = Site.Arguments.front();
  const ValueDecl *Value = Waited ? namedValue(Waited) : nullptr;
  // Done already: a second wait returns at once.
  if (Out.Primitive && Out.Primitive->What == facts::Effect::Waits && Value &&
      Before.Ready.contains(Value))
    Out.Primitive.reset();
  if (!Out.Primitive)
    return false;
  Out.Primitive->Name = Out.CalleeName;
  if (const VarDecl *Object = Site.functionObject())
    Out.Primitive->Name = Out.CalleeName = qualifiedName(*Object);
  if (Rule.Sleeps)
    Out.Mend = sleepFix(Site, *Rule.Sleeps);
  return false;
}

bool CallExtractor::applyAnnotations(facts::Call &Out, const CallSite &Site) {
  if (!Site.Callee)
    return true;
  Annotations Said = Annotations::of(*Site.Callee);
  if (Said.Blocking) {
    Out.Primitive.emplace();
    Out.Primitive->Name = Out.CalleeName;
  }
  return !Said.Blocking && !Said.NonBlocking && !Said.Mixed;
}

/// True when another override may run than the one that is named.
static bool isDynamic(const CallSite &Site, const CXXMethodDecl *Method) {
  if (!Method || !Method->isVirtual() || !Site.Object)
    return false;
  const auto *Call = dyn_cast<CXXMemberCallExpr>(Site.Call);
  const auto *Member = Call ? dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens()) : nullptr;
  if (Member && Member->hasQualifier())
    return false;
  return !Method->getDevirtualizedMethod(Site.Object, /*IsAppleKext=*/false);
}

void CallExtractor::setTarget(facts::Call &Out, const CallSite &Site) {
  const auto *Call = dyn_cast<CallExpr>(Site.Call);
  // The called value: a parameter, a pointer, or a wrapper such as std::function.
  const Expr *Called = Site.Object;
  if (Call && !Site.Callee)
    Called = Call->getCallee();
  bool Wrapper = Site.Callee && Site.Object && isa<CXXOperatorCallExpr>(Site.Call) &&
                 Text.isSystem(Site.Callee->getLocation());
  if (Call && (!Site.Callee || Wrapper)) {
    if (std::optional<unsigned> Index = model::parameterOf(Called)) {
      Out.How = facts::Dispatch::Parameter;
      Out.Parameter = *Index;
      Out.CalleeName = namedValue(Called)->getNameAsString();
      return;
    }
    if (auto Targets = callableTargets(Called); Targets.size() == 1) {
      Out.Callee = programId(*Targets.front(), Body.context().getSourceManager());
      Out.CalleeName = displayName(*Targets.front());
      return;
    }
    QualType Type = Called->IgnoreParenImpCasts()->getType();
    if (!Site.Callee && Type->isFunctionPointerType()) {
      Out.How = facts::Dispatch::Pointer;
      Out.Type = Type->getPointeeType().getCanonicalType().getAsString();
      if (const ValueDecl *Value = namedValue(Called))
        Out.CalleeName = Value->getNameAsString();
    }
    return;
  }
  if (!Site.Callee || Text.isSystem(Site.Callee->getLocation()))
    return;
  const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
  const FunctionDecl *Target = Site.Callee;
  if (isa<CXXConstructorDecl>(Target))
    Out.How = facts::Dispatch::Constructor;
  else if (isDynamic(Site, Method))
    Out.How = facts::Dispatch::Virtual;
  else if (Method && Method->isVirtual() && Site.Object)
    if (const CXXMethodDecl *Final = Method->getDevirtualizedMethod(Site.Object, false))
      Target = Final;
  Out.Callee = programId(*Target, Body.context().getSourceManager());
}

void CallExtractor::addArguments(facts::Call &Out, const CallSite &Site) {
  if (Out.Callee.empty())
    return;
  for (auto [Index, Value] : llvm::enumerate(Site.Arguments)) {
    facts::Argument One;
    One.Index = Index;
    if (std::optional<unsigned> Parameter = model::parameterOf(Value))
      One.Parameter = *Parameter;
    else if (Value->getType()->isScalarType() || Value->getType()->isRecordType())
      One.Constant = model::constantOf(Value, Body.context());
    if (One.Constant || One.Parameter)
      Out.Arguments.push_back(One);
  }
}

void CallExtractor::addCallables(facts::Call &Out, const CallSite &Site,
                                 const model::FunctionRule *Rule) {
  model::Decider Decide(Site, Body.context(), [](const Expr *) { return false; });
  for (auto [Index, Value] : llvm::enumerate(Site.Arguments)) {
    facts::Callable One;
    One.Index = Index;
    auto Targets = callableTargets(Value);
    if (Targets.empty() && isCallable(Value->getType()))
      One.Parameter = model::parameterOf(Value);
    if (Targets.empty() && !One.Parameter)
      continue;
    for (const FunctionDecl *Target : Targets)
      One.Targets.push_back(programId(*Target, Body.context().getSourceManager()));
    if (Rule)
      for (const model::CallableRule &Use : Rule->Callables)
        if (Use.Argument.Index == model::ArgumentRef::Any ||
            Decide.argument(Use.Argument) == Value)
          One.How = Use.Runs;
    Out.Callables.push_back(std::move(One));
  }
}

void CallExtractor::markMainTasks(const CallSite &Site,
                                  const model::FunctionRule &Rule) {
  if (Body.kind() != facts::Kind::Function)
    return;
  model::Decider Decide(Site, Body.context(), [](const Expr *) { return false; });
  for (const model::ConsumeRule &Use : Rule.Consumes) {
    if (Use.How != model::ConsumeRule::Mode::Run)
      continue;
    const Expr *Task = Decide.argument(Use.Argument);
    auto Made = Task ? ByExpression.find(strip(Task)) : ByExpression.end();
    if (Made != ByExpression.end())
      Calls[Made->second].MakesMainTask = true;
  }
}

void CallExtractor::visitDestruction(const State &Before, QualType Type,
                                     SourceRange Where, const CFGBlock &Block,
                                     unsigned Depth) {
  Type = Body.context().getBaseElementType(Type.getNonReferenceType());
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition() || Depth == 0)
    return;
  Record = Record->getDefinition();
  const CXXDestructorDecl *Destructor = Record->getDestructor();
  if (!Destructor || Destructor->isTrivial())
    return;
  CallSite Site;
  Site.Callee = Destructor;
  const model::FunctionRule *Rule = rule(Site, Before);
  if (Rule || (Destructor->isUserProvided() && !Text.isSystem(Record->getLocation()))) {
    facts::Call Out = start(Before, Where, Block);
    Out.How = facts::Dispatch::Destructor;
    Out.CalleeName = displayName(*Destructor);
    if (!Rule || applyRule(Out, Site, *Rule, Before))
      Out.Callee = programId(*Destructor, Body.context().getSourceManager());
    if (Out.Primitive || !Out.Callee.empty())
      Calls.push_back(std::move(Out));
    return;
  }
  // An implicit destructor is what its parts' destructors are, and a container's
  // is what its elements' are.
  if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Record)) {
    const model::TypeRule *Known = Models.type(*Record);
    if (Known && Known->Container)
      for (const TemplateArgument &Argument : Special->getTemplateArgs().asArray())
        if (Argument.getKind() == TemplateArgument::Type)
          visitDestruction(Before, Argument.getAsType(), Where, Block, Depth - 1);
  }
  if (Text.isSystem(Record->getLocation()))
    return;
  for (const FieldDecl *Field : Record->fields())
    if (!Field->getType()->isReferenceType())
      visitDestruction(Before, Field->getType(), Where, Block, Depth - 1);
  for (const CXXBaseSpecifier &Base : Record->bases())
    visitDestruction(Before, Base.getType(), Where, Block, Depth - 1);
}

std::optional<facts::Fix> CallExtractor::sleepFix(const CallSite &Site,
                                                  const model::SleepRule &Rule) {
  using Unit = model::SleepRule::Unit;
  if (Body.kind() != facts::Kind::Coroutine)
    return std::nullopt;
  std::optional<TaskType> Task = Colors.task(Body.function().getReturnType());
  llvm::StringRef Template =
      Task && Task->From ? Models.sleepOf(*Task->From) : llvm::StringRef();
  model::Decider Decide(Site, Body.context(), [](const Expr *) { return false; });
  const Expr *Time = Decide.argument(Rule.Argument);
  const Stmt *Parent = Body.parent(Site.Call);
  if (Template.empty() || !Time || (Parent && isa<Expr>(Parent) && !isa<ExprWithCleanups>(Parent)))
    return std::nullopt;
  std::string Duration = Text.text(Time->getSourceRange()).str();
  switch (Rule.In) {
  case Unit::Duration:
    break;
  case Unit::Seconds:
    Duration = "std::chrono::seconds(" + Duration + ")";
    break;
  case Unit::Milliseconds:
    Duration = "std::chrono::milliseconds(" + Duration + ")";
    break;
  case Unit::Microseconds:
    Duration = "std::chrono::microseconds(" + Duration + ")";
    break;
  case Unit::TimePoint:
  case Unit::Other:
    return std::nullopt;
  }
  std::string Awaited = "co_await " + Template.str();
  std::size_t Hole = Awaited.find("{duration}");
  if (Hole == std::string::npos || Time->getBeginLoc().isMacroID())
    return std::nullopt;
  Awaited.replace(Hole, llvm::StringRef("{duration}").size(), Duration);
  std::optional<facts::Edit> Edit = Text.replace(Site.Call->getSourceRange(), Awaited);
  if (!Edit)
    return std::nullopt;
  return facts::Fix{"sleep without blocking the loop", true, {*Edit}};
}

std::vector<facts::Call> CallExtractor::take() {
  llvm::stable_sort(Calls, [](const facts::Call &A, const facts::Call &B) {
    return std::tie(A.Where, A.CalleeName) < std::tie(B.Where, B.CalleeName);
  });
  return std::move(Calls);
}

} // namespace corolint
