// MadeTasks.cpp - the calls that made what a task is
#include "checks/extract/MadeTasks.h"

#include "checks/extract/TaskUses.h"
#include "checks/model/Predicates.h"

#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace corolint {

/// Finds what is put into a variable, or assigned to it.
class MadeTasks::Filling : public RecursiveASTVisitor<Filling> {
public:
  explicit Filling(const VarDecl &Local) : Local(Local) {}

  llvm::SmallVector<const Expr *, 4> Values;

  bool VisitCallExpr(CallExpr *Call) {
    std::optional<CallSite> Site = CallSite::of(Call);
    if (Site && Site->Object && namedValue(Site->Object) == &Local)
      Values.append(Site->Arguments.begin(), Site->Arguments.end());
    return true;
  }

private:
  const VarDecl &Local;
};

void MadeTasks::add(const Expr *Task) {
  const Expr *Inner = Task ? strip(Task) : nullptr;
  if (!Inner)
    return;
  if (const auto *Local = dyn_cast_or_null<VarDecl>(namedValue(Inner))) {
    if (Local->isLocalVarDecl() && Locals.insert(Local).second)
      addHeld(*Local);
  } else if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(Inner)) {
    add(List->getSubExpr());
  } else if (const auto *Values = dyn_cast<InitListExpr>(Inner)) {
    for (const Expr *One : Values->inits())
      add(One);
  } else if (std::optional<CallSite> Site = CallSite::of(Inner)) {
    if (Calls.insert(Inner))
      addParts(*Site);
  }
}

/// A container is made of its elements, and what waits for several tasks of those.
void MadeTasks::addParts(const CallSite &Site) {
  const auto *Made = dyn_cast<CXXConstructExpr>(Site.Call);
  const model::TypeRule *Type = Made ? Models.type(Made->getType()) : nullptr;
  if (Type && Type->Container)
    for (const Expr *Argument : Site.Arguments)
      add(Argument);
  const model::FunctionRule *Rule = ruleFor(Site, Models, Body.context());
  if (!Rule)
    return;
  model::Decider Decide(Site, Models, Body.context());
  for (const model::ConsumeRule &Use : Rule->Consumes) {
    if (Use.How != model::ConsumeRule::Mode::Gather)
      continue;
    for (const Expr *Argument : Site.Arguments)
      if (Decide.names(Use.Argument, Argument))
        add(Argument);
    if (Use.Argument.Index == model::ArgumentRef::Object)
      add(Site.Object);
  }
}

void MadeTasks::addHeld(const VarDecl &Local) {
  add(Local.getInit());
  Filling Walk(Local);
  Walk.TraverseStmt(Body.function().getBody());
  for (const Expr *Value : Walk.Values)
    add(Value);
}

} // namespace corolint
