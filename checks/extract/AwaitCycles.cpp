// AwaitCycles.cpp - tasks that wait for themselves or for each other
#include "checks/extract/AwaitCycles.h"

#include "checks/extract/SpawnedTasks.h"
#include "checks/extract/TaskUses.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

namespace {
/// How many coroutines deep an awaited one is looked into.
constexpr unsigned Depth = 4;

/// A variable whose task a coroutine waits for.
struct Awaited {
  const ValueDecl *Variable;
  SourceRange Place;
};

/// Collects what a coroutine waits for, in its maker's names.
class AwaitedTasks {
public:
  AwaitedTasks(const model::Model &Models, const ASTContext &Context)
      : Models(Models), Context(Context) {}

  std::vector<Awaited> Found;
  bool AsksWhichRuns = false;

  void collect(const StartedCoroutine &Of, unsigned Left = Depth) {
    eachPart(Of.body(), [&](const Stmt &Part) {
      if (const auto *Await = dyn_cast<CoawaitExpr>(&Part))
        operand(*Await, Of, Left);
      if (std::optional<CallSite> Site = CallSite::of(&Part))
        if (const model::FunctionRule *Rule = ruleFor(*Site, Models, Context))
          AsksWhichRuns |= Rule->GivesRunningTask;
    });
  }

private:
  void add(const Expr &Named, const Expr &Await, const StartedCoroutine &Of) {
    if (const ValueDecl *Outer = Of.outer(&Named))
      Found.push_back({Outer, Await.getSourceRange()});
  }

  void operand(const CoawaitExpr &Await, const StartedCoroutine &Of, unsigned Left) {
    const Expr *Value = strip(Await.getOperand());
    if (const auto *Held = dyn_cast<CXXOperatorCallExpr>(Value);
        Held && Held->getOperator() == OO_Star)
      Value = strip(Held->getArg(0)); // in a std::optional
    if (namedValue(Value))
      return add(*Value, Await, Of);
    std::optional<CallSite> Site = CallSite::of(Value);
    const model::FunctionRule *Rule = Site ? ruleFor(*Site, Models, Context) : nullptr;
    if (Rule && !Rule->Consumes.empty()) {
      eachPart(*Value, [&](const Stmt &Part) {
        if (isa<DeclRefExpr, MemberExpr>(Part))
          add(cast<Expr>(Part), Await, Of);
      });
      return;
    }
    std::optional<StartedCoroutine> Callee = StartedCoroutine::of(Value);
    if (!Callee || Left == 0)
      return;
    AwaitedTasks Inner(Models, Context);
    Inner.collect(*Callee, Left - 1);
    AsksWhichRuns |= Inner.AsksWhichRuns;
    for (const Awaited &One : Inner.Found)
      found(One, Await, Of);
  }

  /// \p One is in the names of \p Of's body.
  void found(const Awaited &One, const CoawaitExpr &Await, const StartedCoroutine &Of) {
    if (isa<FieldDecl>(One.Variable)) {
      if (Of.SharesThis)
        Found.push_back({One.Variable, Await.getSourceRange()});
      return;
    }
    if (const ValueDecl *Outer = Of.outer(*One.Variable))
      Found.push_back({Outer, Await.getSourceRange()});
  }

  const model::Model &Models;
  const ASTContext &Context;
};

/// A variable that gets a task, and what the task waits for.
struct Made {
  const ValueDecl *Variable;
  SourceRange Place;
  std::vector<Awaited> Waits;
};
} // namespace

/// The variable that the value of \p Call is stored in.
static const ValueDecl *storedIn(const Expr &Call, const FunctionBody &Body) {
  const Expr *Value = &Call;
  while (const Stmt *Parent = Body.parent(Value)) {
    const auto *Around = dyn_cast<Expr>(Parent);
    if (!Around) {
      const auto *Declared = dyn_cast<DeclStmt>(Parent);
      return Declared && Declared->isSingleDecl() ? dyn_cast<VarDecl>(Declared->getSingleDecl())
                                                  : nullptr;
    }
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(Around))
      return Assign->getOperator() == OO_Equal && Assign->getArg(1) == Value
                 ? namedValue(Assign->getArg(0))
                 : nullptr;
    if (const auto *Fill = dyn_cast<CXXMemberCallExpr>(Around))
      return Fill->getMethodDecl() && Fill->getMethodDecl()->getParent()->isInStdNamespace()
                 ? namedValue(Fill->getImplicitObjectArgument())
                 : nullptr; // task.emplace(...)
    if (!isa<ParenExpr, ImplicitCastExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
             ExprWithCleanups, CXXConstructExpr>(Around))
      return nullptr;
    Value = Around;
  }
  return nullptr;
}

