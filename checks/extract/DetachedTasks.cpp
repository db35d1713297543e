// DetachedTasks.cpp - tasks that are started and left alone
#include "checks/extract/DetachedTasks.h"

#include "checks/extract/Callables.h"
#include "checks/extract/Fate.h"
#include "checks/extract/WrittenParts.h"
#include "checks/model/Predicates.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

namespace {

/// Finds them in a function. A coroutine that handles its own errors needs
/// nobody; nor do those that live as long as the program.
class DetachedTasks {
public:
  DetachedTasks(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  /// What is reached from the entry, one after the other.
  void look(const Stmt &Reached);

  std::vector<DetachedTask> take();

private:
  void start(const CallSite &Site, const model::ConsumeRule &Use, const Expr *Work,
             const Expr *Handler);
  std::optional<DetachedTask::How> handle(const CallSite &Site, const VarDecl *&Variable) const;
  bool isWrapper(const Expr *Work) const;

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<DetachedTask> Found;
  bool RunsLoop = false; ///< the function runs the loop itself
};

} // namespace

/// True for `catch (...)` and a handler of all that derives from std::exception.
static bool catchesAll(const CXXTryStmt &Try) {
  for (unsigned I = 0; I < Try.getNumHandlers(); ++I) {
    const VarDecl *Caught = Try.getHandler(I)->getExceptionDecl();
    const CXXRecordDecl *Class =
        Caught ? Caught->getType().getNonReferenceType()->getAsCXXRecordDecl() : nullptr;
    if (!Caught || (Class && Class->isInStdNamespace() && Class->getName() == "exception"))
      return true;
  }
  return false;
}

static bool awaits(const Stmt *Part) {
  if (!Part || isa<LambdaExpr>(Part))
    return false;
  return isa<CoawaitExpr, CXXThrowExpr>(Part) || llvm::any_of(Part->children(), awaits);
}

/// True when no error of an await in \p Part leaves it.
static bool handlesErrors(const Stmt *Part) {
  if (!Part)
    return true;
  if (const auto *Try = dyn_cast<CXXTryStmt>(Part))
    return catchesAll(*Try);
  if (isa<CompoundStmt, IfStmt, ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, AttributedStmt>(Part))
    return llvm::all_of(Part->children(), handlesErrors);
  return !awaits(Part);
}

/// True when \p Part holds a statement or expression of class \p Wanted.
template <class Wanted> static bool holds(const Stmt *Part) {
  // What co_return calls of its promise stands beside its operand.
  if (const auto *Return = dyn_cast_or_null<CoreturnStmt>(Part))
    return holds<Wanted>(Return->getOperand());
  return Part && (isa<Wanted>(Part) || llvm::any_of(Part->children(), holds<Wanted>));
}

/// What a function that is no coroutine returns, when it does nothing else.
static const Expr *onlyReturns(const FunctionDecl &Function) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Function.getBody());
  const auto *Return =
      Block && Block->size() == 1 ? dyn_cast<ReturnStmt>(Block->body_front()) : nullptr;
  return Return ? Return->getRetValue() : nullptr;
}

/// True when the coroutine that \p Work starts lets no error out.
static bool seesItsErrors(const Expr *Work, unsigned Depth = 4) {
  const Expr *Made = Work ? strip(Work) : nullptr;
  if (!Made || Depth == 0)
    return false;
  llvm::SmallVector<const FunctionDecl *, 2> Starts;
  if (const auto *Call = dyn_cast<CallExpr>(Made))
    Starts = {Call->getDirectCallee()};
  else
    Starts = callableTargets(Work);
  return !Starts.empty() && llvm::all_of(Starts, [&](const FunctionDecl *One) {
    const CoroutineBodyStmt *Coroutine = One ? coroutineBody(*One) : nullptr;
    if (One && !Coroutine)
      return seesItsErrors(onlyReturns(*One), Depth - 1);
    const Stmt *Body = Coroutine ? Coroutine->getBody() : nullptr;
    return Body && handlesErrors(Body) && (holds<CXXTryStmt>(Body) || !holds<CallExpr>(Body));
  });
}

/// The lambda that \p Handler is or names, or null.
static const CXXRecordDecl *closureOf(const Expr *Handler) {
  const CXXRecordDecl *Record =
      strip(Handler)->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->isLambda() ? Record : nullptr;
}

/// True when a handler does nothing with its first argument, the error.
static bool ignoresError(const CXXRecordDecl &Closure) {
  const CXXMethodDecl *Call = Closure.getLambdaCallOperator();
  if (!Call)
    return false;
  if (Call->getNumParams() == 0)
    return true;
  return !Call->getParamDecl(0)->isReferenced();
}

