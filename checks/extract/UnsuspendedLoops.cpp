// UnsuspendedLoops.cpp - loops that go round without suspending
#include "checks/extract/UnsuspendedLoops.h"

#include "checks/extract/CallState.h"
#include "checks/extract/Dataflow.h"
#include "checks/extract/GuardTypes.h"
#include "checks/model/Coroutine.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint {

namespace {

using How = UnsuspendedLoop::How;
using Blocks = llvm::SmallPtrSet<const CFGBlock *, 16>;

/// A loop that counts this far takes a millisecond at least.
constexpr std::int64_t ManyTurns = 1'000'000;

/// The blocks of a function that run on a pool.
class OffLoopBlocks : public CallFlow {
public:
  using CallFlow::CallFlow;
  void visit(const State &Before, const CFGElement &, const CFGBlock &Block) {
    if (Before.OffLoop)
      Off.insert(&Block);
  }
  Blocks Off;
};

/// The blocks between the start of a turn and its end.
struct Turn {
  const Stmt *Loop = nullptr;
  const CFGBlock *First = nullptr, *Last = nullptr;
  Blocks Inside;
};

std::optional<Turn> turnThatEndsIn(const CFGBlock &Last) {
  Turn Out;
  Out.Loop = Last.getLoopTarget();
  Out.Last = &Last;
  if (!Out.Loop || Last.succ_size() != 1)
    return std::nullopt;
  Out.First = Last.succ_begin()->getReachableBlock();
  if (!Out.First)
    return std::nullopt;
  Out.Inside.insert(Out.First);
  llvm::SmallVector<const CFGBlock *, 16> Work{&Last};
  while (!Work.empty()) {
    const CFGBlock *Block = Work.pop_back_val();
    if (!Out.Inside.insert(Block).second)
      continue;
    for (const CFGBlock::AdjacentBlock &Previous : Block->preds())
      if (const CFGBlock *From = Previous.getReachableBlock())
        Work.push_back(From);
  }
  return Out;
}

bool isExit(const Turn &In, const CFGBlock &Block) {
  return llvm::any_of(Block.succs(), [&](const CFGBlock::AdjacentBlock &Next) {
    const CFGBlock *To = Next.getReachableBlock();
    return To && !In.Inside.contains(To);
  });
}

template <class Test> bool hasElement(const CFGBlock &Block, Test Holds) {
  return llvm::any_of(Block, [&](const CFGElement &Element) {
    auto Statement = Element.getAs<CFGStmt>();
    return Statement && Holds(*Statement->getStmt());
  });
}

bool isSuspension(const Stmt &Statement) {
  if (const auto *Await = dyn_cast<CoawaitExpr>(&Statement))
    return !neverSuspends(*Await);
  return isa<CoyieldExpr>(Statement);
}

/// Looks at the loops of one function.
class LoopFinder {
public:
  LoopFinder(const FunctionBody &Body, const model::Model &Models) : Body(Body), Models(Models) {}

  std::optional<UnsuspendedLoop> judge(const Turn &One) const {
    auto Suspends = [](const CFGBlock &Block) { return hasElement(Block, isSuspension); };
    if (isa<CXXForRangeStmt, ObjCForCollectionStmt>(One.Loop) ||
        !goesRound(One, [](const CFGBlock &) { return true; }))
      return std::nullopt;
    bool Never = llvm::none_of(One.Inside, [&](const CFGBlock *Block) { return Suspends(*Block); });
    bool Leaves =
        llvm::any_of(One.Inside, [&](const CFGBlock *Block) { return isExit(One, *Block); });
    if (Never && !Leaves)
      return UnsuspendedLoop{One.Loop, How::Endless};
    if (goesRound(One, [&](const CFGBlock &Block) {
          return !Suspends(Block) && !changesAnything(One, Block) && !isChoice(One, Block);
        }))
      return UnsuspendedLoop{One.Loop, How::Waiting};
    if (Never && isWithoutCondition(One.Loop))
      return UnsuspendedLoop{One.Loop, How::OpenEnd};
    if (Never && turns(One.Loop) >= ManyTurns)
      return UnsuspendedLoop{One.Loop, How::Long};
    return std::nullopt;
  }

private:
  /// True when a turn may pass through blocks for which \p Through holds only.
  template <class Test> static bool goesRound(const Turn &One, Test Through) {
    Blocks Seen;
    llvm::SmallVector<const CFGBlock *, 16> Work{One.First};
    while (!Work.empty()) {
      const CFGBlock *Block = Work.pop_back_val();
      if (!One.Inside.contains(Block) || !Seen.insert(Block).second || !Through(*Block))
        continue;
      if (Block == One.Last)
        return true;
      for (const CFGBlock::AdjacentBlock &Next : Block->succs())
        if (const CFGBlock *To = Next.getReachableBlock())
          Work.push_back(To);
    }
    return false;
  }

  /// True for an inner loop, which may well have turns, and for the switch of a
  /// state machine, which may well have its cases.
  static bool isChoice(const Turn &One, const CFGBlock &Block) {
    const Stmt *End = Block.getTerminatorStmt();
    return End && End != One.Loop &&
           isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(End);
  }

  /// True when what a later turn sees may differ for what \p Block does. What a
  /// condition asks is no change: the answer is what the loop waits for.
  bool changesAnything(const Turn &One, const CFGBlock &Block) const {
    const Stmt *Asked =
        isExit(One, Block) || Block.succ_size() > 1 ? Block.getTerminatorCondition() : nullptr;
    return hasElement(Block, [&](const Stmt &Statement) {
      if (const auto *Binary = dyn_cast<BinaryOperator>(&Statement))
        return Binary->isAssignmentOp();
      if (const auto *Unary = dyn_cast<UnaryOperator>(&Statement))
        return Unary->isIncrementDecrementOp();
      if (isa<CXXThrowExpr, CXXDeleteExpr, CXXNewExpr, CXXConstructExpr, GCCAsmStmt>(Statement))
        return !isCopyOfValue(Statement);
      const auto *Call = dyn_cast<CallExpr>(&Statement);
      return Call && !onlyLooks(*Call) && !isWithin(Statement, Asked);
    });
  }

