// LockFlow.cpp - locks that are held where a coroutine suspends
#include "checks/extract/LockFlow.h"

#include "checks/extract/LockNames.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

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

unsigned LockFlow::number(const std::string &Key, const std::string &Name, bool Certain) {
  auto [Entry, New] = Numbers.try_emplace(Key, Locks.size());
  if (New)
    Locks.push_back({Name, Certain, nullptr, {}, nullptr, nullptr, nullptr});
  return Entry->second;
}

std::optional<unsigned> LockFlow::guardOf(const Expr *Value) const {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Value ? namedValue(Value) : nullptr);
  auto Found = Variable ? Guards.find(Variable) : Guards.end();
  if (Found == Guards.end())
    return std::nullopt;
  return Found->second;
}

std::optional<LockFlow::Hold> LockFlow::holdOf(State &Now, const Expr &Init, Guarding How,
                                               SourceRange Place) {
  // A guard that an await returns is the work of an asynchronous mutex.
  if (containsAwait(&Init))
    return std::nullopt;
  Hold Taken{Place, false};
  const Expr *Value = strip(&Init);
  while (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Value))
    Value = strip(Cast->getSubExpr());
  if (const auto *Choice = dyn_cast<ConditionalOperator>(Value)) {
    std::optional<Hold> One = holdOf(Now, *Choice->getTrueExpr(), How, Place);
    return One ? One : holdOf(Now, *Choice->getFalseExpr(), How, Place);
  }
  llvm::SmallVector<const Expr *, 4> Written = written(Value);
  if (How == Guarding::ByMember)
    Written.append(madeGuards(Value, Models));
  if (Written.empty() && !isa<CallExpr, DeclRefExpr>(Value))
    return std::nullopt; // made without a mutex
  if (How == Guarding::ByMember && !isa<CallExpr, DeclRefExpr>(Value) &&
      llvm::none_of(Written, [&](const Expr *One) { return bringsLock(One, Models); }))
    return std::nullopt;
  for (const Expr *One : Written) {
    const model::TypeRule *Tag = Models.type(One->getType());
    if (Tag && Tag->DeferTag)
      return std::nullopt;
    Taken.Tried |= Tag && Tag->TryTag;
    // The guard adopts what was locked by hand.
    if (auto Mutex = Numbers.find("mutex" + pathOf(One)); Mutex != Numbers.end())
      Now.erase(Mutex->second);
  }
  return Taken;
}

void LockFlow::declare(State &Now, const VarDecl &Local, const Stmt &Where) {
  Guarding How = guarding(Local.getType(), Models);
  const Expr *Init = Local.getInit();
  if (How == Guarding::None || Local.isStaticLocal() || !Init)
    return;
  unsigned Number = number("guard" + std::to_string(Local.getID()), Local.getNameAsString(),
                           How == Guarding::Certain);
  Guards[&Local] = Number;
  Locks[Number].Guard = &Local;
  // Clang's graph does not end the life of what `for (init; x : xs)` declares.
  const auto *Loop = dyn_cast_or_null<CXXForRangeStmt>(Body.parent(&Where));
  Locks[Number].Scope = Loop && Loop->getInit() == &Where ? Loop : nullptr;
  if (std::optional<Hold> Taken = holdOf(Now, *Init, How, Local.getLocation()))
    Now[Number] = *Taken;
}

static bool contains(const std::vector<std::string> &Names, const std::string &Name) {
  return llvm::is_contained(Names, Name);
}

void LockFlow::act(State &Now, const Expr *Mutex, LockAction What, const Expr &Call) {
  std::optional<unsigned> Number = guardOf(Mutex);
  std::string Path = Mutex && !Number ? pathOf(Mutex) : "";
  if (!Number && Path.empty())
    return;
  if (!Number)
    Number = number("mutex" + Path, nameOf(Mutex), true);
  if (!Locks[*Number].Guard)
    Locks[*Number].Mutex = Mutex;
  if (What == LockAction::Unlock)
    Now.erase(*Number);
  else
    Now[*Number] = {Call.getSourceRange(), What == LockAction::TryLock};
}

