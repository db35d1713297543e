// LockFlow.cpp - locks that are held where a coroutine suspends
#include "checks/extract/LockFlow.h"

#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

namespace {
/// How a type guards a lock.
enum class Guarding : std::uint8_t { None, Certain, ByMember };
} // namespace

static bool isMutex(QualType Type, const model::Model &Models) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const model::TypeRule *Rule = Models.type(Type);
  return Rule && Rule->Mutex;
}

/// True when a template argument of \p Record is a mutex that models list, or
/// when the guard has none and its constructors take one.
static bool isOverMutex(const CXXRecordDecl &Record, const model::Model &Models) {
  auto Over = [&](auto &&Self, ArrayRef<TemplateArgument> Arguments) -> bool {
    return llvm::any_of(Arguments, [&](const TemplateArgument &Argument) {
      if (Argument.getKind() == TemplateArgument::Pack)
        return Self(Self, Argument.pack_elements());
      return Argument.getKind() == TemplateArgument::Type &&
             isMutex(Argument.getAsType(), Models);
    });
  };
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Record);
  if (Special)
    return Over(Over, Special->getTemplateArgs().asArray());
  return llvm::any_of(Record.ctors(), [&](const CXXConstructorDecl *One) {
    return llvm::any_of(One->parameters(), [&](const ParmVarDecl *Parameter) {
      return isMutex(Parameter->getType(), Models);
    });
  });
}

static Guarding guarding(QualType Type, const model::Model &Models,
                         unsigned Depth = 2) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition() || Depth == 0)
    return Guarding::None;
  Record = Record->getDefinition();
  if (const model::TypeRule *Rule = Models.type(*Record)) {
    if (!Rule->Guard || (Rule->Guard->OfMutex && !isOverMutex(*Record, Models)))
      return Guarding::None;
    return Guarding::Certain;
  }
  if (Record->isInStdNamespace() || Record->isLambda())
    return Guarding::None;
  bool Holds = llvm::any_of(Record->fields(), [&](const FieldDecl *Field) {
    return guarding(Field->getType(), Models, Depth - 1) != Guarding::None;
  });
  return Holds ? Guarding::ByMember : Guarding::None;
}

/// Names a variable or a member of one, the same for each mention; "" for
/// anything else.
static std::string pathOf(const Expr *Value) {
  Value = strip(Value);
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Value);
      Unary && (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref))
    return pathOf(Unary->getSubExpr());
  if (const auto *Named = dyn_cast_or_null<DeclRefExpr>(Value))
    return "#" + std::to_string(Named->getDecl()->getID());
  if (isa_and_nonnull<CXXThisExpr>(Value))
    return "this";
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Value)) {
    std::string Base = pathOf(Member->getBase());
    return Base.empty() ? Base : Base + "." + Member->getMemberDecl()->getNameAsString();
  }
  return "";
}

static std::string nameOf(const Expr *Value) {
  Value = strip(Value);
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Value))
    return nameOf(Unary->getSubExpr());
  if (const auto *Named = dyn_cast_or_null<DeclRefExpr>(Value))
    return Named->getDecl()->getNameAsString();
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Value))
    return Member->getMemberDecl()->getNameAsString();
  return "lock";
}

bool LockFlow::join(State &Into, const State &Other) const {
  bool Changed = false;
  for (const auto &[Number, There] : Other) {
    auto [Here, New] = Into.try_emplace(Number, There);
    Changed |= New;
    if (!New && Here->second.Tried && !There.Tried) {
      Here->second = There;
      Changed = true;
    }
  }
  return Changed;
}

unsigned LockFlow::number(const std::string &Key, const std::string &Name,
                          bool Certain) {
  auto [Entry, New] = Numbers.try_emplace(Key, Locks.size());
  if (New)
    Locks.push_back({Name, Certain});
  return Entry->second;
}

std::optional<unsigned> LockFlow::guardOf(const Expr *Value) const {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Value ? namedValue(Value) : nullptr);
  auto Found = Variable ? Guards.find(Variable) : Guards.end();
  if (Found == Guards.end())
    return std::nullopt;
  return Found->second;
}

static bool containsAwait(const Stmt *Statement) {
  if (!Statement || isa<LambdaExpr>(Statement))
    return false;
  return isa<CoawaitExpr>(Statement) ||
         llvm::any_of(Statement->children(), containsAwait);
}