/// True for a variable that holds one task, not a container of many.
static bool holdsOne(const ValueDecl &Variable) {
  const CXXRecordDecl *Record = Variable.getType()->getAsCXXRecordDecl();
  return Record && !(Record->isInStdNamespace() && Record->getIdentifier() &&
                     Record->getName() != "optional");
}

static std::vector<Made> madeIn(const FunctionBody &Body, const model::Model &Models) {
  std::vector<Made> Out;
  for (const CFGBlock *Block : Body.cfg())
    for (const CFGElement &Element : *Block) {
      auto Statement = Element.getAs<CFGStmt>();
      const auto *Call = Statement ? dyn_cast<CallExpr>(Statement->getStmt()) : nullptr;
      std::optional<SpawnedTask> Spawn =
          Call ? spawnedBy(Call, Models, Body.context()) : std::nullopt;
      const ValueDecl *Variable = Spawn ? storedIn(*Call, Body) : nullptr;
      if (!Variable || !holdsOne(*Variable))
        continue;
      std::optional<StartedCoroutine> Child = Spawn->coroutine();
      if (!Child)
        continue;
      AwaitedTasks Waits(Models, Body.context());
      Waits.collect(*Child);
      if (!Waits.AsksWhichRuns)
        Out.push_back({Variable, Call->getSourceRange(), std::move(Waits.Found)});
    }
  return Out;
}

static const Awaited *waitFor(const Made &By, const ValueDecl *Variable) {
  for (const Awaited &One : By.Waits)
    if (One.Variable == Variable)
      return &One;
  return nullptr;
}

/// True when nothing but \p Use, in the whole function, names \p Variable.
static bool isOnlyUse(const VarDecl &Variable, const Expr &Use, const FunctionBody &Body) {
  unsigned Count = 0;
  for (const CFGBlock *Block : Body.cfg())
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (const auto *Named = dyn_cast<DeclRefExpr>(Statement->getStmt()))
          Count += Named->getDecl() == &Variable;
  return Count == 1 && namedValue(&Use) == &Variable;
}

/// Adds an await of something that holds the running task.
static void addOwnAwait(const CoawaitExpr &Await, const FunctionBody &Body,
                        const model::Model &Models, std::vector<AwaitCycle> &Out) {
  std::optional<CallSite> Site = CallSite::of(strip(Await.getOperand()));
  const model::FunctionRule *Rule = Site ? ruleFor(*Site, Models, Body.context()) : nullptr;
  if (!Rule || Rule->Consumes.empty())
    return;
  for (const Expr *Argument : Site->Arguments) {
    const Expr *Value = strip(Argument);
    if (const auto *Local = dyn_cast_or_null<VarDecl>(namedValue(Value));
        Local && Local->hasLocalStorage() && Local->getInit() && isOnlyUse(*Local, *Value, Body))
      Value = strip(Local->getInit());
    std::optional<CallSite> Inner = CallSite::of(Value);
    const model::FunctionRule *Gives = Inner ? ruleFor(*Inner, Models, Body.context()) : nullptr;
    if (Gives && Gives->GivesRunningTask)
      Out.push_back({nullptr, nullptr, Value->getSourceRange(), Await.getSourceRange(), {}});
  }
}

std::vector<AwaitCycle> findAwaitCycles(const FunctionBody &Body, const model::Model &Models) {
  std::vector<AwaitCycle> Out;
  if (Body.kind() == facts::Kind::Coroutine)
    for (const CFGBlock *Block : Body.cfg())
      for (const CFGElement &Element : *Block)
        if (auto Statement = Element.getAs<CFGStmt>())
          if (const auto *Await = dyn_cast<CoawaitExpr>(Statement->getStmt()))
            addOwnAwait(*Await, Body, Models, Out);
  std::vector<Made> All = madeIn(Body, Models);
  llvm::sort(All,
             [](const Made &A, const Made &B) { return A.Place.getBegin() < B.Place.getBegin(); });
  for (unsigned I = 0; I < All.size(); ++I) {
    if (const Awaited *Own = waitFor(All[I], All[I].Variable)) {
      Out.push_back({All[I].Variable, nullptr, All[I].Place, Own->Place, {}});
      continue;
    }
    for (unsigned J = I + 1; J < All.size(); ++J) {
      const Awaited *There = waitFor(All[I], All[J].Variable);
      const Awaited *Back = waitFor(All[J], All[I].Variable);
      if (There && Back && All[I].Variable != All[J].Variable)
        Out.push_back({All[I].Variable, All[J].Variable, All[I].Place, There->Place, Back->Place});
    }
  }
  return Out;
}

} // namespace corolint
