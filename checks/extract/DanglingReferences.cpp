// DanglingReferences.cpp - tasks that refer to what dies before they end
#include "checks/extract/DanglingReferences.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/LaterUses.h"
#include "checks/extract/Summaries.h"
#include "checks/extract/UnwaitedSpawns.h"
#include "checks/model/Predicates.h"

#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

namespace {

class DanglingFinder {
public:
  DanglingFinder(const Analysis &Unit, const FunctionBody &Body)
      : Unit(Unit), Body(Body), Index(Body.function()),
        Flow(Index, Unit.models(), Unit.colors(), Unit.summaries()) {}

  std::vector<DanglingReference> run() {
    if (!makesTasks())
      return {};
    for (const Expr *Call : Index.calls())
      findDroppedClosures(*Call);
    for (const Expr *Temporary : Index.temporaries())
      findTemporary(*Temporary);
    for (const ParmVarDecl *Parameter : Body.function().parameters())
      findLocal(*Parameter);
    for (const VarDecl *Local : Index.locals())
      findLocal(*Local);
    return std::move(Out);
  }

private:
  using How = DanglingReference::How;

  bool makesTasks() const {
    return llvm::any_of(Index.calls(), [&](const Expr *Call) {
      const auto *Plain = dyn_cast<CallExpr>(Call);
      const FunctionDecl *Callee = Plain ? Plain->getDirectCallee() : nullptr;
      // An error in an argument leaves the type open: then there is no site.
      std::optional<CallSite> Site = Callee ? CallSite::of(Call) : std::nullopt;
      return Flow.isTask(Call->getType()) ||
             (Callee && Unit.colors().kind(*Callee) != facts::Kind::Function) ||
             (Site && !Unit.models().rules(*Site).empty()) || (Callee && startsTask(*Callee));
    });
  }

  /// True for a function that leaves a task running that refers to an argument.
  bool startsTask(const FunctionDecl &Callee) const {
    return llvm::any_of(Callee.parameters(), [&](const ParmVarDecl *One) {
      auto Use = Unit.summaries().of(Callee, One->getFunctionScopeIndex());
      return Use && (Use->Does & facts::Spawns);
    });
  }

  void add(DanglingReference One) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(One.End.Callee);
    if (Method && Method->getParent()->isLambda() &&
        (One.End.Parameter >= facts::CapturesParameter ||
         (One.End.Parameter == 0 && Method->isExplicitObjectMemberFunction())))
      One.Closure = Method->getParent();
    if (!One.Closure)
      One.Closure =
          coroutineLambda(One.Temporary ? One.Temporary->getType() : One.Local->getType());
    for (const DanglingReference &Other : Out)
      if (Other.End.OnlyIf == One.End.OnlyIf &&
          (Other.End.Task == One.End.Task ||
           (Other.End.Spawner && Other.End.Spawner == One.End.Spawner)))
        return;
    // That a function of another unit awaits the task does no harm.
    for (facts::Condition &Test : One.End.OnlyIf)
      if (Test.Does != facts::Returns)
        Test.Does = facts::Spawns | facts::Stores;
    One.Use = lateUse(One);
    One.Certain &= !mayLetGo(One) && !holdsNothing(One) && !mayMove(One) &&
                   !(One.Where == How::Stored && isSuspended(*One.End.At));
    Out.push_back(std::move(One));
  }

  /// True for an object, such as a promise, whose destructor may tell an awaitable
  /// that it gave away. A coroutine would have nothing to be told.
  static bool mayLetGo(const DanglingReference &One) {
    const CXXRecordDecl *Class = (One.Temporary ? One.Temporary->getType() : One.Local->getType())
                                     .getNonReferenceType()
                                     ->getAsCXXRecordDecl();
    return One.End.Parameter == facts::ObjectParameter && !coroutineBody(*One.End.Callee) &&
           Class && tellsOthers(*Class);
  }
  /// True when generic code that makes an awaitable, but no coroutine's task, is
  /// given the value to move: senders, adaptors, pipes.
  bool mayMove(const DanglingReference &One) const {
    const FunctionDecl &Callee = *One.End.Callee;
    return One.End.Parameter < Callee.getNumParams() && !coroutineBody(Callee) &&
           Callee.isTemplateInstantiation() && !Unit.colors().task(Callee.getReturnType()) &&
           Callee.getParamDecl(One.End.Parameter)->getType()->isRValueReferenceType();
  }
  /// True for a lambda that captures nothing: there is nothing to read.
  static bool holdsNothing(const DanglingReference &One) {
    const CXXRecordDecl *Class = (One.Temporary ? One.Temporary->getType() : One.Local->getType())
                                     .getNonReferenceType()
                                     ->getAsCXXRecordDecl();
    return Class && Class->isLambda() && Class->captures_begin() == Class->captures_end();
  }
  static bool tellsOthers(const CXXRecordDecl &Class) {
    if (!Class.hasDefinition() || Class.isInStdNamespace())
      return false;
    return Class.hasUserDeclaredDestructor() ||
           llvm::any_of(Class.bases(), [](const CXXBaseSpecifier &Base) {
             const CXXRecordDecl *Record = Base.getType()->getAsCXXRecordDecl();
             return Record && tellsOthers(*Record);
           });
  }

