// SwallowedCancellations.cpp - handlers that take cancellation and go on
#include "checks/extract/SwallowedCancellations.h"

#include "checks/extract/CaughtTypes.h"
#include "checks/extract/Dataflow.h"
#include "checks/extract/WrittenParts.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

using Cancellation = model::TypeRule::Cancellation;

/// The rule that says how coroutines of the library of \p Task are cancelled.
static const model::TypeRule *cancellationOf(const std::optional<TaskType> &Task,
                                             const model::Model &Models) {
  if (!Task || !Task->From)
    return nullptr;
  for (const model::TypeRule *Rule : Models.cancellations())
    if (Rule->Library == Task->From->Library && *Rule->Cancels != Cancellation::ByToken)
      return Rule;
  return nullptr;
}

SwallowFlow::SwallowFlow(const FunctionBody &Body, const model::Model &Models,
                         const Coroutines &Colors)
    : Body(Body), Models(Models), Colors(Colors),
      Own(cancellationOf(Colors.task(Body.function().getReturnType()), Models)) {
  for (unsigned I = 0; Own && I < Own->Names.size() && !OwnClass; ++I)
    OwnClass = classNamed(Body.context(), Own->Names[I]);
  bool Cancels = false;
  forEachReached(Body, [&](const Stmt &Part) {
    if (isa<CoawaitExpr>(Part) && maySuspend(Part))
      suspect(cast<Expr>(Part));
    std::optional<CallSite> Site = CallSite::of(&Part);
    if (Site)
      for (const model::FunctionRule *Rule : Models.rules(*Site))
        Cancels |= Rule->Cancels.has_value();
  });
  // Whoever cancels a task expects its cancellation to arrive.
  if (Cancels)
    Suspects.clear();
}

bool SwallowFlow::isHandle(const Expr &Await) const {
  const Expr *Operand = cast<CoawaitExpr>(Await).getOperand()->IgnoreParens();
  std::optional<TaskType> Task = Colors.task(Operand->getType());
  return Task && Operand->isGLValue() && Task->Rule.Starts == model::TaskRule::Start::Eager;
}

/// True when a loop lies between \p Await and \p Try, which it is in.
static bool isInLoop(const Expr &Await, const CXXTryStmt &Try, const FunctionBody &Body) {
  const Stmt *Around = &Await;
  while (Around && Around != &Try && !isa<WhileStmt, ForStmt, DoStmt, CXXForRangeStmt>(Around))
    Around = Body.parent(Around);
  return Around && Around != &Try;
}

void SwallowFlow::suspect(const Expr &Await) {
  if (isHandle(Await))
    return;
  for (const CXXTryStmt *Try : triesAround(Await, Body)) {
    std::optional<SwallowedCancellation> Found = taker(*Try);
    if (!Found)
      continue;
    bool Known = llvm::any_of(
        Suspects, [&](const SwallowedCancellation &One) { return One.Handler == Found->Handler; });
    Found->Cancelled = &Await;
    Found->EndsLoop = isInLoop(Await, *Try, Body);
    if (!Known && !isDeliberate(*Found))
      Suspects.push_back(*Found);
    return;
  }
}

std::optional<SwallowedCancellation> SwallowFlow::taker(const CXXTryStmt &Try) const {
  for (unsigned I = 0; I < Try.getNumHandlers(); ++I) {
    SwallowedCancellation Out;
    Out.Try = &Try;
    Out.Handler = Try.getHandler(I);
    Out.Thrown = OwnClass;
    const CXXRecordDecl *Caught = caughtClass(*Out.Handler);
    const model::TypeRule *Rule = Caught ? Models.type(*Caught) : nullptr;
    Out.Named = Rule && Rule->Cancels && *Rule->Cancels != Cancellation::Error;
    Out.AnyError = Own && *Own->Cancels == Cancellation::Error;
    bool Everything = Own && Out.Handler->getCaughtType().isNull();
    if (Out.Named || Everything || (OwnClass && takes(*Out.Handler, *OwnClass)))
      return Out;
  }
  return std::nullopt;
}

bool SwallowFlow::has(const Stmt &Call, bool model::FunctionRule::*Flag) const {
  std::optional<CallSite> Site = CallSite::of(&Call);
  return Site && llvm::any_of(Models.rules(*Site),
                              [&](const model::FunctionRule *Rule) { return Rule->*Flag; });
}

/// The variable that \p Part assigns to, or null.
static const Expr *assigned(const Stmt &Part) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(&Part))
    return Binary->getOpcode() == BO_Assign ? Binary->getLHS() : nullptr;
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(&Part);
  return Call && Call->getOperator() == OO_Equal ? Call->getArg(0) : nullptr;
}

static bool assigns(const Stmt *Whole, const ValueDecl &Variable) {
  return anyPart(Whole, [&](const Stmt &Part) {
    const Expr *Target = assigned(Part);
    return Target && namedValue(Target) == &Variable;
  });
}

/// True when \p Callee, whose body is known, may throw what is being handled.
static bool rethrows(const FunctionDecl *Callee) {
  const FunctionDecl *Defined = nullptr;
  return Callee && Callee->hasBody(Defined) && anyPart(Defined->getBody(), [](const Stmt &Part) {
           const auto *Throw = dyn_cast<CXXThrowExpr>(&Part);
           return Throw && !Throw->getSubExpr();
         });
}

