// PollingLoops.cpp - loops that sleep until something has changed
#include "checks/extract/PollingLoops.h"

#include "checks/extract/WrittenParts.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

namespace {

/// Reads one loop.
class LoopReader {
public:
  LoopReader(const FunctionBody &Body, const model::Model &Models, const Stmt &Loop)
      : Body(Body), Models(Models), Loop(Loop) {}

  std::optional<PollingLoop> read();

private:
  const model::FunctionRule *ruleOf(const Expr *Value) const;
  /// The call that \p Await sleeps by, or null.
  std::optional<CallSite> sleep(const CoawaitExpr &Await) const;
  bool isChanged(const ValueDecl &Variable) const;
  /// True when \p Asked reads state of the program that only others change.
  bool asksState(const Expr *Asked);
  bool isQuestion(const CallSite &Site) const;
  bool isShared(const Expr &Value) const;
  bool sleepsOnly() const;

  const FunctionBody &Body;
  const model::Model &Models;
  const Stmt &Loop;
  CallSite Slept;
  PollingLoop Out;
};

} // namespace

const model::FunctionRule *LoopReader::ruleOf(const Expr *Value) const {
  std::optional<CallSite> Site = CallSite::of(Value);
  if (!Site)
    return nullptr;
  model::Decider Decide(*Site, Models, Body.context());
  for (const model::FunctionRule *Rule : Models.rules(*Site))
    if (Decide.applies(*Rule))
      return Rule;
  return nullptr;
}

std::optional<CallSite> LoopReader::sleep(const CoawaitExpr &Await) const {
  const Expr *Made = strip(Await.getOperand());
  const model::FunctionRule *Rule = Made ? ruleOf(Made) : nullptr;
  return Rule && Rule->Sleeps && !Rule->Does ? CallSite::of(Made) : std::nullopt;
}

bool LoopReader::isChanged(const ValueDecl &Variable) const {
  return anyPart(&Loop, [&](const Stmt &Part) {
    if (const auto *Unary = dyn_cast<UnaryOperator>(&Part))
      return Unary->isIncrementDecrementOp() && namedValue(Unary->getSubExpr()) == &Variable;
    if (const auto *Binary = dyn_cast<BinaryOperator>(&Part))
      return Binary->isAssignmentOp() && namedValue(Binary->getLHS()) == &Variable;
    const auto *Call = dyn_cast<CXXOperatorCallExpr>(&Part);
    return Call && Call->isAssignmentOp() && namedValue(Call->getArg(0)) == &Variable;
  });
}

bool LoopReader::isShared(const Expr &Value) const {
  if (isa<CXXThisExpr>(Value))
    return true;
  if (isa<MemberExpr>(Value))
    return !isa<CXXMethodDecl>(cast<MemberExpr>(Value).getMemberDecl());
  const auto *Named = dyn_cast<DeclRefExpr>(&Value);
  const auto *Variable = Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
  if (!Variable || Variable->getType().isConstQualified())
    return false;
  return !Variable->hasLocalStorage() || Variable->getType()->isReferenceType() ||
         Variable->getType()->isRecordType() || Named->refersToEnclosingVariableOrCapture();
}

/// True for a call that only looks: a const method without arguments.
bool LoopReader::isQuestion(const CallSite &Site) const {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Site.Callee);
  return Method && Method->isConst() && Site.Arguments.empty();
}

bool LoopReader::asksState(const Expr *Asked) {
  bool Shared = false, Other = false;
  anyPart(Asked, [&](const Stmt &Part) {
    const auto *Value = dyn_cast<Expr>(&Part);
    if (!Value)
      return false;
    if (std::optional<CallSite> Site = CallSite::of(Value)) {
      const model::FunctionRule *Rule = ruleOf(Value);
      Out.OfTask |= Rule && Rule->ReadyCheck;
      // What other functions ask, nobody in the program may be able to tell.
      bool Plain = isa<CXXConstructExpr>(Value) || isQuestion(*Site) ||
                   (Rule && (Rule->ReadyCheck || Rule->CancelCheck));
      Other |= !Plain && !isa<CXXOperatorCallExpr>(Value);
    }
    Other |= isa<CoroutineSuspendExpr>(Value);
    if (const ValueDecl *Named = namedValue(Value); Named && isChanged(*Named))
      Other = true;
    Shared |= isShared(*Value);
    return false;
  });
  return Shared && !Other;
}

