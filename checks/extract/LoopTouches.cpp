// LoopTouches.cpp - uses of a loop's objects from other threads
#include "checks/extract/LoopTouches.h"

#include "checks/extract/CallState.h"
#include "checks/extract/Callables.h"
#include "checks/extract/Dataflow.h"
#include "checks/extract/ThreadLife.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint {

namespace {

/// The variable, parameter or member at the root of \p Object, behind pointers.
const ValueDecl *rootOf(const Expr *Object) {
  for (const Expr *Value = strip(Object); Value;) {
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Value);
        Operator && Operator->getNumArgs() > 0)
      Value = strip(Operator->getArg(0));
    else if (const auto *Unary = dyn_cast<UnaryOperator>(Value))
      Value = strip(Unary->getSubExpr());
    else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Value))
      Value = strip(Call->getImplicitObjectArgument());
    else if (const auto *Member = dyn_cast<MemberExpr>(Value);
             Member && !isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts()))
      // The owner of an object says whose thread it is.
      Value = strip(Member->getBase());
    else
      return namedValue(Value);
  }
  return nullptr;
}

/// True when \p Statement mentions \p Value.
bool mentions(const Stmt *Statement, const ValueDecl *Value) {
  if (!Statement)
    return false;
  if (const auto *One = dyn_cast<Expr>(Statement); One && namedValue(One) == Value)
    return true;
  return llvm::any_of(Statement->children(),
                      [&](const Stmt *Child) { return mentions(Child, Value); });
}

/// What the variable or member \p Value is made with.
bool isMadeWith(const ValueDecl &Value, const ValueDecl *Part) {
  if (const auto *Variable = dyn_cast<VarDecl>(&Value))
    return mentions(Variable->getInit(), Part);
  const auto *Field = dyn_cast<FieldDecl>(&Value);
  const auto *Record = Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
  if (!Record)
    return false;
  if (mentions(Field->getInClassInitializer(), Part))
    return true;
  for (const CXXConstructorDecl *Constructor : Record->ctors())
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (Init->getMember() == Field && mentions(Init->getInit(), Part))
        return true;
  return false;
}

/// Lists what a function does that only the loop's thread may do.
class TouchFlow : public CallFlow {
public:
  TouchFlow(const FunctionBody &Body, const model::Model &Models, const LambdaExpr *Closure)
      : CallFlow(Body, Models), Closure(Closure) {}

  void visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
    auto Statement = Element.getAs<CFGStmt>();
    if (!Statement)
      return;
    if (const auto *Await = dyn_cast<CoawaitExpr>(Statement->getStmt()); Await && !Before.OffLoop)
      Switch = Await->getSourceRange();
    std::optional<CallSite> Site = CallSite::of(Statement->getStmt());
    if (!Site || !Site->Callee)
      return;
    const model::FunctionRule *Rule = rule(*Site, Before);
    RunsLoop |= Rule && Rule->Does && Rule->Does->What == facts::Effect::RunsLoop;
    if (Before.NoLoop || !isForLoop(*Site, Rule))
      return;
    const ValueDecl *Root = Site->Object ? rootOf(Site->Object) : nullptr;
    if (Site->Object && (!Root || isOwn(*Root)))
      return;
    Found.push_back({Statement->getStmt()->getSourceRange(), qualifiedName(*Site->Callee),
                     Root ? Root->getNameAsString() : "", &Body.function(), Switch,
                     Before.OffLoop});
    Roots.push_back(Root);
  }

  std::vector<LoopTouch> Found;
  std::vector<const ValueDecl *> Roots; ///< of Found
  bool RunsLoop = false;

private:
  bool isForLoop(const CallSite &Site, const model::FunctionRule *Rule) const {
    using Threads = model::FunctionRule::Threads;
    if (Rule && Rule->CallableFrom)
      return *Rule->CallableFrom == Threads::Loop;
    // Whoever uses an object without a loop waits in it.
    if (Rule && Rule->Does)
      return false;
    const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
    if (!Method || !Site.Object || isa<CXXConversionDecl>(Method) || Method->isOverloadedOperator())
      return false;
    QualType Type = strip(Site.Object)->getType(); // as written, not the base's
    const model::TypeRule *Of = typeOf(Type->isPointerType() ? Type->getPointeeType() : Type);
    // To look at an object is a race at most; a handle is never changed itself.
    return Of && Of->LoopBound && (!Method->isConst() || isCommand(*Of, *Method, Rule));
  }

  /// True for a method of a handle that changes what the handle stands for.
  static bool isCommand(const model::TypeRule &Of, const CXXMethodDecl &Method,
                        const model::FunctionRule *Rule) {
    return Of.Task && ((Rule && Rule->Cancels) || Method.getReturnType()->isVoidType());
  }

  /// The rule of a class or of the nearest base that has one.
  const model::TypeRule *typeOf(QualType Type) const {
    if (const model::TypeRule *Rule = Models.type(Type))
      return Rule;
    const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
    if (!Record || !Record->hasDefinition())
      return nullptr;
    for (const CXXBaseSpecifier &Base : Record->bases())
      if (const model::TypeRule *Rule = typeOf(Base.getType()))
        return Rule;
    return nullptr;
  }

  /// True for a variable of this function, or one that its closure was given: no
  /// other thread has that object.
  bool isOwn(const ValueDecl &Root) const {
    QualType Type = Root.getType();
    const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
    const auto *Variable = dyn_cast<VarDecl>(&Root);
    if (!Variable || Variable->hasGlobalStorage())
      return false;
    if (Variable->getDeclContext() == &Body.function())
      return Record &&
             (!isHandle(Type) || (Variable->getInit() && !namedValue(Variable->getInit())));
    if (!Closure || Type->isReferenceType() || Type->isPointerType() || isHandle(Type))
      return false;
    for (const LambdaCapture &Capture : Closure->captures())
      if (Capture.capturesVariable() && Capture.getCapturedVar() == Variable)
        return Capture.getCaptureKind() == LCK_ByCopy;
    return false;
  }

  /// An object of which copies mean the same: a shared pointer, a task.
  bool isHandle(QualType Type) const {
    const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
    const model::TypeRule *Rule = Models.type(Type);
    return (Record && model::isShared(*Record)) || (Rule && Rule->Task);
  }

  const LambdaExpr *Closure;
  SourceRange Switch;
};