void LockFlow::declare(State &Now, const VarDecl &Local) {
  Guarding How = guarding(Local.getType(), Models);
  const Expr *Init = Local.getInit();
  // A guard that an await returns is the work of an asynchronous mutex.
  if (How == Guarding::None || Local.isStaticLocal() || !Init || containsAwait(Init))
    return;
  unsigned Number = number("guard" + std::to_string(Local.getID()),
                           Local.getNameAsString(), How == Guarding::Certain);
  Guards[&Local] = Number;
  Hold Taken{Local.getLocation(), false};
  const Expr *Value = strip(Init);
  ArrayRef<const Expr *> Arguments;
  llvm::SmallVector<const Expr *, 4> Written;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value))
    Written.append(Construct->arg_begin(), Construct->arg_end());
  else if (const auto *List = dyn_cast<InitListExpr>(Value))
    for (const Expr *One : List->inits())
      Written.push_back(One);
  if (Written.empty() && !isa<CallExpr, DeclRefExpr>(Value))
    return; // made without a mutex: holds nothing
  for (const Expr *One : Written) {
    const model::TypeRule *Tag = Models.type(One->getType());
    if (Tag && Tag->DeferTag)
      return;
    Taken.Tried |= Tag && Tag->TryTag;
  }
  Now[Number] = Taken;
}

static bool contains(const std::vector<std::string> &Names, const std::string &Name) {
  return llvm::is_contained(Names, Name);
}

void LockFlow::mutexCall(State &Now, const CallSite &Site) {
  using Action = model::Model::LockAction;
  const Expr *Mutex = nullptr;
  Action What = Action::Lock;
  if (std::optional<model::Model::LockCall> Known = Models.lockFunction(Site)) {
    model::Decider Decide(Site, Body.context(), [](const Expr *) { return false; });
    Mutex = Decide.argument(Known->Mutex);
    What = Known->What;
  } else if (Site.Object && Site.Callee && isMutex(Site.Object->getType(), Models)) {
    const model::MutexRule &Rule = *Models.type(
        Site.Object->getType()->isPointerType() ? Site.Object->getType()->getPointeeType()
                                                : Site.Object->getType())->Mutex;
    std::string Name = Site.Callee->getNameAsString();
    Mutex = Site.Object;
    if (contains(Rule.Unlock, Name))
      What = Action::Unlock;
    else if (contains(Rule.TryLock, Name))
      What = Action::TryLock;
    else if (!contains(Rule.Lock, Name))
      return;
  }
  std::string Path = Mutex ? pathOf(Mutex) : "";
  if (Path.empty())
    return;
  unsigned Number = number("mutex" + Path, nameOf(Mutex), true);
  if (What == Action::Unlock)
    Now.erase(Number);
  else
    Now[Number] = {Site.Call->getSourceRange(), What == Action::TryLock};
}

void LockFlow::call(State &Now, const Stmt *Statement) {
  std::optional<CallSite> Site = CallSite::of(Statement);
  if (!Site)
    return;
  std::optional<unsigned> Guard = guardOf(Site->Object);
  if (!Guard || !Site->Callee)
    return mutexCall(Now, *Site);
  const model::TypeRule *Rule = Models.type(Site->Object->getType());
  if (!Rule || !Rule->Guard)
    return;
  std::string Name = Site->Callee->getNameAsString();
  if (contains(Rule->Guard->Unlock, Name))
    Now.erase(*Guard);
  else if (contains(Rule->Guard->Lock, Name))
    Now[*Guard] = {Site->Call->getSourceRange(), false};
  else if (contains(Rule->Guard->TryLock, Name))
    Now[*Guard] = {Site->Call->getSourceRange(), true};
  else if (Name == "operator=" && Site->Callee->getNumParams() == 1)
    Now.erase(*Guard); // what it held is released; what it holds now is unknown
}

void LockFlow::temporary(State &Now, const CXXBindTemporaryExpr &Made) {
  if (guarding(Made.getType(), Models) != Guarding::Certain ||
      containsAwait(Made.getSubExpr()))
    return;
  for (const Stmt *Parent = Body.parent(&Made); Parent; Parent = Body.parent(Parent)) {
    if (isa<DeclStmt, ReturnStmt, CoreturnStmt>(Parent))
      return; // the variable, not a temporary
    if (!isa<Expr>(Parent))
      break;
  }
  unsigned Number =
      number("temporary" + std::to_string(Made.getID(Body.context())), "lock", true);
  Temporaries[&Made] = Number;
  Now[Number] = {Made.getSourceRange(), false};
}

