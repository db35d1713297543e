// DiscardedTasks.cpp - tasks made and dropped in one expression
#include "checks/extract/DiscardedTasks.h"

#include "checks/extract/Dataflow.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

namespace {
enum class Fate : std::uint8_t { Used, Dropped, Voided };
} // namespace

/// True when \p Child stands as a statement in \p Parent, not as a condition.
static bool isStatementOf(const Stmt *Parent, const Stmt *Child,
                          const FunctionBody &Body) {
  if (const auto *Block = dyn_cast<CompoundStmt>(Parent)) {
    bool IsValue = isa_and_nonnull<StmtExpr>(Body.parent(Block)) &&
                   !Block->body_empty() && Block->body_back() == Child;
    return !IsValue;
  }
  if (const auto *If = dyn_cast<IfStmt>(Parent))
    return If->getThen() == Child || If->getElse() == Child || If->getInit() == Child;
  if (const auto *For = dyn_cast<ForStmt>(Parent))
    return For->getCond() != Child;
  if (const auto *While = dyn_cast<WhileStmt>(Parent))
    return While->getBody() == Child;
  if (const auto *Do = dyn_cast<DoStmt>(Parent))
    return Do->getBody() == Child;
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(Parent))
    return Range->getBody() == Child;
  return isa<SwitchCase, LabelStmt, AttributedStmt>(Parent);
}

/// `std::ignore = f()` says "dropped" in other words.
static bool isIgnore(const CXXOperatorCallExpr &Call) {
  if (Call.getOperator() != OO_Equal)
    return false;
  const ValueDecl *Target = namedValue(Call.getArg(0));
  return Target && qualifiedName(*Target) == "std::ignore";
}

/// Follows \p Value to what takes it. \p Whole: it is a statement of its own.
static Fate fate(const Expr *Value, const FunctionBody &Body, bool &Whole) {
  Whole = true;
  while (const Stmt *Parent = Body.parent(Value)) {
    const auto *Around = dyn_cast<Expr>(Parent);
    if (!Around)
      return isStatementOf(Parent, Value, Body) ? Fate::Dropped : Fate::Used;
    if (const auto *Cast = dyn_cast<CastExpr>(Around)) {
      if (Cast->getCastKind() == CK_ToVoid)
        return isa<ExplicitCastExpr>(Cast) ? Fate::Voided : Fate::Dropped;
      if (Cast->getCastKind() != CK_NoOp)
        return Fate::Used;
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(Around)) {
      Whole = false;
      if (Binary->getOpcode() != BO_Comma)
        return Fate::Used;
      if (Binary->getLHS() == Value)
        return Fate::Dropped;
    } else if (const auto *Choice = dyn_cast<ConditionalOperator>(Around)) {
      Whole = false;
      if (Choice->getCond() == Value)
        return Fate::Used;
    } else if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(Around)) {
      Whole = false;
      return isIgnore(*Call) ? Fate::Dropped : Fate::Used;
    } else if (!isa<ParenExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
                    ExprWithCleanups>(Around)) {
      return Fate::Used;
    }
    Value = Around;
  }
  return Fate::Used;
}

static bool mayDiscard(const Expr *Value, const FunctionBody &Body,
                       const model::Model &Models) {
  std::optional<CallSite> Site = CallSite::of(Value);
  if (!Site)
    return false;
  // `task.operator co_await();` in so many words is the protocol at work.
  if (Site->Callee && Site->Callee->getOverloadedOperator() == OO_Coawait)
    return true;
  model::Decider Decide(*Site, Models, Body.context(), [](const Expr *) { return false; });
  for (const model::FunctionRule *Rule : Models.rules(*Site))
    if (Decide.applies(*Rule))
      return Rule->MayDiscard;
  return false;
}

/// True when the code compiles with a co_await before \p Value.
static bool canAwait(const Expr *Value, const FunctionBody &Body,
                     const model::Model &Models) {
  const CoroutineBodyStmt *Coroutine = coroutineBody(Body.function());
  if (!Coroutine || Body.kind() != facts::Kind::Coroutine)
    return false;
  for (const Stmt *Parent = Body.parent(Value); Parent; Parent = Body.parent(Parent))
    if (isa<CXXCatchStmt>(Parent))
      return false; // [expr.await] forbids it in a handler
  if (!transformsAwaits(*Coroutine))
    return true;
  QualType Returned = Body.function().getReturnType();
  const model::TypeRule *Own = Models.type(Returned);
  const model::TypeRule *Other = Models.type(Value->getType());
  return isSameClass(Returned, Value->getType()) ||
         (Own && Other && Own->Library == Other->Library);
}

DiscardedTasks::DiscardedTasks(const FunctionBody &Body, const model::Model &Models,
                               const Coroutines &Colors)
    : Body(Body), Models(Models), Colors(Colors) {}

/// What a call or an await returns by value, or an object that is made on the
/// spot: a fluent method that returns a reference drops nothing.
static bool isMade(const Expr *Value) {
  return Value && Value->isPRValue() &&
         isa<CallExpr, CoawaitExpr, CXXTemporaryObjectExpr, CXXFunctionalCastExpr>(Value);
}

void DiscardedTasks::visit(State, const CFGElement &Element, const CFGBlock &) {
  auto Statement = Element.getAs<CFGStmt>();
  const auto *Value = Statement ? dyn_cast<Expr>(Statement->getStmt()) : nullptr;
  if (!isMade(Value))
    return;
  std::optional<TaskType> Task = Colors.losesWork(Value->getType());
  if (!Task)
    return;
  bool Whole = false;
  Fate What = fate(Value, Body, Whole);
  if (What == Fate::Used || mayDiscard(Value, Body, Models))
    return;
  Found.push_back({Value, *Task, What == Fate::Voided, Whole,
                   canAwait(Value, Body, Models)});
}

std::vector<DiscardedTask> findDiscardedTasks(const FunctionBody &Body,
                                              const model::Model &Models,
                                              const Coroutines &Colors) {
  DiscardedTasks Dropped(Body, Models, Colors);
  runForward(Body.cfg(), Dropped);
  return Dropped.take();
}

} // namespace corolint
