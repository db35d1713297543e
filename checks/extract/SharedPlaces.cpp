// SharedPlaces.cpp - state that other coroutines can reach
#include "checks/extract/SharedPlaces.h"

#include "checks/model/CallSite.h"
#include "checks/model/Model.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

#include <optional>

using namespace clang;

namespace corolint {

/// What the reference \p Variable was bound to, or null.
static const Expr *boundTo(const VarDecl &Variable) {
  return Variable.isLocalVarDecl() && Variable.getType()->isReferenceType() ? Variable.getInit()
                                                                            : nullptr;
}

/// The path of what a pointer or a smart pointer refers to, as one place.
static SharedPlace pointee(const Expr *Pointer) {
  Pointer = strip(Pointer);
  const Expr *Inner = Pointer;
  if (const auto *Arrow = dyn_cast_or_null<CXXOperatorCallExpr>(Pointer);
      Arrow && Arrow->getOperator() == OO_Arrow)
    Inner = strip(Arrow->getArg(0));
  const auto *Named = dyn_cast_or_null<DeclRefExpr>(Inner);
  if (Named && isa<VarDecl>(Named->getDecl())) {
    const CXXRecordDecl *Owner = Named->getType()->getAsCXXRecordDecl();
    const auto *Local = cast<VarDecl>(Named->getDecl());
    bool IsShared = Owner && model::isShared(*Owner);
    if (Owner && !IsShared && !Local->hasGlobalStorage() && !Local->getType()->isReferenceType() &&
        !Named->refersToEnclosingVariableOrCapture())
      return {}; // the coroutine is its owner
    return {Local, "#" + std::to_string(Local->getID()) + "->",
            isa<ParmVarDecl>(Local) && !IsShared};
  }
  SharedPlace Outer = sharedPlace(Inner);
  if (Outer)
    Outer.Path += "->";
  return Outer;
}

static SharedPlace variablePlace(const DeclRefExpr &Named) {
  const auto *Variable = dyn_cast<VarDecl>(Named.getDecl());
  if (!Variable)
    return {};
  if (const Expr *Bound = boundTo(*Variable))
    return sharedPlace(Bound);
  SharedPlace Out{Variable, "#" + std::to_string(Variable->getID()), false};
  if (Variable->hasGlobalStorage())
    return Out;
  // In a lambda that captures by copy the name is const or the closure's own.
  if (Named.refersToEnclosingVariableOrCapture())
    return Named.getType().isConstQualified() ? SharedPlace{} : Out;
  Out.OfParameter = true;
  return isa<ParmVarDecl>(Variable) && Variable->getType()->isLValueReferenceType() ? Out
                                                                                    : SharedPlace{};
}

/// The text of an index that means the same element each time, or "".
static std::string indexOf(const Expr *Index) {
  Index = strip(Index);
  if (const auto *Named = dyn_cast_or_null<DeclRefExpr>(Index))
    return Named->getDecl()->getNameAsString();
  if (const auto *Number = dyn_cast_or_null<IntegerLiteral>(Index))
    return std::to_string(Number->getValue().getLimitedValue());
  return "";
}

static SharedPlace elementPlace(const Expr *Of, const Expr *Index) {
  SharedPlace Out = sharedPlace(Of);
  std::string Which = indexOf(Index);
  if (!Out || Which.empty())
    return {};
  Out.Path += "[" + Which + "]";
  return Out;
}

SharedPlace sharedPlace(const Expr *Value) {
  Value = strip(Value);
  if (const auto *Named = dyn_cast_or_null<DeclRefExpr>(Value))
    return variablePlace(*Named);
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Value))
    return Unary->getOpcode() == UO_Deref ? pointee(Unary->getSubExpr()) : SharedPlace{};
  if (const auto *Subscript = dyn_cast_or_null<ArraySubscriptExpr>(Value))
    return elementPlace(Subscript->getBase(), Subscript->getIdx());
  if (const auto *Call = dyn_cast_or_null<CXXOperatorCallExpr>(Value)) {
    if (Call->getOperator() == OO_Subscript && Call->getNumArgs() == 2)
      return elementPlace(Call->getArg(0), Call->getArg(1));
    return Call->getOperator() == OO_Star ? pointee(Call->getArg(0)) : SharedPlace{};
  }
  const auto *Member = dyn_cast_or_null<MemberExpr>(Value);
  const ValueDecl *Field = Member ? Member->getMemberDecl() : nullptr;
  if (!Field)
    return {};
  if (const auto *Static = dyn_cast<VarDecl>(Field))
    return {Static, "#" + std::to_string(Static->getID()), false};
  if (!isa<FieldDecl>(Field))
    return {};
  const Expr *Base = Member->getBase();
  if (isa<CXXThisExpr>(Base->IgnoreParenImpCasts()))
    return {Field, "this." + Field->getNameAsString(), false};
  SharedPlace Out = Member->isArrow() ? pointee(Base) : sharedPlace(Base);
  if (!Out)
    return {};
  Out.Declared = Field;
  Out.Path += "." + Field->getNameAsString();
  return Out;
}

