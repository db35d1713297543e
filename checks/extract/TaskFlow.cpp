// TaskFlow.cpp - what becomes of named tasks
#include "checks/extract/TaskFlow.h"

#include "checks/extract/Dataflow.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

TaskFlow::TaskFlow(const FunctionBody &Body, const model::Model &Models,
                   const Coroutines &Colors)
    : Body(Body), Models(Models), Colors(Colors), Holders(Models, Colors) {
  for (const ParmVarDecl *Parameter : Body.function().parameters())
    if (Parameter->getIdentifier() && !Parameter->getType()->isReferenceType() &&
        !Parameter->hasAttr<UnusedAttr>())
      track(*Parameter, /*IsParameter=*/true);
  for (const CFGBlock *Block : Body.cfg())
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (const auto *Declared = dyn_cast<DeclStmt>(Statement->getStmt()))
          for (const Decl *One : Declared->decls())
            if (const auto *Local = dyn_cast<VarDecl>(One))
              trackLocal(*Local);
}

void TaskFlow::track(const ValueDecl &Declared, bool IsParameter) {
  if (Index.contains(&Declared))
    return;
  Variable One{&Declared, {}};
  One.IsParameter = IsParameter;
  QualType Type = Declared.getType();
  std::optional<TaskType> Lost = Colors.losesWork(Type);
  // An awaitable that is no task may be an object of its own right, such as an
  // event: as a parameter it is not followed.
  if (Lost && IsParameter && !Colors.task(Type))
    return;
  if (!Lost) {
    Lost = Holders.elements(Type);
    One.IsContainer = Lost.has_value();
  }
  if (!Lost)
    return;
  One.Task = *Lost;
  Index[&Declared] = Tracked.size();
  Tracked.push_back(One);
}

void TaskFlow::trackLocal(const VarDecl &Local) {
  if (Local.isStaticLocal() || Local.getTLSKind() != VarDecl::TLS_None)
    return;
  const Expr *Init = Local.getInit();
  if (Local.getType()->isReferenceType()) {
    // A reference to a followed variable is another name of it; the names of
    // its parts take what is in it.
    if (isa<DecompositionDecl>(Local))
      return;
    if (std::optional<unsigned> Known = Init ? index(namedValue(Init)) : std::nullopt) {
      Index[&Local] = *Known;
      return;
    }
    const Expr *Inner = Init ? Init->IgnoreImplicit() : nullptr;
    if (!Inner || Inner->isGLValue())
      return;
  }
  if (const auto *Group = dyn_cast<DecompositionDecl>(&Local)) {
    if (!Local.getType()->isReferenceType())
      for (const BindingDecl *Binding : Group->bindings())
        if (Colors.task(Binding->getType()))
          track(*Binding, /*IsParameter=*/false);
    return;
  }
  bool IsTask = Colors.task(Local.getType()).has_value();
  if (!IsTask && Colors.isAwaitable(Local.getType())) {
    const Expr *Value = Init ? strip(Init) : nullptr;
    if (!isa_and_nonnull<CallExpr>(Value) || !Value->isPRValue())
      return;
  }
  track(Local, /*IsParameter=*/false);
}

std::optional<unsigned> TaskFlow::index(const ValueDecl *Named) const {
  auto Found = Named ? Index.find(Named) : Index.end();
  if (Found == Index.end())
    return std::nullopt;
  return Found->second;
}

TaskFlow::State TaskFlow::entry() const {
  State Out;
  for (const Variable &One : Tracked)
    Out.push_back(One.IsParameter ? Work : Nothing);
  return Out;
}

bool TaskFlow::join(State &Into, const State &Other) const {
  bool Changed = false;
  for (unsigned I = 0; I < Into.size(); ++I) {
    std::uint8_t Both = Into[I] | Other[I];
    Changed |= Both != Into[I];
    Into[I] = Both;
  }
  return Changed;
}

/// True for a copy of another task, which shares its work.
static bool isCopy(const Expr *Init) {
  const auto *Construct =
      Init ? dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit()) : nullptr;
  return Construct && Construct->getConstructor()->isCopyConstructor() &&
         Construct->getArg(0)->isLValue();
}

std::uint8_t TaskFlow::initialState(const Variable &Of, const Expr *Init) const {
  if (!Of.IsContainer && isCopy(Init))
    return Nothing;
  bool Empty = Of.IsContainer ? Holders.isEmptyContainer(Init) : Holders.isEmptyTask(Init);
  return Empty ? Nothing : Work;
}

/// Methods that may do the work although they are const and give a number:
/// what a task owns is behind a handle.
static bool isDriver(const CXXMethodDecl &Method) {
  static constexpr llvm::StringLiteral Names[] = {
      "get",  "result", "value", "resume", "wait",      "run",  "start", "join",
      "take", "next",   "poll",  "step",   "move_next", "send", "cancel", "stop"};
  return Method.isOverloadedOperator() ||
         (Method.getIdentifier() && llvm::is_contained(Names, Method.getName()));
}

