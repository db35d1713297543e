// AwaitTwice.cpp - tasks that are used up twice
#include "checks/extract/AwaitTwice.h"

#include "checks/extract/Dataflow.h"
#include "checks/extract/ExpectedErrors.h"
#include "checks/extract/WrittenParts.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint {

/// Set for a task that gives its result once. Without a model, one whose
/// copies share its work is taken for one that may be awaited again.
static std::optional<TaskType> singleShot(const Coroutines &Colors, QualType Type) {
  std::optional<TaskType> Task = Colors.task(Type);
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Task || !Record || Task->Rule.Reawaitable)
    return std::nullopt;
  const CXXRecordDecl *Defined = Record->getDefinition();
  bool Copies = Defined && llvm::any_of(Defined->ctors(), [](const CXXConstructorDecl *One) {
                  return One->isCopyConstructor() && !One->isDeleted();
                });
  bool ImplicitCopy = Defined && Defined->needsImplicitCopyConstructor() &&
                      !Defined->defaultedCopyConstructorIsDeleted();
  if (!Task->From && (Copies || ImplicitCopy))
    return std::nullopt;
  return Task;
}

AwaitTwice::AwaitTwice(const FunctionBody &Body, const model::Model &Models,
                       const Coroutines &Colors)
    : Body(Body), Models(Models),
      Names(
          Body, Models, Colors, [&](QualType Type) { return singleShot(Colors, Type); },
          /*RvalueReferences=*/true),
      Uses(Body, Models, Names) {}

bool AwaitTwice::join(State &Into, const State &Other) const {
  bool Changed = false;
  for (unsigned I = 0; I < Into.size(); ++I) {
    std::uint8_t Both = Into[I].Holds | Other[I].Holds;
    Changed |= Both != Into[I].Holds;
    Into[I].Holds = Both;
    if (!Into[I].By)
      Into[I].By = Other[I].By;
  }
  return Changed;
}

/// True when awaiting \p Use as an lvalue resumes the coroutine each time: the
/// await_ready() of its awaiter is the constant false.
static bool alwaysResumes(const DeclRefExpr &Use, const FunctionBody &Body) {
  const Stmt *Around = &Use;
  while (Around && !isa<CoawaitExpr>(Around))
    Around = Body.parent(Around);
  const auto *Await = cast_or_null<CoawaitExpr>(Around);
  const Expr *Ready = Await ? Await->getReadyExpr() : nullptr;
  const auto *Call = dyn_cast_or_null<CallExpr>(Ready ? Ready->IgnoreImplicit() : nullptr);
  const FunctionDecl *Defined = nullptr;
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  const auto *Block =
      Callee && Callee->hasBody(Defined) ? dyn_cast<CompoundStmt>(Defined->getBody()) : nullptr;
  const auto *Return =
      Block && Block->size() == 1 ? dyn_cast<ReturnStmt>(Block->body_front()) : nullptr;
  const auto *Literal = Return && Return->getRetValue()
                            ? dyn_cast<CXXBoolLiteralExpr>(strip(Return->getRetValue()))
                            : nullptr;
  return Literal && !Literal->getValue();
}

/// A call that takes an rvalue reference may leave it alone, and tell so.
AwaitTwice::Effect AwaitTwice::givenTo(const TaskUse &Use) const {
  if (!Use.Moved)
    return Effect::Unclear;
  if (isa<CXXConstructExpr, InitListExpr, ReturnStmt, CoreturnStmt, LambdaExpr>(Use.By))
    return Effect::UsesUp;
  const auto *Call = dyn_cast<CallExpr>(Use.By);
  if (!Call)
    return Effect::Unclear;
  QualType Returned = Call->getType();
  if (isa<CXXOperatorCallExpr>(Call) || Returned->isVoidType())
    return Effect::UsesUp;
  const CXXRecordDecl *Record = Returned->getAsCXXRecordDecl();
  return Record && !Record->isInStdNamespace() ? Effect::UsesUp : Effect::Unclear;
}

/// A method that takes the result, or the task: `std::move(task).via(pool)`.
AwaitTwice::Effect AwaitTwice::asked(const TaskUse &Use) const {
  std::optional<CallSite> Site = CallSite::of(Use.By);
  const model::FunctionRule *Rule = Site ? ruleFor(*Site, Models, Body.context()) : nullptr;
  if (Rule && Rule->GivesResultOf)
    return Effect::UsesUp;
  const auto *Method = Site ? dyn_cast_or_null<CXXMethodDecl>(Site->Callee) : nullptr;
  return Use.Moved && Method && Method->getRefQualifier() == RQ_RValue ? Effect::UsesUp
                                                                       : Effect::Unclear;
}

