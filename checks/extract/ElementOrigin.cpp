// ElementOrigin.cpp - which shared container an expression refers into
#include "checks/extract/ElementOrigin.h"

#include "checks/extract/SharedPlaces.h"
#include "checks/model/CallSite.h"
#include "checks/model/Model.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

static const CXXRecordDecl *recordOf(QualType Type) {
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->hasDefinition() ? Record->getDefinition() : nullptr;
}

static bool has(const CXXRecordDecl &Record, DeclarationName Name) {
  if (!Record.lookup(Name).empty())
    return true;
  return llvm::any_of(Record.bases(), [&](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *Inherited = recordOf(Base.getType());
    return Inherited && has(*Inherited, Name);
  });
}

static bool hasNamed(const CXXRecordDecl &Record, llvm::StringRef Name) {
  return has(Record, &Record.getASTContext().Idents.get(Name));
}

bool isIterator(QualType Type) {
  const CXXRecordDecl *Record = recordOf(Type);
  if (!Record || !Record->hasTrivialDestructor())
    return false;
  DeclarationNameTable &Names = Record->getASTContext().DeclarationNames;
  return has(*Record, Names.getCXXOperatorName(OO_Star)) &&
         has(*Record, Names.getCXXOperatorName(OO_PlusPlus));
}

/// True for std::string_view, std::span and their like.
static bool isView(QualType Type) {
  const CXXRecordDecl *Record = recordOf(Type);
  return Record && Record->hasTrivialDestructor() && hasNamed(*Record, "data") &&
         hasNamed(*Record, "size") && !isContainer(Type);
}

/// The iterator of a pair that insert() and its like return.
static bool isInsertion(QualType Type) {
  const CXXRecordDecl *Record = recordOf(Type);
  if (!Record || !Record->isInStdNamespace() || !Record->getIdentifier() ||
      Record->getName() != "pair")
    return false;
  return llvm::any_of(Record->fields(),
                      [](const FieldDecl *Field) { return isIterator(Field->getType()); });
}

static const Expr *inner(const Expr *Value) {
  Value = strip(Value);
  while (const auto *Cast = dyn_cast_or_null<CXXFunctionalCastExpr>(Value))
    Value = strip(Cast->getSubExpr());
  // An iterator becomes a const iterator.
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Value);
  return Made && Made->getNumArgs() == 1 && isIterator(Made->getType()) &&
                 isIterator(Made->getArg(0)->getType())
             ? inner(Made->getArg(0))
             : Value;
}

std::optional<Followed> ElementOrigin::known(const Expr *Value) const {
  const auto *Named = dyn_cast_or_null<DeclRefExpr>(Value);
  if (!Named)
    return std::nullopt;
  const ValueDecl *Variable = Named->getDecl();
  if (const auto *Binding = dyn_cast<BindingDecl>(Variable))
    Variable = Binding->getDecomposedDecl();
  auto Found = Known.find({Variable, ""});
  if (Found == Known.end())
    return std::nullopt;
  Followed Out = Found->second;
  Out.From = Value;
  Out.Suspension = nullptr;
  return Out;
}

std::optional<Followed> ElementOrigin::container(const Expr *Value) const {
  if (!Value || !isContainer(Value->getType()))
    return std::nullopt;
  SharedPlace Place = sharedPlace(Value);
  // What a parameter refers to is the caller's, who awaits this coroutine.
  if (!Place || Place.OfParameter || Place.Declared->getType().isConstQualified())
    return std::nullopt;
  return Followed{Place.Declared, Value, nullptr, true};
}

std::optional<Followed> ElementOrigin::iterator(const Expr *Value) const {
  Value = inner(Value);
  if (std::optional<Followed> Known = known(Value))
    return Known;
  std::optional<CallSite> Site = Value ? CallSite::of(Value) : std::nullopt;
  if (!Site || !Site->Callee || !(isIterator(Value->getType()) || isInsertion(Value->getType())))
    return std::nullopt;
  if (Site->Object)
    return container(Site->Object);
  if (!Site->Callee->isInStdNamespace())
    return std::nullopt;
  for (const Expr *Argument : Site->Arguments) { // std::find and its like
    if (std::optional<Followed> Whole = container(strip(Argument)))
      return Whole;
    if (isIterator(Argument->getType()))
      return iterator(Argument);
  }
  return std::nullopt;
}

/// True for std::unique_ptr and its like.
static bool isSoleOwner(QualType Type) {
  const CXXRecordDecl *Record = recordOf(Type);
  return Record && hasNamed(*Record, "get") && hasNamed(*Record, "release") &&
         !model::isShared(*Record);
}

