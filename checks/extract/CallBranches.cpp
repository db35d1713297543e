// CallBranches.cpp - what a branch says about readiness and the loop
#include "checks/extract/CallState.h"

#include "checks/extract/Callables.h"
#include "checks/model/Coroutine.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {
namespace {

/// What a condition asks, and whether its answer is yes where it holds.
struct Question {
  const model::FunctionRule *Rule = nullptr;
  const ValueDecl *About = nullptr; ///< whose result is asked for
  bool Yes = true;
};

/// Whether being equal to \p Value means yes: true, or the first value of an
/// enumeration; false, null and its second value mean no.
std::optional<bool> meaning(const Expr *Value, const ASTContext &Context) {
  if (Value->isNullPointerConstant(const_cast<ASTContext &>(Context),
                                   Expr::NPC_ValueDependentIsNotNull))
    return false;
  std::optional<std::int64_t> Constant = model::constantOf(Value, Context);
  if (!Constant || (*Constant != 0 && *Constant != 1))
    return std::nullopt;
  bool IsEnumerator = Value->IgnoreParenImpCasts()->getType()->isEnumeralType();
  return IsEnumerator ? *Constant == 0 : *Constant == 1;
}

/// The value that the function \p Called returns, where that is all that it does.
const Expr *returnedBy(const FunctionDecl *Called) {
  const auto *Body = Called ? dyn_cast_or_null<CompoundStmt>(Called->getBody()) : nullptr;
  const auto *Return =
      Body && Body->size() == 1 ? dyn_cast<ReturnStmt>(Body->body_front()) : nullptr;
  return Return ? Return->getRetValue() : nullptr;
}

/// True when \p Block computes \p Value: what its operands say meets there.
bool hasElement(const CFGBlock &Block, const Expr &Value) {
  return llvm::any_of(Block, [&](const CFGElement &Element) {
    auto Statement = Element.getAs<CFGStmt>();
    return Statement && Statement->getStmt() == &Value;
  });
}

/// The variable whose operator bool says that it holds nothing, or null.
const ValueDecl *emptyOwner(const Expr *Condition, bool Taken) {
  while (const auto *Not = dyn_cast<UnaryOperator>(Condition)) {
    if (Not->getOpcode() != UO_LNot)
      return nullptr;
    Taken = !Taken;
    Condition = strip(Not->getSubExpr());
  }
  const auto *Asked = dyn_cast<CXXMemberCallExpr>(Condition);
  bool IsTest = Asked && isa_and_nonnull<CXXConversionDecl>(Asked->getMethodDecl());
  return IsTest && !Taken ? namedValue(Asked->getImplicitObjectArgument()) : nullptr;
}

} // namespace

/// Reads conditions.
class CallFlow::Asker {
public:
  Asker(const CallFlow &Flow, const State &Now, const ASTContext &Context)
      : Flow(Flow), Now(Now), Context(Context) {}

