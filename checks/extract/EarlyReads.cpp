// EarlyReads.cpp - what a child will write, read too early
#include "checks/extract/EarlyReads.h"

#include "checks/extract/Dataflow.h"
#include "checks/extract/SpawnedTasks.h"
#include "checks/model/Names.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

/// True for a method that has no const twin: it is there to change the object.
static bool isMutating(const CXXMethodDecl &Method) {
  if (Method.isConst() || Method.isStatic() || isa<CXXConversionDecl>(Method))
    return false;
  for (const NamedDecl *Other : Method.getParent()->lookup(Method.getDeclName())) {
    const auto *Twin = dyn_cast_or_null<CXXMethodDecl>(Other->getAsFunction());
    if (Twin && Twin->isConst())
      return false;
  }
  return true;
}

/// The variable whose value changes when \p Target is written: `all[i].x`.
static const Expr *base(const Expr *Target) {
  const Expr *Inner = strip(Target);
  while (Inner) {
    const Expr *Next = nullptr;
    if (const auto *Member = dyn_cast<MemberExpr>(Inner);
        Member && !isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts()) && !Member->isArrow())
      Next = Member->getBase();
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Inner))
      Next = Element->getBase();
    else if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(Inner);
             Call && Call->getOperator() == OO_Subscript)
      Next = Call->getArg(0);
    if (!Next)
      break;
    Inner = strip(Next);
  }
  return Inner;
}

/// What \p Part writes, or null.
static const Expr *written(const Stmt &Part) {
  if (const auto *Assign = dyn_cast<BinaryOperator>(&Part))
    return Assign->isAssignmentOp() ? base(Assign->getLHS()) : nullptr;
  if (const auto *Step = dyn_cast<UnaryOperator>(&Part))
    return Step->isIncrementDecrementOp() ? base(Step->getSubExpr()) : nullptr;
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(&Part)) {
    OverloadedOperatorKind Which = Call->getOperator();
    bool Writes = Call->isAssignmentOp() || Which == OO_PlusPlus || Which == OO_MinusMinus;
    return Writes ? base(Call->getArg(0)) : nullptr;
  }
  // Of classes that are not known, a method may change something else.
  const auto *Call = dyn_cast<CXXMemberCallExpr>(&Part);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  bool Changes = Method && Method->getParent()->isInStdNamespace() && isMutating(*Method);
  return Changes ? base(Call->getImplicitObjectArgument()) : nullptr;
}

/// Adds what \p Part passes to a function that may write it.
static void addLent(const Stmt &Part, const Coroutines &Colors,
                    llvm::SmallPtrSetImpl<const ValueDecl *> &To) {
  const auto *Call = dyn_cast<CallExpr>(&Part);
  std::optional<CallSite> Site = Call ? CallSite::of(Call) : std::nullopt;
  const FunctionDecl *Callee = Site ? Site->Callee : nullptr;
  if (!Callee || Colors.kind(*Callee) != facts::Kind::Function)
    return;
  for (unsigned I = 0; I < std::min<unsigned>(Site->Arguments.size(), Callee->getNumParams());
       ++I) {
    QualType Type = Callee->getParamDecl(I)->getType();
    bool Refers = Type->isLValueReferenceType() || Type->isPointerType();
    const auto *Address = dyn_cast<UnaryOperator>(strip(Site->Arguments[I]));
    if (Refers && !Type->getPointeeType().isConstQualified() && !isStandard(*Callee))
      if (const ValueDecl *Named = namedValue(Address ? Address->getSubExpr() : Site->Arguments[I]))
        To.insert(Named);
  }
}

EarlyReads::EarlyReads(const FunctionBody &Body, const model::Model &Models,
                       const Coroutines &Colors)
    : Body(Body), Models(Models), Colors(Colors) {
  eachPart(*coroutineBody(Body.function())->getBody(), [&](const Stmt &Part) {
    if (const Expr *Target = written(Part))
      if (const ValueDecl *Named = namedValue(Target))
        Written.insert(Named);
    addLent(Part, Colors, Written);
  });
}

bool EarlyReads::join(State &Into, const State &Other) const {
  return std::erase_if(Into, [&](const auto &One) { return !Other.contains(One.first); }) != 0;
}

void EarlyReads::expect(State &Now, const StartedCoroutine &Child, const Stmt &Made,
                        bool Spawned) const {
  eachPart(Child.body(), [&](const Stmt &Part) {
    const Expr *Target = written(Part);
    const ValueDecl *Outer = Target ? Child.outer(Target) : nullptr;
    if (Outer && !Written.contains(Outer))
      Now.try_emplace(Outer, Expected{Child.Function, &Made, &Part, Spawned});
  });
}