bool SwallowFlow::isDeliberate(const SwallowedCancellation &One) const {
  const Stmt *Block = One.Handler->getHandlerBlock();
  return anyPart(Block, [&](const Stmt &Part) {
    if (isa<CXXThrowExpr, CoreturnStmt, ReturnStmt, BreakStmt, GotoStmt>(Part) ||
        has(Part, &model::FunctionRule::CancelCheck))
      return true;
    // With one class for all errors, a question about it may be the right one.
    if (const auto *If = dyn_cast<IfStmt>(&Part); If && One.AnyError)
      return true;
    if (const auto *Call = dyn_cast<CallExpr>(&Part)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      if (Callee && (Callee->isNoReturn() || rethrows(Callee)))
        return true;
    }
    // A note for later; a value in place of the one that did not come is none.
    const Expr *Target = assigned(Part);
    const ValueDecl *Kept = Target ? namedValue(Target) : nullptr;
    bool Inside = Kept && Block->getSourceRange().fullyContains(Kept->getSourceRange());
    return Target && !Inside && !(Kept && assigns(One.Try->getTryBlock(), *Kept));
  });
}

bool SwallowFlow::join(State &Into, const State &Other) const {
  std::size_t Before = Into.size();
  Into.insert(Other.begin(), Other.end());
  return Into.size() != Before;
}

void SwallowFlow::step(State &Now, const CFGElement &Element) const {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  const Stmt &Part = *Statement->getStmt();
  if (const auto *Handler = dyn_cast<CXXCatchStmt>(&Part)) {
    for (unsigned I = 0; I < Suspects.size(); ++I)
      if (Suspects[I].Handler == Handler)
        Now.insert(I);
  } else if (maySuspend(Part) || has(Part, &model::FunctionRule::CancelCheck)) {
    Now.clear();
  }
}

static bool isOfOthers(const Expr &Value) {
  if (isa<CXXOperatorCallExpr, CoawaitExpr>(Value))
    return false; // of iterators, as a rule
  if (isa<CallExpr, MemberExpr>(Value))
    return true;
  const auto *Named = dyn_cast<DeclRefExpr>(&Value);
  const auto *Variable = Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
  return Variable && (!Variable->hasLocalStorage() || Variable->getType()->isReferenceType() ||
                      Named->refersToEnclosingVariableOrCapture());
}

/// True when \p Condition asks for what others can change, such as a flag that
/// says that the loop shall end.
static bool asksOthers(const Expr *Condition) {
  Condition = strip(Condition);
  if (const auto *Not = dyn_cast<UnaryOperator>(Condition); Not && Not->getOpcode() == UO_LNot)
    return asksOthers(Not->getSubExpr());
  const auto *Binary = dyn_cast<BinaryOperator>(Condition);
  if (!Binary)
    return isOfOthers(*Condition);
  if (Binary->isLogicalOp())
    return asksOthers(Binary->getLHS()) || asksOthers(Binary->getRHS());
  const Expr *Left = strip(Binary->getLHS()), *Right = strip(Binary->getRHS());
  bool Number = Left->getType()->isIntegerType() && !Left->getType()->isBooleanType() &&
                !Left->getType()->isEnumeralType();
  return !Number && (isOfOthers(*Left) || isOfOthers(*Right));
}

void SwallowFlow::branch(State &Now, const CFGBlock &From, bool) const {
  const auto *Condition = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
  if (!Now.empty() && Condition && asksOthers(Condition))
    Now.clear();
}

void SwallowFlow::visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement || !maySuspend(*Statement->getStmt()))
    return;
  const auto *Suspension = cast<Expr>(Statement->getStmt());
  for (unsigned Number : Before) {
    SwallowedCancellation &One = Suspects[Number];
    bool Again = llvm::is_contained(triesAround(*Suspension, Body), One.Try);
    if (!One.Next || (Again && !One.Again))
      One.Next = Suspension;
    One.Again |= Again;
  }
}

void SwallowFlow::finish(const State &AtExit) { Ends = AtExit; }

/// True when only a break, a return or an exception ends the loop around \p Try.
static bool loopsForever(const CXXTryStmt &Try, const FunctionBody &Body) {
  for (const Stmt *Around = Body.parent(&Try); Around; Around = Body.parent(Around)) {
    const Expr *Condition = nullptr;
    if (const auto *While = dyn_cast<WhileStmt>(Around))
      Condition = While->getCond();
    else if (const auto *For = dyn_cast<ForStmt>(Around))
      Condition = For->getCond();
    else if (const auto *Do = dyn_cast<DoStmt>(Around))
      Condition = Do->getCond();
    else if (isa<CXXForRangeStmt>(Around))
      return false;
    else
      continue;
    bool Value = true;
    return !Condition || (!Condition->isValueDependent() &&
                          Condition->EvaluateAsBooleanCondition(Value, Body.context()) && Value);
  }
  return false;
}

std::vector<SwallowedCancellation> SwallowFlow::take() {
  std::vector<SwallowedCancellation> Out;
  for (unsigned I = 0; I < Suspects.size(); ++I) {
    const SwallowedCancellation &One = Suspects[I];
    bool Bad = One.Next || (One.Named && Ends.count(I));
    if (One.AnyError && !One.Named)
      Bad = One.Again && loopsForever(*One.Try, Body);
    if (Bad)
      Out.push_back(One);
  }
  return Out;
}

std::vector<SwallowedCancellation> findSwallowedCancellations(const FunctionBody &Body,
                                                              const model::Model &Models,
                                                              const Coroutines &Colors) {
  if (Body.cfg().try_blocks_begin() == Body.cfg().try_blocks_end())
    return {};
  SwallowFlow Flow(Body, Models, Colors);
  if (!Flow.isNeeded())
    return {};
  runForward(Body, Flow);
  return Flow.take();
}

} // namespace corolint
