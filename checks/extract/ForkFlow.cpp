// ForkFlow.cpp - which process runs the code after a fork
#include "checks/extract/ForkFlow.h"

#include "checks/model/Predicates.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

const ValueDecl *holderOf(const Expr *Expression) {
  const Expr *Inner = strip(Expression);
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Inner))
    return Member->getMemberDecl();
  if (const auto *Named = dyn_cast_or_null<DeclRefExpr>(Inner))
    return Named->getDecl();
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Inner);
      Unary && (Unary->getOpcode() == UO_Deref || Unary->getOpcode() == UO_AddrOf))
    return holderOf(Unary->getSubExpr());
  if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Inner);
      Operator && (Operator->getOperator() == OO_Star || Operator->getOperator() == OO_Arrow))
    return holderOf(Operator->getArg(0));
  return nullptr;
}

bool ForkFlow::join(State &Into, const State &Other) const {
  bool Changed = (Other.May & ~Into.May) != 0 || (Into.Within && !Other.Within);
  Into.May |= Other.May;
  Into.Within &= Other.Within;
  if (!Into.Fork && Other.Fork) {
    Into.Fork = Other.Fork;
    Changed = true;
  }
  if (!Into.Pid && Other.Pid) {
    Into.Pid = Other.Pid;
    Changed = true;
  }
  llvm::SmallPtrSet<const ValueDecl *, 4> Kept;
  for (const ValueDecl *One : Into.Fresh)
    if (Other.Fresh.contains(One))
      Kept.insert(One);
  Changed |= Kept.size() != Into.Fresh.size();
  Into.Fresh = std::move(Kept);
  return Changed;
}

std::optional<ForkFlow::Step> ForkFlow::stepOf(const Stmt &Part) const {
  std::optional<CallSite> Site = isa<CallExpr>(Part) ? CallSite::of(&Part) : std::nullopt;
  if (Site)
    for (const model::FunctionRule *Rule : Models.rules(*Site))
      if (Rule->OnProcess)
        return Rule->OnProcess;
  return std::nullopt;
}

bool ForkFlow::isPid(const Expr *Value, const State &Now) const {
  const Expr *Inner = strip(Value);
  if (!Inner || !Now.Fork)
    return false;
  if (Inner == Now.Fork || (Now.Pid && holderOf(Inner) == Now.Pid))
    return true;
  const auto *Assign = dyn_cast<BinaryOperator>(Inner);
  return Assign && Assign->getOpcode() == BO_Assign && isPid(Assign->getRHS(), Now);
}

void ForkFlow::assign(State &Now, const ValueDecl *To, const Expr *Value) const {
  if (!To)
    return;
  if (Value && Now.Fork && strip(Value) == Now.Fork)
    Now.Pid = To;
  else if (Now.Pid == To)
    Now.Pid = nullptr;
  if (Now.isChild())
    Now.Fresh.insert(To);
}

void ForkFlow::step(State &Now, const CFGElement &Element) const {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  const Stmt *Part = Statement->getStmt();
  if (const auto *Declared = dyn_cast<DeclStmt>(Part)) {
    for (const Decl *One : Declared->decls())
      if (const auto *Local = dyn_cast<VarDecl>(One))
        if (!Local->getType()->isReferenceType())
          assign(Now, Local, Local->getInit());
    return;
  }
  if (const auto *Assign = dyn_cast<BinaryOperator>(Part)) {
    if (Assign->isAssignmentOp())
      assign(Now, holderOf(Assign->getLHS()), Assign->getRHS());
    return;
  }
  std::optional<Step> Does = stepOf(*Part);
  if (Does == Step::Fork || Does == Step::Daemon) {
    Now.Within |= Now.isChild() || Does == Step::Daemon;
    Now.Fork = cast<Expr>(Part);
    Now.Pid = nullptr;
    Now.May = State::Negative | State::Zero | State::Positive;
    return;
  }
  // What its holder is told by a method: reset, emplace, =, notify_fork.
  std::optional<CallSite> Site = CallSite::of(Part);
  if (!Site || !Site->Object || !Now.isChild())
    return;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Site->Callee);
  const model::TypeRule *Known = Models.type(Site->Object->getType());
  bool Changes = Method && !Method->isConst() && !(Known && Known->EventLoop);
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Site->Call);
  if (Does == Step::Renew || (Operator && Operator->getOperator() == OO_Equal) ||
      (Changes && !Operator && !Site->Object->getType()->isPointerType()))
    if (const ValueDecl *Holder = holderOf(Site->Object))
      Now.Fresh.insert(Holder);
}