  /// Making a plain object out of constants, such as a duration.
  static bool isCopyOfValue(const Stmt &Statement) {
    const auto *Made = dyn_cast<CXXConstructExpr>(&Statement);
    return Made && Made->getConstructor()->isConstexpr();
  }

  bool isWithin(const Stmt &Part, const Stmt *Whole) const {
    const Stmt *Around = &Part;
    while (Around && Around != Whole)
      Around = Body.parent(Around);
    return Whole && Around == Whole;
  }

  /// A call that changes nothing, or only lets time pass.
  bool onlyLooks(const CallExpr &Call) const {
    std::optional<CallSite> Site = CallSite::of(&Call);
    if (!Site || !Site->Callee)
      return false;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Site->Callee))
      if (Method->isInstance() && Method->isConst() && !Method->getReturnType()->isVoidType())
        return true;
    model::Decider Decide(*Site, Models, Body.context(), [](const Expr *) { return false; });
    for (const model::FunctionRule *Rule : Models.rules(*Site))
      if (Decide.applies(*Rule) && Rule->Sleeps)
        return true;
    // Nothing goes in and nothing comes out but the time: a pause, a yield.
    bool IsStd = llvm::StringRef(qualifiedName(*Site->Callee)).starts_with("std::") ||
                 Site->Callee->getBuiltinID() != 0;
    bool IsPause = Call.getNumArgs() == 0 && !isa<CXXMethodDecl>(Site->Callee) &&
                   Call.getType()->isVoidType() && IsStd;
    return IsPause || isComputation(*Site->Callee);
  }

  /// True for a constant function of values: it can change nothing.
  static bool isComputation(const FunctionDecl &Callee) {
    const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
    return Callee.isConstexpr() && (!Method || Method->isStatic()) &&
           llvm::all_of(Callee.parameters(), [](const ParmVarDecl *One) {
             QualType Type = One->getType();
             bool Refers = Type->isReferenceType() || Type->isPointerType();
             return !Refers || Type->getPointeeType().isConstQualified();
           });
  }

  static const Expr *conditionOf(const Stmt *Loop) {
    if (const auto *For = dyn_cast<ForStmt>(Loop))
      return For->getCond();
    if (const auto *While = dyn_cast<WhileStmt>(Loop))
      return While->getCond();
    if (const auto *Do = dyn_cast<DoStmt>(Loop))
      return Do->getCond();
    return nullptr;
  }

  bool isWithoutCondition(const Stmt *Loop) const {
    const Expr *Condition = conditionOf(Loop);
    if (!Condition)
      return isa<ForStmt>(Loop);
    return model::constantOf(Condition, Body.context()).value_or(0) != 0;
  }

  /// How far `for (i = ...; i < constant; ...)` counts, with the loops around it
  /// that do not suspend either.
  std::int64_t turns(const Stmt *Loop) const {
    std::int64_t Out = 1;
    for (const Stmt *Around = Loop; Around; Around = Body.parent(Around)) {
      const auto *For = dyn_cast<ForStmt>(Around);
      if (containsAwait(Around))
        break;
      const auto *Bound = For ? dyn_cast_or_null<BinaryOperator>(For->getCond()) : nullptr;
      if (!Bound || !Bound->isRelationalOp())
        continue;
      bool Up = Bound->getOpcode() == BO_LT || Bound->getOpcode() == BO_LE;
      std::optional<std::int64_t> Limit =
          model::constantOf(Up ? Bound->getRHS() : Bound->getLHS(), Body.context());
      if (Limit && *Limit > 0)
        Out = *Limit >= ManyTurns || Out >= ManyTurns ? ManyTurns : Out * *Limit;
    }
    return Out;
  }

  const FunctionBody &Body;
  const model::Model &Models;
};

} // namespace

std::vector<UnsuspendedLoop> findUnsuspendedLoops(const FunctionBody &Body,
                                                  const model::Model &Models) {
  std::vector<UnsuspendedLoop> Out;
  std::optional<OffLoopBlocks> Places;
  LoopFinder Finder(Body, Models);
  for (const CFGBlock *Block : Body.cfg()) {
    std::optional<Turn> One = turnThatEndsIn(*Block);
    std::optional<UnsuspendedLoop> Found = One ? Finder.judge(*One) : std::nullopt;
    if (!Found)
      continue;
    if (!Places) {
      Places.emplace(Body, Models);
      runForward(Body, *Places);
    }
    if (llvm::none_of(One->Inside,
                      [&](const CFGBlock *Part) { return Places->Off.contains(Part); }))
      Out.push_back(*Found);
  }
  // Of loops in loops the outer one is the mistake.
  auto IsIn = [&](const Stmt *Part, const Stmt *Whole) {
    while (Part && Part != Whole)
      Part = Body.parent(Part);
    return Part != nullptr;
  };
  std::vector<UnsuspendedLoop> All = Out;
  std::erase_if(Out, [&](const UnsuspendedLoop &Inner) {
    return llvm::any_of(All, [&](const UnsuspendedLoop &Outer) {
      return Outer.Loop != Inner.Loop && IsIn(Inner.Loop, Outer.Loop);
    });
  });
  return Out;
}

} // namespace corolint
