// CancelledTasks.cpp - tasks that are cancelled and then left
#include "checks/extract/CancelledTasks.h"

#include "checks/extract/Dataflow.h"
#include "checks/extract/StartedCoroutine.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

CancelledTasks::CancelledTasks(const FunctionBody &Body, const model::Model &Models,
                               const Coroutines &Colors)
    : Body(Body), Models(Models),
      Names(Body, Models, Colors, [&](QualType Type) { return Colors.task(Type); }),
      Uses(Body, Models, Names) {}

bool CancelledTasks::join(State &Into, const State &Other) const {
  bool Changed = false;
  for (unsigned I = 0; I < Into.size(); ++I) {
    if (Other[I].Shared && !Into[I].Shared)
      Changed = Into[I].Shared = true;
    if (!Into[I].Cancel && Other[I].Cancel) {
      Into[I].Cancel = Other[I].Cancel;
      Changed = true;
    }
  }
  return Changed;
}

/// False for a task that a group owns, and for another handle to a task.
bool CancelledTasks::isOwn(const Expr *Init) const {
  const Expr *Value = Init ? strip(Init) : nullptr;
  if (!Value || isa<DeclRefExpr, MemberExpr>(Value))
    return false;
  std::optional<CallSite> Site = CallSite::of(Value);
  const model::FunctionRule *Rule = Site ? ruleFor(*Site, Models, Body.context()) : nullptr;
  return !Rule ||
         llvm::none_of(Rule->Consumes, [](const model::ConsumeRule &Use) { return Use.Owned; });
}

bool CancelledTasks::cancels(const TaskUse &Use) const {
  std::optional<CallSite> Site =
      Use.What == TaskUse::Kind::Drive ? CallSite::of(Use.By) : std::nullopt;
  const model::FunctionRule *Rule = Site ? ruleFor(*Site, Models, Body.context()) : nullptr;
  return Rule && Rule->Cancels && Rule->Cancels->Index == model::ArgumentRef::Object;
}

/// True for an argument of a call that waits for what it only borrows.
static bool isLookedAfter(const TaskUse &Use, const DeclRefExpr &Named) {
  if (Use.What != TaskUse::Kind::Look || !Use.By || isa<CXXOperatorCallExpr>(Use.By))
    return false;
  std::optional<CallSite> Site = CallSite::of(Use.By);
  return Site && !(Site->Object && namedValue(Site->Object) == Named.getDecl());
}

/// True when the loop over a container, which \p Use begins, awaits in its body.
static bool awaitsEach(const TaskUse &Use, const FunctionBody &Body) {
  const auto *Loop = dyn_cast_or_null<CXXForRangeStmt>(Use.By ? Body.parent(Use.By) : nullptr);
  bool Awaits = false;
  if (Loop)
    eachPart(*Loop->getBody(), [&](const Stmt &Part) { Awaits |= isa<CoawaitExpr>(Part); });
  return Awaits;
}

void CancelledTasks::mention(State &Now, const DeclRefExpr &Named) const {
  std::optional<unsigned> Element = Names.containerOf(Named.getDecl());
  std::optional<unsigned> Which = Element ? Element : Names.index(Named.getDecl());
  if (!Which)
    return;
  TaskUse Use = Uses.of(Named);
  if (cancels(Use)) {
    if (!Now[*Which].Shared)
      Now[*Which].Cancel = Use.By;
    return;
  }
  bool Awaits = Use.What == TaskUse::Kind::Await || isLookedAfter(Use, Named) ||
                (Use.What == TaskUse::Kind::Iterate && awaitsEach(Use, Body));
  bool Leaves = Use.takes() && Use.What != TaskUse::Kind::Iterate &&
                Use.What != TaskUse::Kind::Drop && !Awaits;
  if (!Awaits && !Leaves)
    return;
  // A container may hold what another one holds: who awaits either has done it.
  bool Many = Names.variables()[*Which].IsContainer && Use.What != TaskUse::Kind::Drive;
  for (unsigned I = 0; I < Now.size(); ++I)
    if (I == *Which || (Many && Names.variables()[I].IsContainer))
      Now[I].Cancel = nullptr;
  if (Leaves)
    Now[*Which].Shared = true;
}

void CancelledTasks::step(State &Now, const CFGElement &Element) const {
  if (auto Death = Element.getAs<CFGAutomaticObjDtor>()) {
    Names.eachDeclared(Death->getVarDecl(), [&](unsigned Which) { Now[Which] = Task(); });
    return;
  }
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  const Expr *Value = nullptr;
  if (const auto *Declared = dyn_cast<DeclStmt>(Statement->getStmt())) {
    for (const Decl *One : Declared->decls())
      Names.eachDeclared(One, [&](unsigned Which) {
        const auto *Local = dyn_cast<VarDecl>(Names.variables()[Which].Declared);
        bool Holds = Names.variables()[Which].IsContainer || !Local;
        Now[Which] = {!Holds && !isOwn(Local->getInit()), nullptr};
      });
  } else if (const auto *Use = dyn_cast<DeclRefExpr>(Statement->getStmt())) {
    mention(Now, *Use);
  } else if (auto Which = Uses.assigned(Statement->getStmt(), Value)) {
    Now[*Which] = {!isOwn(Value), nullptr};
  }
}

void CancelledTasks::raise(State &Now, const CFGElement &Element, const CFGBlock &) const {
  // Naming a task throws nothing; awaiting it may, and then it has ended.
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement ||
      !isa<CallExpr, CXXConstructExpr, CoawaitExpr, CXXThrowExpr>(Statement->getStmt()))
    Now = entry();
}

void CancelledTasks::leave(const Task &Left, unsigned Which) {
  if (!Left.Cancel || Left.Shared)
    return;
  const TaskVariable &One = Names.variables()[Which];
  SourceRange Place = Left.Cancel->getSourceRange();
  if (llvm::none_of(Found, [&](const CancelledTask &Known) { return Known.Cancel == Place; }))
    Found.push_back({One.Declared, One.IsContainer, Place});
}

void CancelledTasks::visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
  if (auto Death = Element.getAs<CFGAutomaticObjDtor>())
    Names.eachDeclared(Death->getVarDecl(), [&](unsigned Which) { leave(Before[Which], Which); });
}

void CancelledTasks::finish(const State &AtExit) {
  for (unsigned I = 0; I < AtExit.size(); ++I)
    leave(AtExit[I], I);
}

std::vector<CancelledTask> findCancelledTasks(const FunctionBody &Body, const model::Model &Models,
                                              const Coroutines &Colors) {
  CancelledTasks Tasks(Body, Models, Colors);
  if (!Tasks.isNeeded())
    return {};
  runForward(Body, Tasks);
  return Tasks.take();
}

} // namespace corolint