void EarlyReads::step(State &Now, const CFGElement &Element) const {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  const Stmt *Inner = Statement->getStmt();
  if (isa<CoroutineSuspendExpr>(Inner)) {
    Now.clear();
    return;
  }
  if (const auto *Declared = dyn_cast<DeclStmt>(Inner)) {
    for (const Decl *One : Declared->decls()) {
      const auto *Local = dyn_cast<VarDecl>(One);
      const Expr *Init = Local ? Local->getInit() : nullptr;
      std::optional<TaskType> Task = Init ? Colors.task(Local->getType()) : std::nullopt;
      if (!Task || Task->Rule.Starts != model::TaskRule::Start::Lazy || !isa<CallExpr>(strip(Init)))
        continue;
      if (std::optional<StartedCoroutine> Child = StartedCoroutine::of(Init))
        expect(Now, *Child, *Init, /*Spawned=*/false);
    }
    return;
  }
  std::optional<SpawnedTask> Spawn =
      isa<CallExpr>(Inner) ? spawnedBy(Inner, Models, Body.context()) : std::nullopt;
  if (!Spawn || !Spawn->How.StartsLater)
    return;
  if (std::optional<StartedCoroutine> Child = Spawn->coroutine())
    expect(Now, *Child, *Inner, /*Spawned=*/true);
}

/// True for a test that decides whether to wait: `if (!done) co_await end;`
static bool guardsAwait(const Expr &Named, const FunctionBody &Body) {
  const Stmt *Below = &Named;
  const Stmt *Up = Body.parent(Below);
  for (; isa_and_nonnull<Expr>(Up); Up = Body.parent(Below))
    Below = Up;
  const auto *If = dyn_cast_or_null<IfStmt>(Up);
  if (!If || If->getCond() != Below)
    return false;
  bool Awaits = false;
  auto Look = [&](const Stmt &Part) { Awaits |= isa<CoroutineSuspendExpr>(Part); };
  eachPart(*If->getThen(), Look);
  if (If->getElse())
    eachPart(*If->getElse(), Look);
  return Awaits;
}

/// True when the value of \p Named is taken, not its address.
bool EarlyReads::isRead(const Expr &Named) const {
  const Expr *Value = &Named;
  while (const Stmt *Parent = Body.parent(Value)) {
    const auto *Around = dyn_cast<Expr>(Parent);
    if (!Around) {
      const auto *Declared = dyn_cast<DeclStmt>(Parent);
      const auto *Loop =
          Declared ? dyn_cast_or_null<CXXForRangeStmt>(Body.parent(Declared)) : nullptr;
      return Loop && Loop->getRangeStmt() == Declared;
    }
    if (const auto *Cast = dyn_cast<CastExpr>(Around)) {
      if (Cast->getCastKind() == CK_LValueToRValue)
        return true;
      if (Cast->getCastKind() == CK_ToVoid)
        return false;
    } else if (const auto *Member = dyn_cast<MemberExpr>(Around)) {
      if (isa<CXXMethodDecl>(Member->getMemberDecl()))
        return Colors.kind(*cast<CXXMethodDecl>(Member->getMemberDecl())) ==
                   facts::Kind::Function &&
               !Colors.isAwaitable(cast<CXXMethodDecl>(Member->getMemberDecl())->getReturnType());
    } else if (const auto *Made = dyn_cast<CXXConstructExpr>(Around)) {
      return Made->getConstructor()->isCopyConstructor();
    } else if (std::optional<CallSite> Site = CallSite::of(Around)) {
      if (!Site->Callee || Colors.kind(*Site->Callee) != facts::Kind::Function ||
          Colors.isAwaitable(Site->Callee->getReturnType()))
        return false;
      if (Site->Object == Value)
        return true;
      for (unsigned I = 0;
           I < std::min<unsigned>(Site->Arguments.size(), Site->Callee->getNumParams()); ++I)
        if (Site->Arguments[I] == Value) {
          QualType Type = Site->Callee->getParamDecl(I)->getType();
          // What returns a class may keep the reference in it.
          return Type->isLValueReferenceType() && Type->getPointeeType().isConstQualified() &&
                 !Site->Callee->getReturnType()->isRecordType();
        }
      return false;
    } else if (!isa<ParenExpr, ArraySubscriptExpr, MaterializeTemporaryExpr>(Around)) {
      return false;
    }
    Value = Around;
  }
  return false;
}

void EarlyReads::visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
  auto Statement = Element.getAs<CFGStmt>();
  const auto *Named = Statement ? dyn_cast<Expr>(Statement->getStmt()) : nullptr;
  // An assertion that nothing has happened yet knows what it does.
  if (Before.empty() || !isa_and_nonnull<DeclRefExpr, MemberExpr>(Named) ||
      Named->getExprLoc().isMacroID())
    return;
  auto Known = Before.find(namedValue(Named));
  if (Known == Before.end() || !isRead(*Named) || guardsAwait(*Named, Body))
    return;
  const Expected &Late = Known->second;
  bool Said = llvm::any_of(Found, [&](const EarlyRead &One) {
    return One.Variable == Known->first && One.Made == Late.Made->getSourceRange();
  });
  if (!Said)
    Found.push_back({Known->first, Late.Child, Named->getSourceRange(), Late.Made->getSourceRange(),
                     Late.Write->getSourceRange(), Late.Spawned});
}

std::vector<EarlyRead> findEarlyReads(const FunctionBody &Body, const model::Model &Models,
                                      const Coroutines &Colors) {
  if (Body.kind() != facts::Kind::Coroutine || !coroutineBody(Body.function()))
    return {};
  EarlyReads Reads(Body, Models, Colors);
  runForward(Body, Reads);
  return Reads.take();
}

} // namespace corolint
