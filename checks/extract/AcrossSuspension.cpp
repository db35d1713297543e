// AcrossSuspension.cpp - values that live from before a suspension to after it
#include "checks/extract/AcrossSuspension.h"

#include "checks/extract/Dataflow.h"
#include "checks/model/CallSite.h"
#include "checks/model/Coroutine.h"

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

const Expr *suspensionAt(const Stmt &Statement) {
  const auto *Suspension = dyn_cast<CoroutineSuspendExpr>(&Statement);
  const auto *Await = dyn_cast_or_null<CoawaitExpr>(Suspension);
  if (!Suspension || (Await && (Await->isImplicit() || neverSuspends(*Await))))
    return nullptr;
  return Suspension;
}

std::optional<Assignment> Assignment::of(const Stmt &Statement) {
  if (const auto *Plain = dyn_cast<BinaryOperator>(&Statement);
      Plain && Plain->getOpcode() == BO_Assign)
    return Assignment{Plain->getLHS(), Plain->getRHS()};
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(&Statement);
      Call && Call->getOperator() == OO_Equal && Call->getNumArgs() == 2)
    return Assignment{Call->getArg(0), Call->getArg(1)};
  return std::nullopt;
}

/// True for the words by which locks and what takes them are known. They only
/// ever silence: no model says yet what an asynchronous lock is.
static bool soundsLikeLock(llvm::StringRef Name) {
  static constexpr llvm::StringLiteral Words[] = {"lock",    "mutex", "semaphore",
                                                  "acquire", "units", "guard"};
  std::string Lower = Name.lower();
  return llvm::any_of(Words,
                      [&](llvm::StringRef Word) { return llvm::StringRef(Lower).contains(Word); });
}

static bool isLockType(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record && soundsLikeLock(Record->getName());
}

/// True when what \p Await waits for is a lock.
static bool awaitsLock(const CoawaitExpr &Await) {
  const Expr *Operand = strip(Await.getOperand());
  if (isLockType(Operand->getType()))
    return true;
  std::optional<CallSite> Site = CallSite::of(Operand);
  if (!Site || !Site->Callee)
    return false;
  return soundsLikeLock(Site->Callee->getNameAsString()) ||
         (Site->Object && isLockType(Site->Object->getType()));
}

static const CoawaitExpr *awaitIn(const Expr *Init) {
  const Expr *Value = Init ? strip(Init) : nullptr;
  while (const auto *Cast = dyn_cast_or_null<CXXFunctionalCastExpr>(Value))
    Value = strip(Cast->getSubExpr());
  return dyn_cast_or_null<CoawaitExpr>(Value);
}

/// Follows asynchronous locks at \p Statement.
static void stepLocks(AcrossSuspension::State &Now, const Stmt &Statement) {
  if (const auto *Declared = dyn_cast<DeclStmt>(&Statement)) {
    for (const Decl *One : Declared->decls())
      if (const auto *Local = dyn_cast<VarDecl>(One))
        if (const CoawaitExpr *Await = awaitIn(Local->getInit());
            Await && (awaitsLock(*Await) || isLockType(Local->getType())))
          Now.Guards.insert(Local);
    return;
  }
  if (const auto *Await = dyn_cast<CoawaitExpr>(&Statement)) {
    Now.Locked |= !Await->isImplicit() && awaitsLock(*Await) && !Await->getType()->isRecordType();
    return;
  }
  std::optional<CallSite> Site = CallSite::of(&Statement);
  if (!Site || !Site->Callee || !Site->Object || !Site->Callee->getIdentifier())
    return;
  llvm::StringRef Name = Site->Callee->getName();
  if (Name != "unlock" && Name != "release" && Name != "signal" && Name != "return_all")
    return;
  const auto *Guard = dyn_cast_or_null<VarDecl>(namedValue(Site->Object));
  if (!Now.Guards.erase(Guard))
    Now.Locked = false;
}

static void mark(AcrossSuspension::State &Now, const Expr &Suspension) {
  for (auto &[Key, Value] : Now.Values)
    if (!Value.Suspension)
      Value.Suspension = &Suspension;
}

bool AcrossSuspension::join(State &Into, const State &Other) const {
  bool Changed = false;
  for (const auto &[Key, There] : Other.Values) {
    auto [Here, New] = Into.Values.try_emplace(Key, There);
    Changed |= New;
    if (!New && !Here->second.Suspension && There.Suspension) {
      Here->second = There;
      Changed = true;
    }
  }
  // Held only where every path holds it.
  Changed |= std::erase_if(Into.Guards, [&](const VarDecl *Guard) {
               return !Other.Guards.contains(Guard);
             }) != 0;
  if (Into.Locked && !Other.Locked) {
    Into.Locked = false;
    Changed = true;
  }
  return Changed;
}

void AcrossSuspension::step(State &Now, const CFGElement &Element) {
  if (auto Death = Element.getAs<CFGAutomaticObjDtor>())
    Now.Guards.erase(Death->getVarDecl());
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  stepLocks(Now, *Statement->getStmt());
  if (const Expr *Suspension = suspensionAt(*Statement->getStmt()))
    mark(Now, *Suspension);
  Watch.step(Now.Values, *Statement->getStmt());
  if (Now.Locked || !Now.Guards.empty())
    Now.Values.clear();
}

void AcrossSuspension::raise(State &Now, const CFGElement &Element, const CFGBlock &) const {
  auto Statement = Element.getAs<CFGStmt>();
  if (const Expr *Suspension = Statement ? suspensionAt(*Statement->getStmt()) : nullptr)
    mark(Now, *Suspension);
}

void AcrossSuspension::visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
  if (auto Statement = Element.getAs<CFGStmt>())
    Watch.visit(Before.Values, *Statement->getStmt());
}

void follow(const FunctionBody &Body, ValueWatch &Watch) {
  AcrossSuspension Flow(Watch);
  runForward(Body, Flow);
}

} // namespace corolint
