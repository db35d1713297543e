// NestedTasks.cpp - tasks that are the results of tasks
#include "checks/extract/NestedTasks.h"

#include "checks/extract/CallableResult.h"
#include "checks/extract/Fate.h"
#include "checks/extract/Functions.h"
#include "checks/extract/TaskExpr.h"
#include "checks/extract/WrittenParts.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

namespace {

/// Finds them in a function.
class NestedTasks {
public:
  NestedTasks(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  /// What is reached from the entry, one after the other.
  void look(const Stmt &Reached);

  std::vector<NestedTask> take() { return std::move(Found); }

private:
  bool isPending(QualType Type) const;
  void leave(const Expr &Operand);
  void call(const CallSite &Site);

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<NestedTask> Found;
};

} // namespace

static bool isSame(QualType A, QualType B) {
  return A->getCanonicalTypeUnqualified() == B->getCanonicalTypeUnqualified();
}

/// True for a task that has not begun, and does not begin by itself.
bool NestedTasks::isPending(QualType Type) const {
  if (Type.isNull() || Type->isReferenceType())
    return false;
  std::optional<TaskType> Task = Colors.task(Type);
  return Task && Task->Rule.Starts == model::TaskRule::Start::Lazy && Colors.losesWork(Type);
}

/// `co_return fetch();` in a coroutine whose result is a task.
void NestedTasks::leave(const Expr &Operand) {
  const FunctionDecl &Function = Body.function();
  QualType Result = taskResult(Function.getReturnType());
  if (Body.kind() != facts::Kind::Coroutine || !isPending(Result) ||
      !isSame(strip(&Operand)->getType(), Result))
    return;
  const Expr *Made = madeBy(&Operand);
  Found.push_back({Made ? Made : strip(&Operand), nullptr, NestedTask::How::Returned});
}

/// True when a callable among the arguments of \p Site returns a \p Task.
static bool isMadeByCallable(const CallSite &Site, QualType Task) {
  return llvm::any_of(Site.Arguments, [&](const Expr *Argument) {
    QualType Result = callableResult(Argument);
    return !Result.isNull() && isSame(Result, Task);
  });
}

static bool runsOnThread(const model::FunctionRule &Rule) {
  return llvm::any_of(Rule.Callables, [](const model::CallableRule &Use) {
    return Use.Runs == facts::Transfer::Thread;
  });
}

void NestedTasks::call(const CallSite &Site) {
  using Mode = model::ConsumeRule::Mode;
  model::Decider Decide(Site, Models, Body.context(), [](const Expr *) { return false; });
  const model::FunctionRule *Rule = nullptr;
  for (const model::FunctionRule *One : Models.rules(Site))
    if (!Rule && Decide.applies(*One))
      Rule = One;
  if (!Rule)
    return;
  // Who keeps the handle may ask it for the inner task.
  bool Whole = false;
  bool Alone = Site.Call->getType()->isVoidType() || fate(Site.Call, Body, Whole) != Fate::Used;
  for (const model::ConsumeRule &Use : Rule->Consumes) {
    if (!Alone || (Use.How != Mode::Spawn && Use.How != Mode::Detach))
      continue;
    for (const Expr *Argument : Site.Arguments) {
      const Expr *Outer = madeBy(Argument);
      if (Outer && Colors.task(Outer->getType()) && isPending(taskResult(Outer->getType())) &&
          Decide.names(Use.Argument, Argument))
        Found.push_back({Outer, Site.Callee, NestedTask::How::GivenOn});
    }
  }
  QualType Inner = taskResult(Site.Call->getType());
  if (!runsOnThread(*Rule) || !isPending(Inner) || !isMadeByCallable(Site, Inner))
    return;
  // Who awaits it has the inner task in hand, and drops or awaits it.
  const Stmt *Parent = Body.parent(Site.Call);
  while (
      isa_and_nonnull<ImplicitCastExpr, ParenExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr>(
          Parent))
    Parent = Body.parent(Parent);
  if (!isa_and_nonnull<CoawaitExpr>(Parent))
    Found.push_back({Site.Call, Site.Callee, NestedTask::How::Made});
}

void NestedTasks::look(const Stmt &Reached) {
  if (const auto *Return = dyn_cast<CoreturnStmt>(&Reached)) {
    if (Return->getOperand())
      leave(*Return->getOperand());
    return;
  }
  std::optional<CallSite> Site = CallSite::of(&Reached);
  if (Site && Site->Callee && isa<CallExpr>(Site->Call))
    call(*Site);
}

std::vector<NestedTask> findNestedTasks(const FunctionBody &Body, const model::Model &Models,
                                        const Coroutines &Colors) {
  // Templates pass on what they are given: their caller knows whether it is a task.
  if (isInstance(Body.function()))
    return {};
  NestedTasks Nested(Body, Models, Colors);
  forEachReached(Body, [&](const Stmt &Reached) { Nested.look(Reached); });
  return Nested.take();
}

} // namespace corolint