std::string nameOf(const SharedPlace &Place) {
  std::string Name = Place.Declared->getNameAsString();
  size_t Bracket = Place.Path.find('[', Place.Path.rfind('.') + 1);
  return Bracket == std::string::npos ? Name : Name + Place.Path.substr(Bracket);
}

static const CXXRecordDecl *recordOf(QualType Type) {
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->hasDefinition() ? Record->getDefinition() : nullptr;
}

static bool hasMember(const CXXRecordDecl &Record, llvm::StringRef Name) {
  IdentifierInfo &Id = Record.getASTContext().Idents.get(Name);
  if (!Record.lookup(&Id).empty())
    return true;
  for (const CXXBaseSpecifier &Base : Record.bases())
    if (const CXXRecordDecl *Inherited = recordOf(Base.getType());
        Inherited && hasMember(*Inherited, Name))
      return true;
  return false;
}

bool isContainer(QualType Type) {
  const CXXRecordDecl *Record = recordOf(Type);
  return Record && hasMember(*Record, "begin") && hasMember(*Record, "end") &&
         (hasMember(*Record, "clear") || hasMember(*Record, "erase"));
}

static bool isOneOf(llvm::StringRef Name, std::initializer_list<llvm::StringRef> Names) {
  return llvm::is_contained(Names, Name);
}

bool invalidates(const ContainerChange &Change, QualType Type, bool Iterator) {
  const CXXRecordDecl *Record = recordOf(Type);
  if (!Change.Growth || !Record)
    return true;
  bool Nodes = hasMember(*Record, "node_type") || hasMember(*Record, "splice") ||
               hasMember(*Record, "splice_after");
  if (Nodes)
    return Iterator && hasMember(*Record, "rehash");
  // A deque moves no element when it grows at an end.
  bool Blocks = hasMember(*Record, "push_front") && hasMember(*Record, "push_back") &&
                !hasMember(*Record, "reserve");
  return Iterator || !Blocks;
}

/// What a method named \p Name does to the elements.
static std::optional<bool> growthOf(llvm::StringRef Name, const CXXRecordDecl &Record) {
  if (isOneOf(Name, {"clear",         "erase",     "pop_back", "pop_front", "assign",
                     "swap",          "extract",   "remove",   "remove_if", "resize",
                     "shrink_to_fit", "merge",     "unique",   "operator=", "removeAt",
                     "removeAll",     "takeFirst", "takeLast", "pop",       "take"}))
    return false;
  if (isOneOf(Name,
              {"push_back", "emplace_back", "push_front", "emplace_front", "insert", "emplace",
               "emplace_hint", "try_emplace", "insert_or_assign", "append", "append_range",
               "insert_range", "operator+=", "operator<<", "reserve", "rehash", "prepend"}))
    return true;
  if (Name == "operator[]" && hasMember(Record, "mapped_type"))
    return true;
  return std::nullopt;
}

namespace {

class ChangeFinder {
public:
  ChangeFinder(const ValueDecl &Container, std::vector<ContainerChange> &Out)
      : Container(Container), Out(Out) {}

  void walk(const Stmt *Part) {
    // The bodies of lambdas are functions of their own.
    if (!Part || isa<LambdaExpr>(Part))
      return;
    look(*Part);
    for (const Stmt *Child : Part->children())
      walk(Child);
  }

private:
  bool isIt(const Expr *Value) const {
    SharedPlace Place = sharedPlace(Value);
    return Place && Place.Declared == &Container && isContainer(Value->getType());
  }

  void look(const Stmt &Part) {
    std::optional<CallSite> Site = CallSite::of(&Part);
    if (!Site || !Site->Callee)
      return;
    if (Site->Object && isIt(Site->Object)) {
      const CXXRecordDecl *Record = recordOf(Site->Object->getType());
      const auto *Method = dyn_cast<CXXMethodDecl>(Site->Callee);
      if (Record && Method && !Method->isConst())
        if (std::optional<bool> Growth = growthOf(Method->getNameAsString(), *Record))
          Out.push_back({Site->Call, *Growth});
      return;
    }
    if (Site->Callee->getIdentifier() &&
        isOneOf(Site->Callee->getName(), {"erase_if", "erase", "swap", "exchange", "move"}) &&
        !Site->Arguments.empty() &&
        llvm::any_of(Site->Arguments, [&](const Expr *One) { return isIt(One); }))
      Out.push_back({Site->Call, false});
  }

  const ValueDecl &Container;
  std::vector<ContainerChange> &Out;
};

} // namespace

std::vector<ContainerChange> changesOf(const ValueDecl &Container, const FunctionDecl &Function) {
  std::vector<ContainerChange> Out;
  ChangeFinder(Container, Out).walk(Function.getBody());
  return Out;
}

} // namespace corolint