const LambdaExpr *lambdaIn(const Expr *Argument) {
  const Expr *Value = strip(Argument);
  while (const auto *Wrapper = dyn_cast_or_null<CXXConstructExpr>(Value))
    Value = Wrapper->getNumArgs() > 0 ? strip(Wrapper->getArg(0)) : nullptr;
  return dyn_cast_or_null<LambdaExpr>(Value);
}

/// Follows one function for what it does itself and for what it gives to threads.
class TouchFinder {
public:
  TouchFinder(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  std::vector<LoopTouch> find() {
    if (Body.kind() == facts::Kind::Coroutine)
      switches();
    for (const ThreadStart &One : findThreadStarts(Body, Models))
      if (One.Concurrent)
        starts(One);
    return std::move(Out);
  }

private:
  void switches() {
    TouchFlow Flow(Body, Models, nullptr);
    runForward(Body, Flow);
    for (std::size_t I = 0; I < Flow.Found.size(); ++I) {
      const auto *Local = dyn_cast_or_null<VarDecl>(Flow.Roots[I]);
      bool Kept = Local && Local->isLocalVarDecl() && !Local->isStaticLocal();
      if (Flow.Found[I].Switched && !Kept)
        Out.push_back(Flow.Found[I]);
    }
  }

  void starts(const ThreadStart &Start) {
    for (const FunctionDecl *Target : callableTargets(Start.Callable)) {
      llvm::SmallPtrSet<const FunctionDecl *, 8> Seen;
      std::vector<LoopTouch> Found;
      bool RunsLoop = false;
      follow(*Target, lambdaIn(Start.Callable), Start, Seen, Found, RunsLoop);
      if (!RunsLoop)
        llvm::append_range(Out, Found);
    }
  }

  /// What \p Function does on the thread, with what it calls.
  void follow(const FunctionDecl &Function, const LambdaExpr *Closure, const ThreadStart &Start,
              llvm::SmallPtrSetImpl<const FunctionDecl *> &Seen, std::vector<LoopTouch> &Found,
              bool &RunsLoop) const {
    const FunctionDecl *Defined = Function.getDefinition();
    if (!Defined || !Defined->hasBody() || Defined->isDependentContext() ||
        Defined->hasSkippedBody() || Seen.size() > 50 || !Seen.insert(Defined).second)
      return;
    facts::Kind Kind = Colors.kind(*Defined);
    std::unique_ptr<FunctionBody> Inside = FunctionBody::of(*Defined, Kind);
    if (!Inside)
      return;
    TouchFlow Flow(*Inside, Models, Closure);
    runForward(*Inside, Flow);
    RunsLoop |= Flow.RunsLoop;
    for (std::size_t I = 0; I < Flow.Found.size(); ++I) {
      LoopTouch One = Flow.Found[I];
      if (One.Switched || isOfThePool(Flow.Roots[I], Start))
        continue;
      One.Started = Start.Place->getSourceRange();
      Found.push_back(One);
    }
    for (const FunctionDecl *Called : calledBy(*Inside))
      follow(*Called, nullptr, Start, Seen, Found, RunsLoop);
  }

  /// An object that was made with the pool that runs the function.
  static bool isOfThePool(const ValueDecl *Root, const ThreadStart &Start) {
    if (!Root)
      return false;
    std::optional<CallSite> Site = CallSite::of(Start.Place);
    llvm::SmallVector<const Expr *, 4> Given(Site->Arguments.begin(), Site->Arguments.end());
    Given.push_back(Site->Object);
    return llvm::any_of(Given, [&](const Expr *One) {
      const ValueDecl *Pool = One ? rootOf(One) : nullptr;
      return Pool && One != Start.Callable && isMadeWith(*Root, Pool);
    });
  }

  /// The methods of the same object, and the functions without arguments, that
  /// \p Inside calls: what is passed to others may be made for the thread.
  static std::vector<const FunctionDecl *> calledBy(const FunctionBody &Inside) {
    std::vector<const FunctionDecl *> Found;
    for (const CFGBlock *Block : Inside.cfg())
      for (const CFGElement &Element : *Block) {
        auto Statement = Element.getAs<CFGStmt>();
        std::optional<CallSite> Site =
            Statement ? CallSite::of(Statement->getStmt()) : std::nullopt;
        if (!Site || !Site->Callee || isa<CXXConstructExpr>(Site->Call))
          continue;
        bool Own = Site->Object && isa<CXXThisExpr>(Site->Object->IgnoreParenImpCasts());
        bool Free = !Site->Object && Site->Arguments.empty();
        if ((Own || Free) && coroutineBody(*Site->Callee) == nullptr)
          Found.push_back(Site->Callee);
      }
    return Found;
  }

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<LoopTouch> Out;
};

} // namespace

std::vector<LoopTouch> findLoopTouches(const FunctionBody &Body, const model::Model &Models,
                                       const Coroutines &Colors) {
  return TouchFinder(Body, Models, Colors).find();
}

} // namespace corolint
