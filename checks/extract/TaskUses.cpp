// TaskUses.cpp - what becomes of a task where it is named
#include "checks/extract/TaskUses.h"

#include "checks/extract/BorrowedTasks.h"
#include "checks/extract/TaskMethods.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

using Kind = TaskUse::Kind;

const model::FunctionRule *ruleFor(const CallSite &Site, const model::Model &Models,
                                   const ASTContext &Context) {
  model::Decider Decide(Site, Models, Context, [](const Expr *) { return false; });
  for (const model::FunctionRule *Rule : Models.rules(Site))
    if (Decide.applies(*Rule))
      return Rule;
  return nullptr;
}

/// True for a method by which the language awaits.
static bool isOfAwait(const FunctionDecl *Callee) {
  if (!Callee)
    return false;
  if (Callee->getOverloadedOperator() == OO_Coawait)
    return true;
  return Callee->getIdentifier() &&
         (Callee->getName() == "await_ready" || Callee->getName() == "await_suspend" ||
          Callee->getName() == "await_resume" || Callee->getName() == "await_transform");
}

std::optional<bool> looksAtObject(const model::FunctionRule *Rule) {
  if (!Rule)
    return std::nullopt;
  for (const model::ConsumeRule &Use : Rule->Consumes)
    if (Use.Argument.Index == model::ArgumentRef::Object)
      return Use.How == model::ConsumeRule::Mode::Borrow;
  if (Rule->GivesResultOf || Rule->Cancels)
    return false;
  if (Rule->ReadyCheck || Rule->FailureCheck)
    return true;
  return std::nullopt;
}

std::optional<unsigned> TaskUses::filled(const Stmt *Statement) const {
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Statement);
  if (!Call || Call->getNumArgs() == 0)
    return std::nullopt;
  std::optional<unsigned> Which = Names.index(namedValue(Call->getImplicitObjectArgument()));
  if (!Which || !Names.variables()[*Which].IsContainer)
    return std::nullopt;
  const Stmt *Parent = Body.parent(Call);
  while (isa_and_nonnull<ExprWithCleanups>(Parent))
    Parent = Body.parent(Parent);
  if (isa_and_nonnull<Expr>(Parent) || isa_and_nonnull<DeclStmt>(Parent))
    return std::nullopt;
  QualType Own = Names.variables()[*Which].Declared->getType().getNonReferenceType();
  for (const Expr *Argument : Call->arguments())
    if (Body.context().hasSameUnqualifiedType(Argument->getType().getNonReferenceType(), Own))
      return std::nullopt; // swap and the like
  return Which;
}

std::optional<unsigned> TaskUses::assigned(const Stmt *Statement, const Expr *&Value) const {
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(Statement);
  if (!Call || Call->getOperator() != OO_Equal || Call->getNumArgs() != 2)
    return std::nullopt;
  Value = Call->getArg(1);
  return Names.index(namedValue(Call->getArg(0)));
}

std::optional<unsigned> TaskUses::askedWhetherDone(const Expr *Test) const {
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Test);
  if (!Call || !Call->getMethodDecl())
    return std::nullopt;
  std::optional<CallSite> Site = CallSite::of(Call);
  const model::FunctionRule *Rule = Site ? ruleFor(*Site, Models, Body.context()) : nullptr;
  if (!(Rule && Rule->ReadyCheck) && !asksHandleWhetherDone(*Call->getMethodDecl()))
    return std::nullopt;
  return Names.index(namedValue(Call->getImplicitObjectArgument()));
}

TaskUse TaskUses::inMember(const MemberExpr &Member, TaskUse Out) const {
  const Stmt *Call = Body.parent(&Member);
  while (isa_and_nonnull<ParenExpr>(Call))
    Call = Body.parent(Call);
  const auto *Method = dyn_cast<CXXMethodDecl>(Member.getMemberDecl());
  Out.By = Call;
  Out.What = Kind::Give; // a part of it
  if (!Method || !isa_and_nonnull<CXXMemberCallExpr>(Call))
    return Out;
  if (isOfAwait(Method)) {
    Out.What = Kind::Await;
    return Out;
  }
  if (filled(Call)) {
    Out.What = Kind::Fill;
    return Out;
  }
  std::optional<CallSite> Site = CallSite::of(Call);
  std::optional<bool> Said =
      Site ? looksAtObject(ruleFor(*Site, Models, Body.context())) : std::nullopt;
  auto Which = Names.index(namedValue(cast<CXXMemberCallExpr>(Call)->getImplicitObjectArgument()));
  bool Counts = Which && Names.variables()[*Which].IsContainer && Method->isConst() &&
                Method->getReturnType()->isArithmeticType();
  Out.What = Said.value_or(Counts || onlyLooks(*Method)) ? Kind::Look : Kind::Drive;
  return Out;
}