  /// Adds to \p Out what is asked and answered when \p Condition is \p Taken.
  void ask(const Expr *Condition, bool Taken, unsigned Depth,
           llvm::SmallVectorImpl<Question> &Out) const {
    Condition = strip(Condition);
    if (!Condition || Depth == 0)
      return;
    if (const auto *Not = dyn_cast<UnaryOperator>(Condition); Not && Not->getOpcode() == UO_LNot)
      return ask(Not->getSubExpr(), !Taken, Depth - 1, Out);
    if (const auto *Both = dyn_cast<BinaryOperator>(Condition)) {
      if (Both->isLogicalOp() && (Both->getOpcode() == BO_LAnd) == Taken) {
        ask(Both->getLHS(), Taken, Depth - 1, Out);
        ask(Both->getRHS(), Taken, Depth - 1, Out);
      } else if (Both->isEqualityOp()) {
        bool Equal = Taken == (Both->getOpcode() == BO_EQ);
        if (auto Means = meaning(Both->getRHS(), Context))
          ask(Both->getLHS(), Equal == *Means, Depth - 1, Out);
        else if (auto Means = meaning(Both->getLHS(), Context))
          ask(Both->getRHS(), Equal == *Means, Depth - 1, Out);
      }
      return;
    }
    if (const auto *Variable = dyn_cast_or_null<VarDecl>(namedValue(Condition)))
      return askVariable(*Variable, Taken, Depth, Out);
    if (std::optional<CallSite> Site = CallSite::of(Condition))
      askCall(*Site, Taken, Depth, Out);
  }

private:
  /// A local that keeps an answer: all that it is given must ask the same.
  void askVariable(const VarDecl &Variable, bool Taken, unsigned Depth,
                   llvm::SmallVectorImpl<Question> &Out) const {
    if (!Variable.isLocalVarDecl() || !Variable.getType()->isScalarType())
      return;
    std::optional<llvm::SmallVector<const Expr *, 2>> Values = assignedValues(Variable);
    if (!Values || Values->empty())
      return;
    llvm::SmallVector<Question, 2> All;
    for (const Expr *Value : *Values) {
      if (model::constantOf(Value, Context) == std::int64_t(!Taken))
        continue; // then the branch is the other one
      llvm::SmallVector<Question, 2> One;
      ask(Value, Taken, Depth - 1, One);
      if (One.size() != 1 || (!All.empty() && (All.front().About != One.front().About ||
                                               All.front().Yes != One.front().Yes)))
        return;
      All.append(One);
    }
    if (!All.empty())
      Out.push_back(All.front());
  }

  void askCall(const CallSite &Site, bool Taken, unsigned Depth,
               llvm::SmallVectorImpl<Question> &Out) const {
    const model::FunctionRule *Rule = Flow.rule(Site, Now);
    if (Rule) {
      const Expr *Asked = Site.Object;
      if (!Asked && !Site.Arguments.empty())
        Asked = Site.Arguments.front();
      if (Rule->ReadyCheck || Rule->LoopCheck)
        Out.push_back({Rule, Asked ? namedValue(Asked) : nullptr, Taken});
      return;
    }
    // A function of the program that only asks.
    llvm::SmallVector<Question, 2> Inside;
    ask(returnedBy(Site.Callee), Taken, Depth - 1, Inside);
    for (Question One : Inside) {
      if (const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(One.About)) {
        unsigned Index = Parameter->getFunctionScopeIndex();
        One.About = Index < Site.Arguments.size() ? namedValue(Site.Arguments[Index]) : nullptr;
      } else if (One.About && !(Site.Object && isa<CXXThisExpr>(strip(Site.Object)))) {
        One.About = nullptr; // a member of another object
      }
      Out.push_back(One);
    }
  }

  const CallFlow &Flow;
  const State &Now;
  const ASTContext &Context;
};

void CallFlow::branch(State &Now, const CFGBlock &From, bool Taken) const {
  const auto *Condition = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
  if (!Condition)
    return;
  // A block tests one operand: that before an operator that ends it, or the last.
  if (const auto *Ends = dyn_cast<BinaryOperator>(From.getTerminatorStmt());
      Ends && Ends->isLogicalOp())
    Condition = Ends->getLHS();
  Condition = strip(Condition);
  for (const auto *Both = dyn_cast<BinaryOperator>(Condition);
       Both && Both->isLogicalOp() && !hasElement(From, *Both);
       Both = dyn_cast<BinaryOperator>(Condition))
    Condition = strip(Both->getRHS());
  if (const ValueDecl *Owner = emptyOwner(Condition, Taken))
    Now.MovedFrom.insert(Owner);
  llvm::SmallVector<Question, 2> Answered;
  Asker(*this, Now, Body.context()).ask(Condition, Taken, 6, Answered);
  for (const Question &One : Answered) {
    if (One.Rule->ReadyCheck && One.Yes && One.About)
      Now.Ready.insert(One.About);
    if (One.Rule->LoopCheck && !One.Yes)
      Now.NoLoop = true;
  }
}

} // namespace corolint