/// Methods that only look: const, and the answer is a truth or a number.
static bool isObserver(const CXXMethodDecl *Method) {
  if (!Method || !Method->isConst() || isDriver(*Method))
    return false;
  QualType Returned = Method->getReturnType().getNonReferenceType();
  return Returned->isArithmeticType() || Returned->isEnumeralType() ||
         isa<CXXConversionDecl>(Method);
}

/// True for `task.done()` and its like.
static bool asksWhetherDone(const CXXMethodDecl &Method) {
  static constexpr llvm::StringLiteral Names[] = {
      "done",   "is_done",  "isDone",   "ready",       "is_ready",
      "isReady", "finished", "is_finished", "isFinished", "completed"};
  return Method.getIdentifier() && llvm::is_contained(Names, Method.getName());
}

void TaskFlow::branch(State &Now, const CFGBlock &From, bool Taken) const {
  const Expr *Test = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
  Test = Test ? strip(Test) : nullptr;
  while (const auto *Not = dyn_cast_or_null<UnaryOperator>(Test)) {
    if (Not->getOpcode() != UO_LNot)
      return;
    Taken = !Taken;
    Test = strip(Not->getSubExpr());
  }
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Test);
  auto Which = Call ? index(namedValue(Call->getImplicitObjectArgument())) : std::nullopt;
  if (!Which || Tracked[*Which].IsContainer || !Call->getMethodDecl())
    return;
  if (Taken && asksWhetherDone(*Call->getMethodDecl()))
    Now[*Which] = Gone; // someone has run it
  else if (!Taken && isa<CXXConversionDecl>(Call->getMethodDecl()))
    Now[*Which] = Nothing; // there is none
}

std::optional<unsigned> TaskFlow::filled(const Stmt *Statement) const {
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Statement);
  if (!Call || Call->getNumArgs() == 0)
    return std::nullopt;
  std::optional<unsigned> Which = index(namedValue(Call->getImplicitObjectArgument()));
  if (!Which || !Tracked[*Which].IsContainer)
    return std::nullopt;
  const Stmt *Parent = Body.parent(Call);
  while (isa_and_nonnull<ExprWithCleanups>(Parent))
    Parent = Body.parent(Parent);
  if (isa_and_nonnull<Expr>(Parent) || isa_and_nonnull<DeclStmt>(Parent))
    return std::nullopt;
  QualType Own = Tracked[*Which].Declared->getType().getNonReferenceType();
  for (const Expr *Argument : Call->arguments())
    if (Body.context().hasSameUnqualifiedType(
            Argument->getType().getNonReferenceType(), Own))
      return std::nullopt; // swap and the like
  return Which;
}

std::optional<unsigned> TaskFlow::assigned(const Stmt *Statement,
                                           const Expr *&Value) const {
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(Statement);
  if (!Call || Call->getOperator() != OO_Equal || Call->getNumArgs() != 2)
    return std::nullopt;
  Value = Call->getArg(1);
  return index(namedValue(Call->getArg(0)));
}

bool TaskFlow::callConsumes(const Stmt *Parent, const Expr *Value) const {
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Parent)) {
    if (Operator->getOperator() == OO_Equal)
      return Operator->getArg(0) != Value;
    return !Operator->isComparisonOp();
  }
  std::optional<CallSite> Site = CallSite::of(Parent);
  if (!Site)
    return true;
  model::Decider Decide(*Site, Models, Body.context(), [](const Expr *) { return false; });
  for (const model::FunctionRule *Rule : Models.rules(*Site))
    if (Decide.applies(*Rule)) {
      for (const model::ConsumeRule &Use : Rule->Consumes)
        // What is moved in is given away, whatever the callee means to do.
        if (Use.How == model::ConsumeRule::Mode::Borrow && !Value->isXValue() &&
            (Use.Argument.Index == model::ArgumentRef::Any ||
             Decide.argument(Use.Argument) == Value))
          return false;
      return true;
    }
  return true;
}

bool TaskFlow::consumes(const DeclRefExpr &Use) const {
  std::optional<unsigned> Which = index(Use.getDecl());
  const Expr *Value = &Use;
  while (const Stmt *Parent = Body.parent(Value)) {
    if (const auto *Member = dyn_cast<MemberExpr>(Parent)) {
      const Stmt *Call = Body.parent(Member);
      while (isa_and_nonnull<ParenExpr>(Call))
        Call = Body.parent(Call);
      const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
      return !Method || !isa_and_nonnull<CXXMemberCallExpr>(Call) ||
             !(isObserver(Method) || (Which && filled(Call)));
    }
    const auto *Around = dyn_cast<Expr>(Parent);
    if (!Around) // a statement of its own, or another name for it
      return isa<ReturnStmt, CoreturnStmt>(Parent) ||
             (isa<DeclStmt>(Parent) && [&] {
               const auto *Local = dyn_cast_or_null<VarDecl>(
                   cast<DeclStmt>(Parent)->isSingleDecl()
                       ? cast<DeclStmt>(Parent)->getSingleDecl() : nullptr);
               return !Local || !Local->getType()->isReferenceType() || !index(Local);
             }());
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Around)) {
      if (Cast->getType()->isVoidType())
        return true; // (void)task: the author says so
    } else if (const auto *Comma = dyn_cast<BinaryOperator>(Around)) {
      if (Comma->getOpcode() != BO_Comma)
        return true;
      if (Comma->getLHS() == Value)
        return false;
    } else if (const auto *Call = dyn_cast<CallExpr>(Around);
               Call && strip(Call) != Call) {
      // std::move and std::forward only rename
    } else if (isa<CallExpr>(Around)) {
      return callConsumes(Around, Value);
    } else if (!isa<ParenExpr, ImplicitCastExpr, MaterializeTemporaryExpr,
                    CXXBindTemporaryExpr, ExprWithCleanups, ConditionalOperator>(
                   Around)) {
      return true;
    }
    Value = Around;
  }
  return false;
}