void LockFlow::mutexCall(State &Now, const CallSite &Site) {
  if (std::optional<model::Model::LockCall> Known = Models.lockFunction(Site)) {
    if (Known->Mutex.Index == model::ArgumentRef::Any) {
      for (const Expr *Argument : Site.Arguments)
        if (guardOf(Argument) || isMutex(Argument->getType(), Models))
          act(Now, Argument, Known->What, *Site.Call);
      return;
    }
    model::Decider Decide(Site, Models, Body.context(), [](const Expr *) { return false; });
    act(Now, Decide.argument(Known->Mutex), Known->What, *Site.Call);
    return;
  }
  if (!Site.Object || !Site.Callee || !isMutex(Site.Object->getType(), Models))
    return;
  QualType Type = Site.Object->getType();
  const model::MutexRule &Rule =
      *Models.type(Type->isPointerType() ? Type->getPointeeType() : Type)->Mutex;
  std::string Name = Site.Callee->getNameAsString();
  if (contains(Rule.Unlock, Name))
    act(Now, Site.Object, LockAction::Unlock, *Site.Call);
  else if (contains(Rule.TryLock, Name))
    act(Now, Site.Object, LockAction::TryLock, *Site.Call);
  else if (contains(Rule.Lock, Name))
    act(Now, Site.Object, LockAction::Lock, *Site.Call);
}

/// A guard in an optional or another container: put in, or perhaps taken out.
void LockFlow::containerCall(State &Now, unsigned Guard, const CallSite &Site) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
  if (!Method || Method->isConst())
    return;
  bool Fills = llvm::any_of(Site.Arguments,
                            [&](const Expr *Argument) { return bringsLock(Argument, Models); });
  if (Fills)
    Now[Guard] = {Site.Call->getSourceRange(), false};
  else
    Now.erase(Guard);
}

void LockFlow::call(State &Now, const Stmt *Statement) {
  std::optional<CallSite> Site = CallSite::of(Statement);
  if (!Site)
    return;
  std::optional<unsigned> Guard = guardOf(Site->Object);
  if (!Guard || !Site->Callee)
    return mutexCall(Now, *Site);
  const model::TypeRule *Rule = Models.type(Site->Object->getType());
  if (Rule && Rule->Container)
    return containerCall(Now, *Guard, *Site);
  if (!Rule || !Rule->Guard)
    return;
  std::string Name = Site->Callee->getNameAsString();
  if (contains(Rule->Guard->Unlock, Name))
    Now.erase(*Guard);
  else if (contains(Rule->Guard->Lock, Name))
    Now[*Guard] = {Site->Call->getSourceRange(), false};
  else if (contains(Rule->Guard->TryLock, Name))
    Now[*Guard] = {Site->Call->getSourceRange(), true};
  else if (Name == "operator=" && !Site->Arguments.empty()) {
    // What it held is released.
    std::optional<Hold> Taken =
        holdOf(Now, *Site->Arguments.back(), Guarding::Certain, Site->Call->getSourceRange());
    Now.erase(*Guard);
    if (Taken)
      Now[*Guard] = *Taken;
  }
}

/// True for a temporary that dies where its full expression ends: not one that
/// becomes a variable, a parameter, a member or a capture.
static bool livesToTheEnd(const Expr &Made, const FunctionBody &Body) {
  const Expr *Value = &Made;
  bool Dropped = false;
  while (const Stmt *Parent = Body.parent(Value)) {
    const auto *Around = dyn_cast<Expr>(Parent);
    if (!Around)
      return Dropped || !isa<DeclStmt, ReturnStmt, CoreturnStmt>(Parent);
    if (const auto *Comma = dyn_cast<BinaryOperator>(Around))
      Dropped |= Comma->getOpcode() == BO_Comma && Comma->getLHS() == Value;
    else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Around))
      Dropped |= Operator->getOperator() == OO_Arrow || Operator->getOperator() == OO_Star;
    else if (isa<MemberExpr>(Around))
      Dropped = true; // a method is called on it
    else if (!Dropped &&
             !isa<ParenExpr, CastExpr, MaterializeTemporaryExpr, ExprWithCleanups>(Around))
      return false;
    Value = Around;
  }
  return true;
}

void LockFlow::temporary(State &Now, const CXXBindTemporaryExpr &Made) {
  if (guarding(Made.getType(), Models) != Guarding::Certain || containsAwait(Made.getSubExpr()))
    return;
  if (!livesToTheEnd(Made, Body))
    return;
  unsigned Number = number("temporary" + std::to_string(Made.getID(Body.context())), "lock", true);
  Temporaries[&Made] = Number;
  Now[Number] = {Made.getSourceRange(), false};
}

/// A method of the standard library that is no guard's: a condition variable
/// gives the guard back as it was.
static bool givesBack(const FunctionDecl *Function, const model::Model &Models) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function);
  if (!Method || !Method->getEnclosingNamespaceContext()->isStdNamespace())
    return false;
  const model::TypeRule *Rule = Models.type(*Method->getParent());
  return !Rule || !Rule->Guard;
}

