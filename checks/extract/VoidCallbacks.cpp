// VoidCallbacks.cpp - callables whose task nobody takes
#include "checks/extract/VoidCallbacks.h"

#include "checks/extract/CallableResult.h"
#include "checks/extract/WrittenParts.h"
#include "checks/model/Predicates.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

/// Finds them in a function.
class VoidCallbacks {
public:
  VoidCallbacks(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  /// What is reached from the entry, one after the other.
  void look(const Stmt &Reached);

  std::vector<VoidCallback> take() { return std::move(Found); }

private:
  void construct(const CXXConstructExpr &Made);
  void fill(const CallSite &Site);
  void pass(const CallSite &Site);
  void add(const Expr *Callable, const NamedDecl &Taker, bool Certain);

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<VoidCallback> Found;
};

} // namespace

void VoidCallbacks::add(const Expr *Callable, const NamedDecl &Taker, bool Certain) {
  QualType Result = callableResult(Callable);
  if (Result.isNull() || Result->isReferenceType() || !Colors.task(Result))
    return;
  std::optional<TaskType> Task = Colors.losesWork(Result);
  if (!Task)
    return;
  VoidCallback New{strip(Callable), *Task, &Taker, Certain && Task->Certain};
  // The wrapper that a function takes is made first: the function says more.
  auto Known =
      llvm::find_if(Found, [&](const VoidCallback &One) { return One.Callable == New.Callable; });
  if (Known == Found.end())
    Found.push_back(New);
  else if (isa<FunctionDecl>(Taker))
    *Known = New;
}

/// A class that names what it keeps, `Deferred<F>`, may well await it.
static bool names(const CXXRecordDecl &Record, QualType Kept) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Record);
  if (!Special)
    return false;
  Kept = Kept.getNonReferenceType().getUnqualifiedType();
  return llvm::any_of(Special->getTemplateArgs().asArray(), [&](const TemplateArgument &One) {
    return One.getKind() == TemplateArgument::Type &&
           Record.getASTContext().hasSameUnqualifiedType(One.getAsType().getNonReferenceType(),
                                                         Kept);
  });
}

/// `std::function<void()> f = g;`, also as the argument of a call.
void VoidCallbacks::construct(const CXXConstructExpr &Made) {
  const CXXConstructorDecl *Constructor = Made.getConstructor();
  const CXXRecordDecl *Record = Constructor->getParent();
  if (Made.getNumArgs() == 0 || Constructor->isCopyOrMoveConstructor())
    return;
  bool Signature = false;
  if (!dropsResult(*Record, Signature) || names(*Record, Made.getArg(0)->getType()))
    return;
  add(Made.getArg(0), *Record, Signature);
}

/// The first class among the template arguments of \p Record, also two levels
/// down, that drops what its callable returns.
static const CXXRecordDecl *heldDropper(const CXXRecordDecl &Record, unsigned Depth = 2) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Record);
  if (!Special || Depth == 0)
    return nullptr;
  for (const TemplateArgument &One : Special->getTemplateArgs().asArray()) {
    const CXXRecordDecl *Held =
        One.getKind() == TemplateArgument::Type ? One.getAsType()->getAsCXXRecordDecl() : nullptr;
    bool Signature = false;
    if (!Held || Held == &Record)
      continue;
    if (dropsResult(*Held, Signature) && Signature)
      return Held;
    if (const CXXRecordDecl *Inner = heldDropper(*Held, Depth - 1))
      return Inner;
  }
  return nullptr;
}

/// `on_close = g;`, `callbacks.emplace_back(g)`, `signal.connect(g)`.
void VoidCallbacks::fill(const CallSite &Site) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Site.Callee);
  if (!Method || !Site.Object || Method->getOverloadedOperator() == OO_Call ||
      isa<CXXConversionDecl>(Method))
    return;
  const CXXRecordDecl *Record = Method->getParent();
  bool Signature = false;
  const CXXRecordDecl *Taker = nullptr;
  bool Certain = true;
  if (dropsResult(*Record, Signature) && Signature) {
    Taker = Record;
    Certain = Method->getOverloadedOperator() == OO_Equal;
  } else if (const model::TypeRule *Rule = Models.type(*Record); Rule && Rule->Container) {
    Taker = heldDropper(*Record);
  }
  if (!Taker)
    return;
  for (const Expr *Argument : Site.Arguments)
    add(Argument, *Taker, Certain);
}

/// What a model says of \p Site.
void VoidCallbacks::pass(const CallSite &Site) {
  const VarDecl *Object = Site.functionObject();
  const NamedDecl &Taker = Object ? cast<NamedDecl>(*Object) : *Site.Callee;
  model::Decider Decide(Site, Models, Body.context(), [](const Expr *) { return false; });
  for (const model::FunctionRule *Rule : Models.rules(Site)) {
    if (!Decide.applies(*Rule))
      continue;
    for (const model::CallableRule &Use : Rule->Callables)
      if (Use.DropsResult)
        for (const Expr *Argument : Site.Arguments)
          if (Decide.names(Use.Argument, Argument))
            add(Argument, Taker, /*Certain=*/true);
    return;
  }
}

void VoidCallbacks::look(const Stmt &Reached) {
  std::optional<CallSite> Site = CallSite::of(&Reached);
  if (!Site)
    return;
  if (Site->Callee)
    pass(*Site);
  if (const auto *Made = dyn_cast<CXXConstructExpr>(&Reached))
    construct(*Made);
  else
    fill(*Site);
}

std::vector<VoidCallback> findVoidCallbacks(const FunctionBody &Body, const model::Model &Models,
                                            const Coroutines &Colors) {
  VoidCallbacks Callbacks(Body, Models, Colors);
  forEachReached(Body, [&](const Stmt &Reached) { Callbacks.look(Reached); });
  return Callbacks.take();
}

} // namespace corolint