/// What the smart pointer \p Owner, an element of a container, points to.
std::optional<Followed> ElementOrigin::owned(const Expr *Owner) const {
  std::optional<Followed> Out = isSoleOwner(Owner->getType()) ? element(Owner) : std::nullopt;
  if (Out)
    Out->Owned = true;
  return Out;
}

std::optional<Followed> ElementOrigin::pointer(const Expr *Value) const {
  Value = inner(Value);
  if (std::optional<Followed> Known = known(Value))
    return Known;
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Value))
    return Unary->getOpcode() == UO_AddrOf ? element(Unary->getSubExpr()) : std::nullopt;
  if (const auto *Choice = dyn_cast_or_null<ConditionalOperator>(Value)) {
    std::optional<Followed> One = pointer(Choice->getTrueExpr());
    return One ? One : pointer(Choice->getFalseExpr());
  }
  std::optional<CallSite> Site = Value ? CallSite::of(Value) : std::nullopt;
  if (!Site || !Site->Callee || !Site->Object)
    return std::nullopt;
  std::string Name = Site->Callee->getNameAsString();
  if (Name == "get")
    return owned(Site->Object);
  if (Name == "data" || Name == "c_str") {
    std::optional<Followed> Whole = container(strip(Site->Object));
    return Whole ? Whole : element(Site->Object);
  }
  return std::nullopt;
}

std::optional<Followed> ElementOrigin::element(const Expr *Value) const {
  Value = strip(Value);
  if (std::optional<Followed> Known = known(Value))
    return isIterator(Value->getType()) || Value->getType()->isPointerType()
               ? std::nullopt
               : Known; // the element's members, by its name
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Value))
    return Unary->getOpcode() == UO_Deref ? pointer(Unary->getSubExpr()) : std::nullopt;
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Value)) {
    if (!isa<FieldDecl>(Member->getMemberDecl()) || Member->isImplicitAccess())
      return std::nullopt;
    const Expr *Base = strip(Member->getBase());
    if (const auto *Arrow = dyn_cast_or_null<CXXOperatorCallExpr>(Base);
        Member->isArrow() && Arrow && Arrow->getOperator() == OO_Arrow)
      return isIterator(Arrow->getArg(0)->getType()) ? iterator(Arrow->getArg(0))
                                                     : owned(Arrow->getArg(0));
    return Member->isArrow() ? pointer(Base) : element(Base);
  }
  std::optional<CallSite> Site = Value ? CallSite::of(Value) : std::nullopt;
  if (!Site || !Site->Callee || !Site->Object || !Value->isLValue())
    return std::nullopt;
  std::string Name = Site->Callee->getNameAsString();
  if (Name == "operator*")
    return isIterator(Site->Object->getType()) ? iterator(Site->Object) : owned(Site->Object);
  if (Name == "operator[]" || Name == "at" || Name == "front" || Name == "back" ||
      Name == "emplace_back" || Name == "emplace_front" || Name == "first" || Name == "last") {
    std::optional<Followed> Whole = container(strip(Site->Object));
    if (Whole)
      Whole->Moves = false;
    return Whole ? Whole : element(Site->Object);
  }
  return std::nullopt;
}

std::optional<Followed> ElementOrigin::view(const Expr *Value) const {
  Value = inner(Value);
  if (std::optional<Followed> Known = known(Value))
    return Known;
  const Expr *Of = nullptr;
  if (const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Value);
      Call && isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()))
    Of = strip(Call->getImplicitObjectArgument());
  else if (const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Value);
           Made && Made->getNumArgs() >= 1)
    Of = strip(Made->getArg(0));
  if (!Of || !isContainer(Of->getType()))
    return std::nullopt;
  std::optional<Followed> Whole = container(Of);
  return Whole ? Whole : element(Of);
}

std::optional<Followed> ElementOrigin::of(QualType Type, const Expr *Init) const {
  if (!Init)
    return std::nullopt;
  std::optional<Followed> Out;
  if (Type->isReferenceType() && Init->isLValue()) {
    Out = element(Init);
    if (Out)
      Out->Moves = false;
    return Out;
  }
  if (Type->isPointerType()) {
    Out = pointer(Init);
    if (Out)
      Out->Moves = false;
    return Out;
  }
  if (isIterator(Type.getNonReferenceType()) || isInsertion(Type.getNonReferenceType()))
    return iterator(Init);
  return isView(Type) ? view(Init) : std::nullopt;
}

} // namespace corolint
