// GuardTypes.cpp - types that are locks, and types that hold them
#include "checks/extract/GuardTypes.h"

#include "checks/model/CallSite.h"
#include "checks/model/Predicates.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

bool ownsMutex(QualType Type, const model::Model &Models) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record && Record->hasDefinition() &&
         llvm::any_of(Record->getDefinition()->fields(),
                      [&](const FieldDecl *Field) { return isMutex(Field->getType(), Models); });
}

/// True when a template argument of \p Record is a mutex that models list, or
/// when the guard has none and its constructors take one.
static bool isOverMutex(const CXXRecordDecl &Record, const model::Model &Models) {
  auto Over = [&](auto &&Self, ArrayRef<TemplateArgument> Arguments) -> bool {
    return llvm::any_of(Arguments, [&](const TemplateArgument &Argument) {
      if (Argument.getKind() == TemplateArgument::Pack)
        return Self(Self, Argument.pack_elements());
      return Argument.getKind() == TemplateArgument::Type && isMutex(Argument.getAsType(), Models);
    });
  };
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Record);
  if (Special)
    return Over(Over, Special->getTemplateArgs().asArray());
  return Record.hasDefinition() && llvm::any_of(Record.ctors(), [&](const CXXConstructorDecl *One) {
           return llvm::any_of(One->parameters(), [&](const ParmVarDecl *Parameter) {
             return isMutex(Parameter->getType(), Models);
           });
         });
}

static bool holdsGuard(const CXXRecordDecl &Container, const model::Model &Models, unsigned Depth) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Container);
  return Special &&
         llvm::any_of(Special->getTemplateArgs().asArray(), [&](const TemplateArgument &Argument) {
           return Argument.getKind() == TemplateArgument::Type &&
                  guarding(Argument.getAsType(), Models, Depth - 1) != Guarding::None;
         });
}

Guarding guarding(QualType Type, const model::Model &Models, unsigned Depth) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || Depth == 0)
    return Guarding::None;
  if (const CXXRecordDecl *Defined = Record->getDefinition())
    Record = Defined;
  if (const model::TypeRule *Rule = Models.type(*Record)) {
    if (Rule->Container)
      return holdsGuard(*Record, Models, Depth) ? Guarding::ByMember : Guarding::None;
    if (!Rule->Guard || (Rule->Guard->OfMutex && !isOverMutex(*Record, Models)))
      return Guarding::None;
    return Guarding::Certain;
  }
  if (!Record->hasDefinition() || Record->isInStdNamespace() || Record->isLambda())
    return Guarding::None;
  bool Holds = llvm::any_of(Record->fields(), [&](const FieldDecl *Field) {
    return guarding(Field->getType(), Models, Depth - 1) != Guarding::None;
  });
  return Holds ? Guarding::ByMember : Guarding::None;
}

bool containsAwait(const Stmt *Statement) {
  if (!Statement || isa<LambdaExpr>(Statement))
    return false;
  return isa<CoawaitExpr>(Statement) || llvm::any_of(Statement->children(), containsAwait);
}

/// The initialiser that \p Value stands for, when that is written at a member.
static const Expr *asWritten(const Expr *Value) {
  const auto *Default = dyn_cast<CXXDefaultInitExpr>(Value);
  return Default ? Default->getExpr() : Value;
}

llvm::SmallVector<const Expr *, 4> written(const Expr *Value) {
  llvm::SmallVector<const Expr *, 4> Out;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value))
    Out.append(Construct->arg_begin(), Construct->arg_end());
  else if (const auto *List = dyn_cast<InitListExpr>(Value))
    for (const Expr *One : List->inits())
      Out.push_back(asWritten(One));
  return Out;
}

llvm::SmallVector<const Expr *, 4> madeGuards(const Expr *Value, const model::Model &Models) {
  llvm::SmallVector<const Expr *, 4> Out;
  const auto *Made = dyn_cast<CXXConstructExpr>(Value);
  const FunctionDecl *Defined = Made ? Made->getConstructor()->getDefinition() : nullptr;
  if (const auto *Constructor = dyn_cast_or_null<CXXConstructorDecl>(Defined))
    for (const CXXCtorInitializer *One : Constructor->inits())
      if (const FieldDecl *Member = One->getAnyMember();
          Member && guarding(Member->getType(), Models) != Guarding::None)
        Out.push_back(asWritten(One->getInit()));
  return Out;
}

/// True for std::defer_lock and its like.
static bool isDeferTag(const Expr *Argument, const model::Model &Models) {
  const model::TypeRule *Tag = Models.type(Argument->getType());
  return Tag && Tag->DeferTag;
}

bool bringsLock(const Expr *Argument, const model::Model &Models) {
  const Expr *Value = strip(Argument);
  while (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Value))
    Value = strip(Cast->getSubExpr());
  bool IsGuard = guarding(Value->getType(), Models) != Guarding::None;
  // A guard owns a pointer to the mutex, which it may have been made without.
  if (isMutex(Value->getType(), Models) || (!IsGuard && ownsMutex(Value->getType(), Models)))
    return true;
  if (!isa<CXXConstructExpr, InitListExpr>(Value))
    return IsGuard;
  llvm::SmallVector<const Expr *, 4> Written = written(Value);
  return llvm::any_of(Written, [&](const Expr *One) { return bringsLock(One, Models); }) &&
         llvm::none_of(Written, [&](const Expr *One) { return isDeferTag(One, Models); });
}

} // namespace corolint