/// What becomes of the handle that \p Site returns; none when something takes it.
std::optional<DetachedTask::How> DetachedTasks::handle(const CallSite &Site,
                                                       const VarDecl *&Variable) const {
  QualType Type = Site.Call->getType();
  if (Type->isVoidType() || Type->isDependentType() || Type->isArithmeticType())
    return std::nullopt; // no handle
  // A handle whose destructor waits or cancels keeps hold of the task; another
  // whose loss is a defect in itself is another check's to report.
  if (Colors.losesWork(Type))
    return std::nullopt;
  if (std::optional<TaskType> Task = Colors.task(Type))
    if (Task->Rule.WhenDestroyed != model::TaskRule::Destroy::Detaches)
      return std::nullopt;
  bool Whole = false;
  if (fate(Site.Call, Body, Whole) == Fate::Dropped)
    return DetachedTask::How::HandleDropped;
  const Stmt *Parent = Body.parent(Site.Call);
  while (isa_and_nonnull<Expr>(Parent)) {
    if (!isa<ExprWithCleanups, ImplicitCastExpr, CXXBindTemporaryExpr, MaterializeTemporaryExpr,
             CXXConstructExpr>(Parent))
      return std::nullopt;
    Parent = Body.parent(Parent);
  }
  const auto *Declared = dyn_cast_or_null<DeclStmt>(Parent);
  const auto *Local =
      Declared && Declared->isSingleDecl() ? dyn_cast<VarDecl>(Declared->getSingleDecl()) : nullptr;
  if (!Local || Local->isReferenced() || Local->isStaticLocal() || isa<DecompositionDecl>(Local))
    return std::nullopt;
  Variable = Local;
  return DetachedTask::How::HandleUnused;
}

/// A function whose parameter is the work, or that says by its name that it
/// detaches, leaves its caller to decide.
bool DetachedTasks::isWrapper(const Expr *Work) const {
  const FunctionDecl &Function = Body.function();
  if (Function.getIdentifier() && (Function.getName().ends_with_insensitive("detached") ||
                                   Function.getName().ends_with_insensitive("detach")))
    return true;
  const ValueDecl *Named = Work ? namedValue(Work) : nullptr;
  if (!Named && Work)
    if (const auto *Call = dyn_cast<CallExpr>(strip(Work)))
      if (const Expr *Called = Call->getCallee())
        Named = isa<CXXOperatorCallExpr>(Call) && Call->getNumArgs() > 0
                    ? namedValue(Call->getArg(0))
                    : namedValue(Called);
  return isa_and_nonnull<ParmVarDecl>(Named);
}

void DetachedTasks::start(const CallSite &Site, const model::ConsumeRule &Use, const Expr *Work,
                          const Expr *Handler) {
  DetachedTask Out;
  Out.Call = Site.Call;
  const VarDecl *Object = Site.functionObject();
  Out.Starter = Object ? static_cast<const NamedDecl *>(Object) : Site.Callee;
  const CXXRecordDecl *Closure = Handler ? closureOf(Handler) : nullptr;
  if (Use.How == model::ConsumeRule::Mode::Detach) {
    Out.Left = DetachedTask::How::Detached;
  } else if (Closure) {
    if (!ignoresError(*Closure))
      return;
    Out.Left = DetachedTask::How::HandlerIgnores;
    Out.Handler = strip(Handler);
  } else if (auto Left = handle(Site, Out.Variable)) {
    Out.Left = *Left;
  } else {
    return;
  }
  if (!isWrapper(Work) && !seesItsErrors(Work))
    Found.push_back(Out);
}

void DetachedTasks::look(const Stmt &Reached) {
  using Mode = model::ConsumeRule::Mode;
  std::optional<CallSite> Site = CallSite::of(&Reached);
  if (!Site || !Site->Callee || !isa<CallExpr>(Site->Call))
    return;
  model::Decider Decide(*Site, Models, Body.context(), [](const Expr *) { return false; });
  for (const model::FunctionRule *Rule : Models.rules(*Site)) {
    if (!Decide.applies(*Rule))
      continue;
    RunsLoop |= Rule->Does && Rule->Does->What == facts::Effect::RunsLoop;
    for (const model::ConsumeRule &Use : Rule->Consumes)
      if ((Use.How == Mode::Spawn || Use.How == Mode::Detach) && !Use.Owned)
        start(*Site, Use, Decide.argument(Use.Argument),
              Use.ErrorsTo ? Decide.argument(*Use.ErrorsTo) : nullptr);
    return;
  }
}

std::vector<DetachedTask> DetachedTasks::take() {
  // What main() starts, and who runs the loop, lives as long as the loop.
  if (RunsLoop || Body.function().isMain())
    return {};
  return std::move(Found);
}

std::vector<DetachedTask> findDetachedTasks(const FunctionBody &Body, const model::Model &Models,
                                            const Coroutines &Colors) {
  DetachedTasks Left(Body, Models, Colors);
  forEachReached(Body, [&](const Stmt &Reached) { Left.look(Reached); });
  return Left.take();
}

} // namespace corolint
