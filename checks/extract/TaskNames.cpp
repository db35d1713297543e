// TaskNames.cpp - which names of a function stand for which tasks
#include "checks/extract/TaskNames.h"

#include "checks/model/CallSite.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

TaskNames::TaskNames(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors,
                     TaskFilter Wanted, bool RvalueReferences)
    : Body(Body), Colors(Colors), Wanted(std::move(Wanted)), Holders(Models, Colors) {
  for (const ParmVarDecl *Parameter : Body.function().parameters())
    if (Parameter->getIdentifier() && !Parameter->hasAttr<UnusedAttr>() &&
        (!Parameter->getType()->isReferenceType() ||
         (RvalueReferences && Parameter->getType()->isRValueReferenceType())))
      track(*Parameter, /*IsParameter=*/true);
  // From the entry on: a name is known before what is another name of it.
  for (auto Block = Body.cfg().rbegin(); Block != Body.cfg().rend(); ++Block)
    for (const CFGElement &Element : **Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (const auto *Declared = dyn_cast<DeclStmt>(Statement->getStmt()))
          for (const Decl *One : Declared->decls())
            if (const auto *Local = dyn_cast<VarDecl>(One))
              trackLocal(*Local, *Declared);
}

void TaskNames::track(const ValueDecl &Declared, bool IsParameter) {
  if (Index.contains(&Declared))
    return;
  TaskVariable One{&Declared, {}};
  One.IsParameter = IsParameter;
  QualType Type = Declared.getType();
  std::optional<TaskType> Found = Wanted(Type);
  // An awaitable that is no task may be an object of its own right, such as an
  // event: as a parameter it is not followed.
  if (Found && IsParameter && !Colors.task(Type))
    return;
  if (!Found) {
    Found = Holders.elements(Type, Wanted);
    One.IsContainer = Found.has_value();
  }
  if (!Found)
    return;
  One.Task = *Found;
  Index[&Declared] = Tracked.size();
  Tracked.push_back(One);
}

bool TaskNames::isOtherName(const VarDecl &Local) {
  // The names of parts take what is in the whole.
  if (isa<DecompositionDecl>(Local) || Elements.contains(&Local))
    return true;
  const Expr *Init = Local.getInit();
  if (std::optional<unsigned> Known = Init ? index(namedValue(Init)) : std::nullopt) {
    Index[&Local] = *Known;
    return true;
  }
  const Expr *Inner = Init ? Init->IgnoreImplicit() : nullptr;
  return !Inner || Inner->isGLValue();
}

void TaskNames::trackLocal(const VarDecl &Local, const DeclStmt &Where) {
  if (Local.isStaticLocal() || Local.getTLSKind() != VarDecl::TLS_None)
    return;
  const auto *Loop = dyn_cast_or_null<CXXForRangeStmt>(Body.parent(&Where));
  if (Loop && Loop->getLoopVariable() == &Local)
    if (auto Container = index(namedValue(Loop->getRangeInit())))
      Elements[&Local] = *Container;
  if (Local.getType()->isReferenceType() && isOtherName(Local))
    return;
  if (const auto *Group = dyn_cast<DecompositionDecl>(&Local)) {
    for (const BindingDecl *Binding : Group->bindings())
      if (Colors.task(Binding->getType()) || Holders.elements(Binding->getType(), Wanted))
        track(*Binding, /*IsParameter=*/false);
    return;
  }
  // An awaitable that is no task counts when something made it for us.
  if (!Colors.task(Local.getType()) && Colors.isAwaitable(Local.getType())) {
    const Expr *Value = Local.getInit() ? strip(Local.getInit()) : nullptr;
    const auto *Call = dyn_cast_or_null<CallExpr>(Value);
    if (!Call || !Call->isPRValue() || Local.hasAttr<UnusedAttr>())
      return;
    // The awaiter of what stays the task: the protocol by hand.
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (Callee && Callee->getOverloadedOperator() == OO_Coawait)
      return;
  }
  track(Local, /*IsParameter=*/false);
}

std::optional<unsigned> TaskNames::index(const ValueDecl *Named) const {
  auto Found = Named ? Index.find(Named) : Index.end();
  if (Found == Index.end())
    return std::nullopt;
  return Found->second;
}

std::optional<unsigned> TaskNames::containerOf(const ValueDecl *Element) const {
  auto Found = Element ? Elements.find(Element) : Elements.end();
  if (Found == Elements.end())
    return std::nullopt;
  return Found->second;
}

void TaskNames::eachDeclared(const Decl *Declared, llvm::function_ref<void(unsigned)> Do) const {
  if (const auto *Group = dyn_cast_or_null<DecompositionDecl>(Declared)) {
    for (const BindingDecl *Binding : Group->bindings())
      if (auto Which = index(Binding))
        Do(*Which);
    return;
  }
  const auto *Local = dyn_cast_or_null<ValueDecl>(Declared);
  auto Which = index(Local);
  if (Which && Tracked[*Which].Declared == Local)
    Do(*Which);
}

} // namespace corolint