/// Counting, leaving and sleeping is all that the loop does.
bool LoopReader::sleepsOnly() const {
  return !anyPart(&Loop, [&](const Stmt &Part) {
    if (isa<LambdaExpr, CXXTryStmt>(Part))
      return true;
    const auto *Suspension = dyn_cast<CoroutineSuspendExpr>(&Part);
    if (Suspension && Suspension != Out.Sleep)
      return true;
    const auto *Value = dyn_cast<Expr>(&Part);
    std::optional<CallSite> Site = Value ? CallSite::of(Value) : std::nullopt;
    if (!Site || isa<CXXConstructExpr>(Value) || Site->Call == Slept.Call)
      return false;
    const Stmt *Around = Body.parent(Value);
    while (isa_and_nonnull<Expr>(Around) && !isa<CXXThrowExpr>(Around) && Around != Out.Sleep &&
           Around != Out.Condition)
      Around = Body.parent(Around);
    bool Harmless = isa_and_nonnull<CXXThrowExpr>(Around) ||
                    (Around && (Around == Out.Sleep || Around == Out.Condition)) ||
                    Value == Out.Condition || isQuestion(*Site) ||
                    isa<CXXOperatorCallExpr, UserDefinedLiteral>(Value);
    // A timer is set before each wait for it.
    const ValueDecl *Timer = Slept.Object ? namedValue(Slept.Object) : nullptr;
    bool Sets = Timer && Site->Object && namedValue(Site->Object) == Timer;
    return !Harmless && !Sets;
  });
}

/// The question that ends \p Loop when it has no condition of its own:
/// `if (done) break;` or `return`.
static const Expr *exitQuestion(const Stmt *Block) {
  const auto *Compound = dyn_cast_or_null<CompoundStmt>(Block);
  if (!Compound)
    return nullptr;
  for (const Stmt *Child : Compound->body())
    if (const auto *If = dyn_cast<IfStmt>(Child); If && !If->getElse())
      if (anyPart(If->getThen(),
                  [](const Stmt &Part) { return isa<BreakStmt, CoreturnStmt>(Part); }))
        return If->getCond();
  return nullptr;
}

std::optional<PollingLoop> LoopReader::read() {
  const Stmt *Block = nullptr;
  if (const auto *While = dyn_cast<WhileStmt>(&Loop)) {
    Out.Condition = While->getCond();
    Block = While->getBody();
  } else if (const auto *Do = dyn_cast<DoStmt>(&Loop)) {
    Out.Condition = Do->getCond();
    Block = Do->getBody();
  } else if (const auto *For = dyn_cast<ForStmt>(&Loop)) {
    Out.Condition = For->getCond();
    Block = For->getBody();
  }
  Out.Loop = &Loop;
  bool Always = false;
  if (!Out.Condition ||
      (!Out.Condition->isValueDependent() &&
       Out.Condition->EvaluateAsBooleanCondition(Always, Body.context()) && Always))
    Out.Condition = exitQuestion(Block);
  unsigned Sleeps = 0;
  anyPart(Block, [&](const Stmt &Part) {
    const auto *Await = dyn_cast<CoawaitExpr>(&Part);
    std::optional<CallSite> Site = Await ? sleep(*Await) : std::nullopt;
    if (Site) {
      ++Sleeps;
      Slept = *Site;
      Out.Sleep = Await;
    }
    return false;
  });
  if (!Out.Condition || Sleeps != 1 || !asksState(Out.Condition) || !sleepsOnly())
    return std::nullopt;
  // A time that changes is a back-off: whoever writes it knows what is awaited.
  bool BacksOff = anyPart(Out.Sleep, [&](const Stmt &Part) {
    const auto *Value = dyn_cast<Expr>(&Part);
    const ValueDecl *Named = Value ? namedValue(Value) : nullptr;
    return Named && isChanged(*Named);
  });
  return BacksOff ? std::nullopt : std::optional(Out);
}

std::vector<PollingLoop> findPollingLoops(const FunctionBody &Body, const model::Model &Models) {
  std::vector<PollingLoop> Out;
  std::vector<const Stmt *> Seen;
  forEachReached(Body, [&](const Stmt &Part) {
    if (!isa<CoawaitExpr>(Part))
      return;
    const Stmt *Loop = Body.parent(&Part);
    while (Loop && !isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(Loop))
      Loop = Body.parent(Loop);
    if (!Loop || isa<CXXForRangeStmt>(Loop) || llvm::is_contained(Seen, Loop))
      return;
    Seen.push_back(Loop);
    if (std::optional<PollingLoop> Found = LoopReader(Body, Models, *Loop).read())
      Out.push_back(*Found);
  });
  return Out;
}

} // namespace corolint