  /// True when the coroutine is suspended in the expression of \p Part: what has the
  /// task may be done with it by then.
  bool isSuspended(const Stmt &Part) const {
    for (const Stmt *Around = &Part; isa_and_nonnull<Expr>(Around); Around = Index.parent(Around))
      if (isa<CoawaitExpr, CoyieldExpr>(Around))
        return true;
    return false;
  }

  /// True when the expression of \p Spawn waits for what the spawn returned.
  bool isWaitedFor(const Stmt &Spawn) const {
    for (const Stmt *Around = Index.parent(&Spawn); isa_and_nonnull<Expr>(Around);
         Around = Index.parent(Around))
      if (std::optional<CallSite> Site = CallSite::of(Around))
        if (llvm::any_of(Unit.models().rules(*Site),
                         [](const model::FunctionRule *Rule) { return waits(*Rule); }))
          return true;
    return false;
  }

  /// The class of \p Type when it is a lambda that reads its captures late.
  const CXXRecordDecl *coroutineLambda(QualType Type) const {
    const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
    const CXXMethodDecl *Called = callOperator(Record);
    if (!Called || !coroutineBody(*Called))
      return nullptr;
    auto Use = Unit.summaries().of(
        *Called, Called->isExplicitObjectMemberFunction() ? 0 : facts::ObjectParameter);
    return Use && (Use->Does & facts::Returns) ? Record : nullptr;
  }

  const Expr *lateUse(const DanglingReference &One) const {
    const FunctionDecl *Defined = nullptr;
    const FunctionDecl *Called = One.Closure ? callOperator(One.Closure) : One.End.Callee;
    if (!Called || !Called->hasBody(Defined) || !coroutineBody(*Defined))
      return nullptr;
    LaterUses Later(*Defined, Unit.colors());
    if (One.End.Parameter < Defined->getNumParams() && One.End.Callee == Called)
      if (const Expr *Use = Later.of(Defined->getParamDecl(One.End.Parameter)); Use || !One.Closure)
        return Use;
    if (const Expr *This = Later.of(nullptr))
      return This;
    if (One.Closure)
      for (const LambdaCapture &Capture : One.Closure->captures())
        if (Capture.capturesVariable())
          if (const Expr *Use = Later.of(Capture.getCapturedVar()))
            return Use;
    return nullptr;
  }

  /// A temporary is gone when its full expression ends: only an await in that
  /// expression is in time.
  void findTemporary(const Expr &Temporary) {
    ReferenceFlow::Ends Ends = Flow.ofObject(Temporary);
    for (const ReferenceEnd &End : Ends) {
      if (!End.Task)
        continue;
      DanglingReference One;
      One.End = End;
      One.Temporary = &Temporary;
      if (End.What == 0 && End.Holder)
        One.Where = How::Kept;
      else if (End.Holder)
        continue; // that it is held has been said
      else if (End.What & facts::Returns)
        One.Where = How::Returned;
      else if ((End.What & facts::Spawns) && !isWaitedFor(*End.At))
        One.Where = How::Spawned;
      else if (End.What & facts::Stores)
        One.Where = How::Stored;
      else
        continue;
      if (One.Where == How::Kept) {
        // A lazy task that nothing takes never runs: another check's business.
        bool Runs = isEager(*End.Callee);
        if (!Runs && Index.uses(*End.Holder).empty())
          continue;
        One.Certain = Runs || !Unit.colors().task(End.Callee->getReturnType()) ||
                      llvm::any_of(Ends, [&](const ReferenceEnd &Other) {
                        return Other.Holder == End.Holder && Other.What != 0;
                      });
      }
      add(std::move(One));
    }
  }

  bool isEager(const FunctionDecl &Callee) const {
    std::optional<TaskType> Task = Unit.colors().task(Callee.getReturnType());
    return Task && Task->Rule.Starts == model::TaskRule::Start::Eager;
  }

  void findLocal(const VarDecl &Local) {
    QualType Type = Local.getType();
    if (!Local.hasLocalStorage() || isHandle(Type) || Flow.isTask(Type) ||
        (isa<ParmVarDecl>(Local) && !Type->isRecordType()))
      return;
    ReferenceFlow::Ends Ends = Flow.ofVariable(Local);
    for (const ReferenceEnd &End : Ends) {
      if (!End.Task || (End.Owned && isGivenAway(Local)))
        continue;
      DanglingReference One;
      One.End = End;
      One.Local = &Local;
      if (End.What == 0) {
        One.Where = How::Kept;
        if (!outlives(*End.Holder, Local, Ends))
          continue;
        // One that has begun may be done with it when something has been waited for.
        One.Certain = !isEager(*End.Callee) ||
                      afterSpawn(Body, Unit.models(), *End.Task, &Local) == AfterSpawn::Leaves;
      } else if (End.What & facts::Returns) {
        One.Where = How::Returned;
      } else if (End.What & (facts::Spawns | facts::Stores)) {
        One.Where = End.What & facts::Spawns ? How::Spawned : How::Stored;
        const Stmt &Given = End.What & facts::Spawns ? *End.At : *End.Task;
        AfterSpawn After = afterSpawn(Body, Unit.models(), Given, &Local);
        if (After == AfterSpawn::Waits)
          continue;
        One.Certain =
            After == AfterSpawn::Leaves && One.Where == How::Spawned && !isRunElsewhere(End);
      } else {
        continue;
      }
      add(std::move(One));
    }
  }

