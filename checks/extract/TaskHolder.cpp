// TaskHolder.cpp - which variables hold tasks, and when they are empty
#include "checks/extract/TaskHolder.h"

#include "checks/model/CallSite.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

std::optional<TaskType> TaskHolder::elements(QualType Type, const TaskFilter &Wanted,
                                             unsigned Depth) const {
  Type = Type.getNonReferenceType();
  if (const auto *Array = dyn_cast_or_null<ConstantArrayType>(Type->getAsArrayTypeUnsafe()))
    return Colors.task(Array->getElementType()) ? Wanted(Array->getElementType()) : std::nullopt;
  const auto *Record =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Type->getAsCXXRecordDecl());
  const model::TypeRule *Rule = Record ? Models.type(*Record) : nullptr;
  if (!Rule || !Rule->Container || Depth == 0 || model::isShared(*Record))
    return std::nullopt;
  auto In = [&](auto &&Self, ArrayRef<TemplateArgument> Arguments) -> std::optional<TaskType> {
    for (const TemplateArgument &Argument : Arguments) {
      std::optional<TaskType> Found;
      if (Argument.getKind() == TemplateArgument::Pack)
        Found = Self(Self, Argument.pack_elements());
      else if (Argument.getKind() == TemplateArgument::Type)
        Found = Colors.task(Argument.getAsType())
                    ? Wanted(Argument.getAsType())
                    : elements(Argument.getAsType(), Wanted, Depth - 1);
      if (Found)
        return Found;
    }
    return std::nullopt;
  };
  return In(In, Record->getTemplateArgs().asArray());
}

/// True when the task that \p Await gives is done: it has begun by itself, as what
/// as_future() gives back, or is of the type of what was awaited, as by resolve().
static bool givesItDone(const CoawaitExpr &Await, const Coroutines &Colors) {
  QualType Type = Await.getType();
  std::optional<TaskType> Task = Colors.task(Type);
  if (Task && Task->Rule.Starts == model::TaskRule::Start::Eager)
    return true;
  std::optional<CallSite> Site = CallSite::of(strip(Await.getOperand()));
  auto IsSame = [&](const Expr *Given) {
    return Type.getNonReferenceType().getCanonicalType().getUnqualifiedType() ==
           strip(Given)->getType().getCanonicalType().getUnqualifiedType();
  };
  return Site && ((Site->Object && IsSame(Site->Object)) || llvm::any_of(Site->Arguments, IsSame));
}

bool TaskHolder::isEmptyTask(const Expr *Init) const {
  const Expr *Value = Init ? strip(Init) : nullptr;
  if (!Value)
    return true;
  if (const auto *Await = dyn_cast<CoawaitExpr>(Value))
    return givesItDone(*Await, Colors);
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Value))
    return isEmptyTask(Cast->getSubExpr());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value))
    return Construct->getNumArgs() == 0 || isa<CXXDefaultArgExpr>(Construct->getArg(0)) ||
           Construct->getArg(0)->getType()->isNullPtrType();
  if (const auto *List = dyn_cast<InitListExpr>(Value))
    return List->getNumInits() == 0;
  return isa<CXXScalarValueInitExpr, CXXNullPtrLiteralExpr>(Value);
}

bool TaskHolder::bringsTask(const Expr *Argument) const {
  const Expr *Value = strip(Argument);
  if (!Value || isa<CXXDefaultArgExpr>(Argument))
    return false;
  if (const auto *New = dyn_cast<CXXNewExpr>(Value))
    return Colors.task(New->getAllocatedType()).has_value();
  if (isa<CXXConstructExpr, InitListExpr, CXXFunctionalCastExpr, CXXStdInitializerListExpr>(Value))
    return !isEmptyContainer(Value);
  return Colors.task(Value->getType()) ||
         elements(Value->getType(), [&](QualType Type) { return Colors.losesWork(Type); });
}

bool TaskHolder::isEmptyContainer(const Expr *Init) const {
  const Expr *Value = Init ? strip(Init) : nullptr;
  if (!Value)
    return true;
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Value))
    return isEmptyContainer(Cast->getSubExpr());
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(Value))
    return isEmptyContainer(List->getSubExpr());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value))
    return llvm::none_of(Construct->arguments(),
                         [&](const Expr *Argument) { return bringsTask(Argument); });
  if (const auto *List = dyn_cast<InitListExpr>(Value))
    return llvm::none_of(List->inits(), [&](const Expr *One) { return bringsTask(One); });
  return !isa<CallExpr>(Value) && !bringsTask(Value);
}

} // namespace corolint