/// True when \p Left \p Op \p Right holds.
static bool compares(BinaryOperatorKind Op, std::int64_t Left, std::int64_t Right) {
  switch (Op) {
  case BO_EQ:
    return Left == Right;
  case BO_NE:
    return Left != Right;
  case BO_LT:
    return Left < Right;
  case BO_LE:
    return Left <= Right;
  case BO_GT:
    return Left > Right;
  case BO_GE:
    return Left >= Right;
  default:
    return true;
  }
}

/// What a fork may have returned when that \p Op \p Than is \p Holds.
static std::uint8_t returned(BinaryOperatorKind Op, std::int64_t Than, bool Holds) {
  std::uint8_t Out = 0;
  for (auto [Value, Bit] :
       {std::pair(-1, ForkState::Negative), std::pair(0, ForkState::Zero),
        std::pair(2, ForkState::Positive), std::pair(1 << 20, ForkState::Positive)})
    if (compares(Op, Value, Than) == Holds)
      Out |= Bit;
  return Out;
}

void ForkFlow::assume(State &Now, const Expr *Condition, bool Taken, unsigned Depth) const {
  const Expr *Inner = Condition ? Condition->IgnoreParenImpCasts() : nullptr;
  if (!Inner || !Now.Fork || Depth == 0)
    return;
  if (isPid(Inner, Now)) {
    Now.May &= returned(BO_NE, 0, Taken);
  } else if (const auto *Not = dyn_cast<UnaryOperator>(Inner)) {
    if (Not->getOpcode() == UO_LNot)
      assume(Now, Not->getSubExpr(), !Taken, Depth - 1);
  } else if (const auto *Test = dyn_cast<BinaryOperator>(Inner); Test && Test->isComparisonOp()) {
    bool Left = isPid(Test->getLHS(), Now);
    if (!Left && !isPid(Test->getRHS(), Now))
      return;
    auto Op = Left ? Test->getOpcode() : BinaryOperator::reverseComparisonOp(Test->getOpcode());
    if (auto Than = model::constantOf(Left ? Test->getRHS() : Test->getLHS(), Body.context()))
      Now.May &= returned(Op, *Than, Taken);
  } else if (const auto *Answer = dyn_cast_or_null<VarDecl>(namedValue(Inner));
             Answer && Answer->getType()->isBooleanType() && Answer->hasInit()) {
    assume(Now, Answer->getInit(), Taken, Depth - 1);
  }
}

void ForkFlow::branch(State &Now, const CFGBlock &From, bool Taken) const {
  assume(Now, dyn_cast_or_null<Expr>(From.getTerminatorCondition()), Taken, 4);
}

void ForkFlow::select(State &Now, const CFGBlock &From, const CFGBlock &To) const {
  const auto *Switch = cast<SwitchStmt>(From.getTerminatorStmt());
  if (!isPid(Switch->getCond(), Now))
    return;
  const auto *Case = dyn_cast_or_null<CaseStmt>(To.getLabel());
  if (Case) {
    if (auto Value = model::constantOf(Case->getLHS(), Body.context()))
      Now.May &= returned(BO_EQ, *Value, true);
    return;
  }
  for (const SwitchCase *Each = Switch->getSwitchCaseList(); Each; Each = Each->getNextSwitchCase())
    if (const auto *Other = dyn_cast<CaseStmt>(Each))
      if (auto Value = model::constantOf(Other->getLHS(), Body.context()))
        Now.May &= returned(BO_EQ, *Value, false);
}

} // namespace corolint