/// A guard that is moved, or handed out by reference, may be released there.
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
      if (!IsObject && !givesBack(Site->Callee, Models))
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
    if (auto Found = Temporaries.find(Death->getBindTemporaryExpr()); Found != Temporaries.end())
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
        declare(Now, *Local, *Inner);
  } else if (const auto *Use = dyn_cast<DeclRefExpr>(Inner)) {
    give(Now, *Use);
  } else if (const auto *Made = dyn_cast<CXXBindTemporaryExpr>(Inner)) {
    temporary(Now, *Made);
  } else {
    call(Now, Inner);
  }
}

/// The result of a comparison with a constant: what is compared, and whether
/// the comparison is true when that is true. Null when it is none.
static const Expr *compared(const BinaryOperator &Test, const ASTContext &Context, bool &Same) {
  if (!Test.isEqualityOp())
    return nullptr;
  const Expr *Value = Test.getLHS();
  std::optional<std::int64_t> Number = model::constantOf(Test.getRHS(), Context);
  if (!Number) {
    Number = model::constantOf(Test.getLHS(), Context);
    Value = Test.getRHS();
  }
  if (!Number)
    return nullptr;
  Same = (Test.getOpcode() == BO_EQ) == (*Number != 0);
  return Value;
}

std::optional<unsigned> LockFlow::tried(const Expr *Condition, bool &Taken) const {
  for (unsigned Depth = 0; Depth < 8 && Condition; ++Depth) {
    Condition = strip(Condition);
    if (const auto *Not = dyn_cast<UnaryOperator>(Condition); Not && Not->getOpcode() == UO_LNot) {
      Taken = !Taken;
      Condition = Not->getSubExpr();
    } else if (const auto *Test = dyn_cast<BinaryOperator>(Condition)) {
      // The block that ends in an if on `a && b` has tested b.
      bool Same = true;
      Condition = Test->isLogicalOp() ? Test->getRHS() : compared(*Test, Body.context(), Same);
      Taken = Taken == Same;
    } else if (const auto *Named = dyn_cast<DeclRefExpr>(Condition); Named && !guardOf(Named)) {
      const auto *Answer = dyn_cast<VarDecl>(Named->getDecl());
      Condition = Answer && Answer->isLocalVarDecl() ? Answer->getInit() : nullptr;
    } else {
      break;
    }
  }
  std::optional<CallSite> Site = Condition ? CallSite::of(Condition) : std::nullopt;
  if (!Site)
    return std::nullopt;
  if (Site->Object)
    if (std::optional<unsigned> Guard = guardOf(Site->Object))
      return Guard;
  const Expr *Mutex = Site->Object;
  if (std::optional<model::Model::LockCall> Known = Models.lockFunction(*Site)) {
    model::Decider Decide(*Site, Models, Body.context(), [](const Expr *) { return false; });
    Mutex = Decide.argument(Known->Mutex);
    Taken = Taken != Known->ZeroIsSuccess;
  }
  auto Found = Numbers.find("mutex" + pathOf(Mutex));
  return Found == Numbers.end() ? std::nullopt : std::optional(Found->second);
}

void LockFlow::branch(State &Now, const CFGBlock &From, bool Taken) {
  const auto *Condition = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
  std::optional<unsigned> Number = tried(Condition, Taken);
  auto Held = Number ? Now.find(*Number) : Now.end();
  // Only a guard can be asked later whether it holds its lock.
  if (Held == Now.end() || (!Held->second.Tried && !Locks[*Number].Guard))
    return;
  if (Taken)
    Held->second.Tried = false;
  else
    Now.erase(Held);
}

void LockFlow::raise(State &Now, const CFGElement &Element, const CFGBlock &Handler) {
  auto Statement = Element.getAs<CFGStmt>();
  const Stmt *Try = Handler.getTerminatorStmt();
  if (!Statement || !Try ||
      !isa<CallExpr, CXXConstructExpr, CXXThrowExpr, CoawaitExpr>(Statement->getStmt()))
    return Now.clear();
  State After = Now;
  step(After, Element);
  SourceRange Inside = Try->getSourceRange();
  std::erase_if(Now, [&](const auto &Held) {
    const VarDecl *Guard = Locks[Held.first].Guard;
    return !Guard || !After.contains(Held.first) || Inside.fullyContains(Guard->getSourceRange());
  });
}

} // namespace corolint