/// A guard that is moved, or handed out by reference to code that is not the
/// standard library's, may be released there.
void LockFlow::give(State &Now, const DeclRefExpr &Use) {
  std::optional<unsigned> Guard = guardOf(&Use);
  if (!Guard)
    return;
  const Expr *Value = &Use;
  while (const auto *Around = dyn_cast_or_null<Expr>(Body.parent(Value))) {
    const auto *Call = dyn_cast<CallExpr>(Around);
    if (Call && strip(Call) != Call) {
      Now.erase(*Guard); // std::move
      return;
    }
    if (std::optional<CallSite> Site = CallSite::of(Around)) {
      bool IsObject = Site->Object && namedValue(Site->Object) == Use.getDecl();
      if (!IsObject && !(Site->Callee && Site->Callee->isInStdNamespace()))
        Now.erase(*Guard);
      return;
    }
    if (!isa<ParenExpr, ImplicitCastExpr>(Around))
      return;
    Value = Around;
  }
}

void LockFlow::step(State &Now, const CFGElement &Element) {
  if (auto Death = Element.getAs<CFGAutomaticObjDtor>()) {
    if (auto Found = Guards.find(Death->getVarDecl()); Found != Guards.end())
      Now.erase(Found->second);
    return;
  }
  if (auto Death = Element.getAs<CFGTemporaryDtor>()) {
    if (auto Found = Temporaries.find(Death->getBindTemporaryExpr());
        Found != Temporaries.end())
      Now.erase(Found->second);
    return;
  }
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  const Stmt *Inner = Statement->getStmt();
  if (const auto *Declared = dyn_cast<DeclStmt>(Inner)) {
    for (const Decl *One : Declared->decls())
      if (const auto *Local = dyn_cast<VarDecl>(One))
        declare(Now, *Local);
  } else if (const auto *Use = dyn_cast<DeclRefExpr>(Inner)) {
    give(Now, *Use);
  } else if (const auto *Made = dyn_cast<CXXBindTemporaryExpr>(Inner)) {
    temporary(Now, *Made);
  } else {
    call(Now, Inner);
  }
}

void LockFlow::branch(State &Now, const CFGBlock &From, bool Taken) {
  const auto *Condition = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
  Condition = Condition ? strip(Condition) : nullptr;
  while (const auto *Not = dyn_cast_or_null<UnaryOperator>(Condition)) {
    if (Not->getOpcode() != UO_LNot)
      return;
    Taken = !Taken;
    Condition = strip(Not->getSubExpr());
  }
  std::optional<CallSite> Site = Condition ? CallSite::of(Condition) : std::nullopt;
  std::optional<unsigned> Number;
  if (Site && Site->Object)
    Number = guardOf(Site->Object);
  if (Site && !Number) {
    std::string Path = pathOf(Site->Object ? Site->Object
                              : Site->Arguments.empty() ? nullptr
                                                        : Site->Arguments.front());
    if (auto Found = Numbers.find("mutex" + Path); Found != Numbers.end())
      Number = Found->second;
  }
  auto Held = Number ? Now.find(*Number) : Now.end();
  if (Held == Now.end() || !Held->second.Tried)
    return;
  if (Taken)
    Held->second.Tried = false;
  else
    Now.erase(Held);
}

void LockFlow::visit(const State &Before, const CFGElement &Element,
                     const CFGBlock &) {
  auto Statement = Element.getAs<CFGStmt>();
  const auto *Suspension =
      Statement ? dyn_cast<CoroutineSuspendExpr>(Statement->getStmt()) : nullptr;
  if (!Suspension)
    return;
  const auto *Await = dyn_cast<CoawaitExpr>(Suspension);
  if (Await && neverSuspends(*Await))
    return;
  for (const auto &[Number, How] : Before) {
    Lock &One = Locks[Number];
    if (How.Tried || One.FirstSuspension)
      continue;
    One.FirstSuspension = Suspension;
    One.Taken = How.Taken;
  }
}

std::vector<HeldLock> LockFlow::take() {
  std::vector<HeldLock> Out;
  for (const Lock &One : Locks)
    if (One.FirstSuspension)
      Out.push_back({One.Name, One.Taken, One.FirstSuspension, One.Certain});
  return Out;
}

} // namespace corolint