void TaskFlow::step(State &Now, const CFGElement &Element) const {
  if (auto Statement = Element.getAs<CFGStmt>()) {
    const Stmt *Inner = Statement->getStmt();
    const Expr *Value = nullptr;
    if (const auto *Declared = dyn_cast<DeclStmt>(Inner)) {
      for (const Decl *One : Declared->decls()) {
        const auto *Local = dyn_cast<VarDecl>(One);
        if (const auto *Group = dyn_cast_or_null<DecompositionDecl>(Local)) {
          for (const BindingDecl *Binding : Group->bindings())
            if (auto Which = index(Binding))
              Now[*Which] = Work;
        } else if (Local) {
          auto Which = index(Local);
          if (Which && Tracked[*Which].Declared == Local)
            Now[*Which] = initialState(Tracked[*Which], Local->getInit());
        }
      }
    } else if (const auto *Use = dyn_cast<DeclRefExpr>(Inner)) {
      if (auto Which = index(Use->getDecl()); Which && consumes(*Use))
        Now[*Which] = Gone;
    } else if (auto Which = assigned(Inner, Value)) {
      Now[*Which] = initialState(Tracked[*Which], Value);
    } else if (auto Container = filled(Inner)) {
      Now[*Container] = Work;
    }
  } else if (auto Death = Element.getAs<CFGAutomaticObjDtor>()) {
    if (auto Which = index(Death->getVarDecl()))
      Now[*Which] = Gone;
    else if (const auto *Group = dyn_cast<DecompositionDecl>(Death->getVarDecl()))
      for (const BindingDecl *Binding : Group->bindings())
        if (auto Bound = index(Binding))
          Now[*Bound] = Gone;
  }
}

void TaskFlow::visit(const State &Before, const CFGElement &Element,
                     const CFGBlock &) {
  auto Dies = [&](std::optional<unsigned> Which) {
    if (Which && (Before[*Which] & Work))
      Tracked[*Which].LostSomewhere = true;
  };
  if (auto Death = Element.getAs<CFGAutomaticObjDtor>()) {
    Dies(index(Death->getVarDecl()));
    if (const auto *Group = dyn_cast<DecompositionDecl>(Death->getVarDecl()))
      for (const BindingDecl *Binding : Group->bindings())
        Dies(index(Binding));
    return;
  }
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  if (const auto *Use = dyn_cast<DeclRefExpr>(Statement->getStmt())) {
    if (auto Which = index(Use->getDecl()); Which && consumes(*Use))
      Tracked[*Which].Consumed = true;
    return;
  }
  const Expr *Value = nullptr;
  auto Which = assigned(Statement->getStmt(), Value);
  if (!Which || !(Before[*Which] & Work) || Tracked[*Which].IsContainer)
    return;
  const Variable &Old = Tracked[*Which];
  UnawaitedTask Out;
  Out.Variable = Old.Declared;
  Out.Task = Old.Task;
  Out.Lost = UnawaitedTask::How::Overwritten;
  Out.Certain = Before[*Which] == Work;
  Out.Overwriter = Statement->getStmt()->getSourceRange();
  Overwritten.push_back(Out);
}

void TaskFlow::finish(const State &AtExit) {
  for (unsigned I = 0; I < Tracked.size(); ++I)
    if (AtExit[I] & Work)
      Tracked[I].LostSomewhere = true;
}

std::vector<UnawaitedTask> TaskFlow::take() {
  std::vector<UnawaitedTask> Out = std::move(Overwritten);
  for (const Variable &One : Tracked) {
    if (!One.LostSomewhere || (One.IsContainer && One.Consumed))
      continue;
    UnawaitedTask Task;
    Task.Variable = One.Declared;
    Task.Task = One.Task;
    Task.Lost = One.Consumed ? UnawaitedTask::How::SomePath : UnawaitedTask::How::Never;
    Task.IsContainer = One.IsContainer;
    Task.IsParameter = One.IsParameter;
    Out.push_back(Task);
  }
  return Out;
}

std::vector<UnawaitedTask> findUnawaitedTasks(const FunctionBody &Body,
                                              const model::Model &Models,
                                              const Coroutines &Colors) {
  TaskFlow Tasks(Body, Models, Colors);
  if (!Tasks.isNeeded())
    return {};
  runForward(Body.cfg(), Tasks);
  return Tasks.take();
}

} // namespace corolint