AwaitTwice::Effect AwaitTwice::effect(const DeclRefExpr &Named, SecondUse::How &How) const {
  // A test that a second use fails, or one that runs in a process of its own.
  if (isTriedByMacro(Named, Body))
    return Effect::Unclear;
  TaskUse Use = Uses.of(Named);
  switch (Use.What) {
  case TaskUse::Kind::Await:
    How = SecondUse::How::Awaited;
    return Use.Moved || alwaysResumes(Named, Body) ? Effect::UsesUp : Effect::None;
  case TaskUse::Kind::Give: {
    // An await_transform() may take the task by value.
    const Stmt *Around = Use.By;
    while (
        isa_and_nonnull<CXXConstructExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr>(Around))
      Around = Body.parent(Around);
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Around);
    const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
    bool Awaits = isa_and_nonnull<CoawaitExpr>(Around) ||
                  (Method && Method->getIdentifier() && Method->getName() == "await_transform");
    How = Awaits ? SecondUse::How::Awaited : SecondUse::How::Moved;
    return givenTo(Use);
  }
  case TaskUse::Kind::Drive:
    How = SecondUse::How::Asked;
    return asked(Use);
  case TaskUse::Kind::Lend:
  case TaskUse::Kind::Iterate:
    return Effect::Unclear;
  default:
    return Effect::None;
  }
}

void AwaitTwice::step(State &Now, const CFGElement &Element) const {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  const Expr *Value = nullptr;
  if (const auto *Declared = dyn_cast<DeclStmt>(Statement->getStmt())) {
    for (const Decl *One : Declared->decls())
      Names.eachDeclared(One, [&](unsigned Which) { Now[Which] = Task(); });
  } else if (const auto *Use = dyn_cast<DeclRefExpr>(Statement->getStmt())) {
    std::optional<unsigned> Which = Names.index(Use->getDecl());
    SecondUse::How How;
    Effect Does = Which ? effect(*Use, How) : Effect::None;
    if (Does == Effect::UsesUp)
      Now[*Which] = {Task::Used, Use};
    else if (Does == Effect::Unclear)
      Now[*Which] = Task();
  } else if (auto Which = Uses.assigned(Statement->getStmt(), Value)) {
    Now[*Which] = Task();
  }
}

void AwaitTwice::branch(State &Now, const CFGBlock &From, bool) const {
  // Who tests the task knows whether it is used up.
  const Expr *Test = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
  Test = Test ? strip(Test) : nullptr;
  while (const auto *Not = dyn_cast_or_null<UnaryOperator>(Test))
    Test = strip(Not->getSubExpr());
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Test);
  auto Which = Call ? Names.index(namedValue(Call->getImplicitObjectArgument())) : std::nullopt;
  if (Which)
    Now[*Which] = Task();
}

/// True when a condition decides whether \p Second, but not \p First, is reached.
bool AwaitTwice::isConditional(const Stmt &Second, const Stmt &First) const {
  llvm::SmallPtrSet<const Stmt *, 16> AroundFirst;
  if (&Second != &First)
    for (const Stmt *Up = &First; Up; Up = Body.parent(Up))
      AroundFirst.insert(Up);
  const Stmt *Below = &Second;
  for (const Stmt *Up = Body.parent(Below); Up; Below = Up, Up = Body.parent(Up)) {
    bool IsLoop = isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(Up);
    if (AroundFirst.contains(Up) || (&Second == &First && IsLoop))
      return false;
    if (const auto *If = dyn_cast<IfStmt>(Up); If && If->getCond() != Below)
      return true;
    if (const auto *Logic = dyn_cast<BinaryOperator>(Up);
        Logic && Logic->isLogicalOp() && Logic->getRHS() == Below)
      return true;
    if (isa<SwitchStmt, CXXCatchStmt, AbstractConditionalOperator>(Up) || IsLoop)
      return true;
  }
  return false;
}

/// True when a lambda may put another task into \p Variable.
bool AwaitTwice::isShared(const ValueDecl &Variable) const {
  return anyPart(Body.function().getBody(), [&](const Stmt &Part) {
    const auto *Lambda = dyn_cast<LambdaExpr>(&Part);
    return Lambda && llvm::any_of(Lambda->captures(), [&](const LambdaCapture &One) {
             return One.capturesVariable() && One.getCaptureKind() == LCK_ByRef &&
                    One.getCapturedVar() == &Variable;
           });
  });
}

void AwaitTwice::visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
  auto Statement = Element.getAs<CFGStmt>();
  const auto *Use = Statement ? dyn_cast<DeclRefExpr>(Statement->getStmt()) : nullptr;
  std::optional<unsigned> Which = Use ? Names.index(Use->getDecl()) : std::nullopt;
  if (!Which || Names.variables()[*Which].IsContainer || !(Before[*Which].Holds & Task::Used))
    return;
  SecondUse Out;
  if (effect(*Use, Out.Second) != Effect::UsesUp || isShared(*Names.variables()[*Which].Declared))
    return;
  const DeclRefExpr &First = *Before[*Which].By;
  effect(First, Out.First);
  Out.Variable = Names.variables()[*Which].Declared;
  Out.FirstPlace = First.getSourceRange();
  Out.SecondPlace = Use->getSourceRange();
  Out.InLoop = Use == &First;
  Out.Certain = Before[*Which].Holds == Task::Used || !isConditional(*Use, First);
  Found.push_back(Out);
}

std::vector<SecondUse> findSecondUses(const FunctionBody &Body, const model::Model &Models,
                                      const Coroutines &Colors) {
  AwaitTwice Tasks(Body, Models, Colors);
  if (!Tasks.isNeeded())
    return {};
  runForward(Body, Tasks);
  return Tasks.take();
}

} // namespace corolint