  /// True when \p Owner hands what it owns to another owner, which may live longer.
  bool isGivenAway(const VarDecl &Owner) const {
    return llvm::any_of(Index.uses(Owner), [&](const Expr *Use) {
      const Stmt *Around = Index.parent(Use);
      while (isa_and_nonnull<ImplicitCastExpr, ParenExpr, CXXConstructExpr>(Around))
        Around = Index.parent(Around);
      if (const auto *Call = dyn_cast_or_null<CallExpr>(Around))
        return strip(Call) != Call; // std::move() and the like
      if (const auto *Member = dyn_cast_or_null<MemberExpr>(Around)) {
        const IdentifierInfo *Name = Member->getMemberDecl()->getIdentifier();
        return Name && (Name->isStr("release") || Name->isStr("swap"));
      }
      return isa_and_nonnull<ReturnStmt, CoreturnStmt>(Around);
    });
  }

  /// True when it is a coroutine that leaves work behind, and something else is
  /// given the coroutine to run: a function that may end only with that work.
  bool isRunElsewhere(const ReferenceEnd &End) const {
    if (Unit.colors().kind(*End.Callee) != facts::Kind::Coroutine)
      return false;
    const Stmt *Around = Index.parent(End.Task);
    while (
        isa_and_nonnull<CXXBindTemporaryExpr, MaterializeTemporaryExpr, ImplicitCastExpr>(Around))
      Around = Index.parent(Around);
    return isa_and_nonnull<CallExpr, CXXConstructExpr>(Around) && Around != End.At;
  }

  bool isWithin(const Stmt *Part, const Stmt *Whole) const {
    for (; Part; Part = Index.parent(Part))
      if (Part == Whole)
        return true;
    return false;
  }

  /// True when \p Holder lives on, and is used, after the scope of \p Local.
  bool outlives(const VarDecl &Holder, const VarDecl &Local,
                llvm::ArrayRef<ReferenceEnd> Ends) const {
    const Stmt *Scope = Index.scope(Local);
    if (!Scope || isa<ParmVarDecl>(Local) || isWithin(Index.scope(Holder), Scope))
      return false;
    for (const ReferenceEnd &End : Ends)
      if (End.Holder == &Holder && (End.What & facts::Awaits) && isWithin(End.At, Scope))
        return false;
    return llvm::any_of(Index.uses(Holder), [&](const Expr *Use) { return !isWithin(Use, Scope); });
  }

  /// Closures that a library drops when they have returned a task.
  void findDroppedClosures(const Expr &Call) {
    std::optional<CallSite> Site = CallSite::of(&Call);
    if (!Site)
      return;
    model::Decider Decide(*Site, Unit.models(), Body.context());
    for (const model::FunctionRule *Rule : Unit.models().rules(*Site)) {
      if (!Decide.applies(*Rule))
        continue;
      for (const model::CallableRule &Passed : Rule->Callables)
        if (Passed.Lifetime == model::CallableRule::Life::Return)
          for (const Expr *Argument : Site->Arguments)
            if (Decide.names(Passed.Argument, Argument))
              addDropped(Call, *Argument);
      return;
    }
  }

  void addDropped(const Expr &Call, const Expr &Argument) {
    const CXXRecordDecl *Record = coroutineLambda(Argument.getType());
    if (!Record)
      return;
    DanglingReference One;
    One.Where = How::Dropped;
    One.Temporary = &Argument;
    One.End.At = One.End.Task = &Call;
    One.End.Callee = callOperator(Record);
    One.End.Parameter = facts::ObjectParameter;
    add(std::move(One));
  }

  const Analysis &Unit;
  const FunctionBody &Body;
  BodyIndex Index;
  ReferenceFlow Flow;
  std::vector<DanglingReference> Out;
};

} // namespace

std::string describeEnd(const DanglingReference &One) {
  using How = DanglingReference::How;
  switch (One.Where) {
  case How::Kept:
    return "'" + One.End.Holder->getNameAsString() + "' keeps the task";
  case How::Returned:
    return "the task is returned here";
  case How::Spawned:
    return "the task is started here, and nothing waits for it";
  case How::Stored:
    return "the task is kept here";
  case How::Dropped:
    return "the lambda is passed here";
  }
  return "";
}

std::vector<DanglingReference> findDanglingReferences(const Analysis &Unit,
                                                      const FunctionBody &Body) {
  return DanglingFinder(Unit, Body).run();
}

} // namespace corolint