/// True when \p Value goes into a parameter that refers to it.
static bool isLent(const CallSite &Site, const Expr *Value) {
  if (!Site.Callee)
    return true;
  for (unsigned I = 0; I < Site.Arguments.size(); ++I)
    if (Site.Arguments[I] == Value)
      return I < Site.Callee->getNumParams() &&
             Site.Callee->getParamDecl(I)->getType()->isLValueReferenceType();
  return false;
}

/// True for what builds another object of the argument's own class.
static bool isCopyOrMove(const FunctionDecl *Callee) {
  const auto *Constructor = dyn_cast_or_null<CXXConstructorDecl>(Callee);
  return Constructor && Constructor->isCopyOrMoveConstructor();
}

TaskUse TaskUses::inCall(const Expr &Call, const Expr *Value, TaskUse Out) const {
  Out.By = &Call;
  Out.What = Kind::Give;
  std::optional<CallSite> Site = CallSite::of(&Call);
  if (Site && isOfAwait(Site->Callee)) {
    Out.What = Kind::Await;
    return Out;
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call)) {
    if (Operator->getOperator() == OO_Equal && Operator->getArg(0) == Value)
      Out.What = Kind::Replace;
    else if (Operator->isComparisonOp())
      Out.What = Kind::Look;
    return Out;
  }
  if (!Site)
    return Out;
  if (isLent(*Site, Value) && !isCopyOrMove(Site->Callee))
    Out.What = Kind::Lend;
  const model::FunctionRule *Rule = ruleFor(*Site, Models, Body.context());
  if (!Rule && Known && Out.What == Kind::Lend)
    if (std::optional<facts::Condition> Test = borrowedIf(*Site, Value, *Known)) {
      Out.What = Kind::Look;
      if (!Test->Function.empty())
        Out.OnlyIf = std::move(Test);
    }
  if (!Rule || Value->isXValue())
    return Out; // what is moved in is given away, whatever the callee does
  model::Decider Decide(*Site, Models, Body.context(), [](const Expr *) { return false; });
  for (const model::ConsumeRule &Use : Rule->Consumes)
    if (Use.How == model::ConsumeRule::Mode::Borrow && Decide.names(Use.Argument, Value))
      Out.What = Kind::Look;
  return Out;
}

TaskUse TaskUses::inStatement(const Stmt &Parent, TaskUse Out) const {
  Out.By = &Parent;
  if (isa<ReturnStmt, CoreturnStmt>(Parent)) {
    Out.What = Kind::Give;
  } else if (const auto *Declared = dyn_cast<DeclStmt>(&Parent)) {
    const auto *Local =
        Declared->isSingleDecl() ? dyn_cast<VarDecl>(Declared->getSingleDecl()) : nullptr;
    bool IsReference = Local && Local->getType()->isReferenceType();
    Out.What = !IsReference ? Kind::Give : Names.index(Local) ? Kind::Rename : Kind::Lend;
    const auto *Loop = dyn_cast_or_null<CXXForRangeStmt>(Body.parent(Declared));
    if (Loop && Loop->getRangeStmt() == Declared)
      Out.What = Kind::Iterate;
  }
  return Out;
}

/// True for what only wraps its operand.
static bool isWrapper(const Expr &Around) {
  return isa<ParenExpr, ImplicitCastExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
             ExprWithCleanups, ConditionalOperator>(Around);
}

TaskUse TaskUses::of(const DeclRefExpr &Use) const {
  TaskUse Out;
  const Expr *Value = &Use;
  if (Use.getDecl()->isImplicit()) { // the range of a range-for, by its hidden name
    Out.What = Kind::Iterate;
    return Out;
  }
  while (const Stmt *Parent = Body.parent(Value)) {
    Out.Moved |= Value->isXValue();
    if (const auto *Member = dyn_cast<MemberExpr>(Parent))
      return inMember(*Member, Out);
    const auto *Around = dyn_cast<Expr>(Parent);
    if (!Around) // a statement of its own, or another name for it
      return inStatement(*Parent, Out);
    Out.By = Around;
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Around)) {
      if (Cast->getType()->isVoidType()) {
        Out.What = Kind::Drop;
        return Out;
      }
    } else if (const auto *Comma = dyn_cast<BinaryOperator>(Around);
               Comma && Comma->getOpcode() == BO_Comma) {
      if (Comma->getLHS() == Value)
        return Out;
    } else if (isa<CoawaitExpr, OpaqueValueExpr>(Around)) {
      Out.What = Kind::Await;
      return Out;
    } else if (isa<LambdaExpr, UnaryOperator>(Around)) {
      Out.What = Kind::Lend; // captured, or its address taken
      return Out;
    } else if (isa<CallExpr, CXXConstructExpr>(Around)) {
      if (isa<CXXConstructExpr>(Around) || strip(Around) == Around)
        return inCall(*Around, Value, Out);
      // std::move and std::forward only rename
    } else if (!isWrapper(*Around)) {
      Out.What = Kind::Give;
      return Out;
    }
    Value = Around;
  }
  return Out;
}

} // namespace corolint
