// DiscardedTasks.cpp - tasks made and dropped in one expression
#include "checks/extract/DiscardedTasks.h"

#include "checks/extract/ExpectedErrors.h"
#include "checks/extract/Fate.h"
#include "checks/extract/TaskExpr.h"
#include "checks/extract/TaskHolder.h"
#include "checks/extract/WrittenParts.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

/// Finds the expressions of a function that are reached and drop a task.
class DiscardedTasks {
public:
  DiscardedTasks(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors);

  /// What is reached from the entry, one after the other.
  void look(const Stmt &Reached);

  std::vector<DiscardedTask> take() { return std::move(Found); }

private:
  std::optional<TaskType> tasksIn(const Expr &Value) const;

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<DiscardedTask> Found;
};

} // namespace

/// True for what the compiler calls: one who calls it in so many words, as
/// `task.operator co_await();` or the promise of a base class, is at work on it.
static bool isProtocol(const FunctionDecl &Callee) {
  if (Callee.getOverloadedOperator() == OO_Coawait)
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  return Method && Method->getIdentifier() &&
         (Method->getName() == "initial_suspend" || Method->getName() == "final_suspend");
}

static bool mayDiscard(const Expr *Value, const FunctionBody &Body, const model::Model &Models) {
  std::optional<CallSite> Site = CallSite::of(Value);
  if (!Site)
    return false;
  if (Site->Callee && isProtocol(*Site->Callee))
    return true;
  model::Decider Decide(*Site, Models, Body.context(), [](const Expr *) { return false; });
  for (const model::FunctionRule *Rule : Models.rules(*Site))
    if (Decide.applies(*Rule))
      return Rule->MayDiscard;
  return false;
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

/// True for a call of what is annotated so, whatever it returns.
static bool mustAwait(const Expr *Value, const model::Model &Models) {
  std::optional<CallSite> Site = CallSite::of(Value);
  return Site && Site->Callee && Models.annotations(*Site->Callee).MustAwait;
}

/// The tasks in a container that \p Value makes. What the standard library
/// returns, as std::exchange(), is dropped to be rid of it, and those that an
/// await gives, as when_all() does, are done.
std::optional<TaskType> DiscardedTasks::tasksIn(const Expr &Value) const {
  if (isa<CoawaitExpr>(Value))
    return std::nullopt;
  TaskHolder Holders(Models, Colors);
  std::optional<TaskType> Found =
      Holders.elements(Value.getType(), [&](QualType Type) { return Colors.losesWork(Type); });
  const auto *Call = dyn_cast<CallExpr>(&Value);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  bool Kept = Callee ? isStandard(*Callee) : Holders.isEmptyContainer(&Value);
  return Found && !Kept ? Found : std::nullopt;
}

void DiscardedTasks::look(const Stmt &Reached) {
  const auto *Value = dyn_cast<Expr>(&Reached);
  if (!isMade(Value))
    return;
  std::optional<TaskType> Task = Colors.losesWork(Value->getType());
  bool Owned = false; // by what is dropped
  if (!Task && mustAwait(Value, Models))
    Task.emplace();
  else if (!Task)
    Owned = (Task = tasksIn(*Value)).has_value();
  if (!Task)
    return;
  bool Whole = false;
  Fate What = fate(Value, Body, Whole);
  if (What == Fate::Used || mayDiscard(Value, Body, Models))
    return;
  Found.push_back({Value, *Task, What == Fate::Voided, Whole,
                   !Owned && canAwait(Value, Body, Models), mayBeMadeToFail(*Value, Body)});
}

std::vector<DiscardedTask> findDiscardedTasks(const FunctionBody &Body, const model::Model &Models,
                                              const Coroutines &Colors) {
  DiscardedTasks Dropped(Body, Models, Colors);
  forEachReached(Body, [&](const Stmt &Reached) { Dropped.look(Reached); });
  return Dropped.take();
}

} // namespace corolint
