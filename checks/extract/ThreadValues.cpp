// ThreadValues.cpp - what belongs to one thread and outlives a suspension
#include "checks/extract/ThreadValues.h"

#include "checks/model/CallSite.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

namespace {

constexpr char ErrorKey[] = "error";

/// The thread_local variable that \p Value names or is a part of, or null.
const VarDecl *threadVariable(const Expr *Value) {
  Value = Value ? strip(Value) : nullptr;
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Value);
      Member && !Member->isArrow() && isa<FieldDecl>(Member->getMemberDecl()))
    return threadVariable(Member->getBase());
  if (const auto *Element = dyn_cast_or_null<ArraySubscriptExpr>(Value))
    return threadVariable(Element->getBase());
  const ValueDecl *Named = nullptr;
  if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(Value))
    Named = Reference->getDecl();
  else if (const auto *Static = dyn_cast_or_null<MemberExpr>(Value))
    Named = Static->getMemberDecl();
  const auto *Variable = dyn_cast_or_null<VarDecl>(Named);
  return Variable && Variable->getTLSKind() != VarDecl::TLS_None ? Variable : nullptr;
}

/// True when all that \p Function returns is a thread_local variable, or its
/// address.
bool returnsThreadVariable(const FunctionDecl *Function) {
  const Stmt *Body = Function ? Function->getBody() : nullptr;
  if (!Body ||
      !(Function->getReturnType()->isReferenceType() || Function->getReturnType()->isPointerType()))
    return false;
  llvm::SmallVector<const Stmt *, 8> Work{Body};
  bool Any = false;
  while (!Work.empty()) {
    const Stmt *Part = Work.pop_back_val();
    if (!Part || isa<LambdaExpr>(Part))
      continue;
    if (const auto *Return = dyn_cast<ReturnStmt>(Part)) {
      const Expr *Value = Return->getRetValue() ? strip(Return->getRetValue()) : nullptr;
      if (const auto *Address = dyn_cast_or_null<UnaryOperator>(Value))
        Value = Address->getSubExpr();
      if (!threadVariable(Value))
        return false;
      Any = true;
    }
    Work.append(Part->child_begin(), Part->child_end());
  }
  return Any;
}

class ThreadWatch : public ValueWatch {
public:
  ThreadWatch(const FunctionBody &Body, const model::Model &Models, bool OneThread)
      : Body(Body), Models(Models), OneThread(OneThread) {}

  void step(FollowedValues &Now, const Stmt &Statement) override {
    if (const auto *Declared = dyn_cast<DeclStmt>(&Statement)) {
      for (const Decl *One : Declared->decls())
        if (const auto *Local = dyn_cast<VarDecl>(One); Local && !Local->isStaticLocal())
          take(Now, *Local, Local->getInit());
      return;
    }
    if (const auto *Await = dyn_cast<CoawaitExpr>(&Statement);
        Await && !Await->getType()->isVoidType())
      Now.erase({nullptr, ErrorKey}); // its result may say that it set the error
    if (std::optional<Assignment> Set = Assignment::of(Statement)) {
      assign(Now, *Set);
      return;
    }
    // A thread_local variable of this function is only there to be set here.
    const auto *Named = dyn_cast<DeclRefExpr>(&Statement);
    const VarDecl *Own = Named ? threadVariable(Named) : nullptr;
    if (Own && Own->isStaticLocal() && Own->getDeclContext() == &Body.function())
      Now.try_emplace({Own, ""}, Followed{Own, Named});
    call(Now, Statement);
  }

  void visit(const FollowedValues &Before, const Stmt &Statement) override {
    const auto *Use = dyn_cast<Expr>(&Statement);
    if (!Use)
      return;
    if (isErrorRead(*Use)) {
      if (auto Found = Before.find({nullptr, ErrorKey}); Found != Before.end())
        report(Found->second, *Use, ThreadValue::Kind::Error, nullptr);
      return;
    }
    const auto *Named = dyn_cast<DeclRefExpr>(Use);
    const auto *Variable = Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
    auto Found = Variable ? Before.find({Variable, ""}) : Before.end();
    if (Found == Before.end() || isTarget(*Use))
      return;
    auto What = threadVariable(Use)                                  ? ThreadValue::Kind::Written
                : Found->second.Of && isa<VarDecl>(Found->second.Of) ? ThreadValue::Kind::Reference
                                                                     : ThreadValue::Kind::Result;
    if (!isToken(*Use, What))
      report(Found->second, *Use, What, Variable);
  }

  std::vector<ThreadValue> Out;

private:
  void report(const Followed &Value, const Expr &Use, ThreadValue::Kind What,
              const VarDecl *Variable) {
    bool OfThread = What == ThreadValue::Kind::Reference || What == ThreadValue::Kind::Result;
    if (!Value.Suspension || (OneThread && OfThread) || !Seen.insert(Variable).second)
      return;
    Out.push_back({What, Variable ? Variable->getNameAsString() : errorName(Use),
                   Value.Of ? Value.Of->getNameAsString() : "", Value.From, Value.Suspension,
                   &Use});
  }

  using OfThread = model::FunctionRule::OfThread;

  /// What the models say of the thread's part in the result of \p Site.
  std::optional<OfThread> perThread(const CallSite &Site) const {
    model::Decider Decide(Site, Models, Body.context(), [](const Expr *) { return false; });
    for (const model::FunctionRule *Rule : Models.rules(Site))
      if (Rule->PerThread && Decide.applies(*Rule))
        return Rule->PerThread;
    return std::nullopt;
  }

  /// The function that says something of its thread, when \p Value calls one.
  const FunctionDecl *threadFunction(const Expr *Value) const {
    std::optional<CallSite> Site = Value ? CallSite::of(Value) : std::nullopt;
    if (!Site || !Site->Callee)
      return nullptr;
    const FunctionDecl *Definition = nullptr;
    bool Says = perThread(*Site) == OfThread::Value ||
                (Site->Callee->getBody(Definition) && returnsThreadVariable(Definition));
    return Says ? Site->Callee : nullptr;
  }

  /// True for a call that tells how the thread's last call failed.
  bool asksError(const CallSite &Site) const {
    return Site.Callee && perThread(Site) == OfThread::Error;
  }

  /// What a variable of \p Type gets from the thread when set to \p Value.
  std::optional<Followed> origin(QualType Type, const Expr *Value,
                                 const FollowedValues &Now) const {
    const Expr *Inner = strip(Value);
    while (const auto *Cast = dyn_cast_or_null<CXXFunctionalCastExpr>(Inner))
      Inner = strip(Cast->getSubExpr());
    if (const FunctionDecl *Function = threadFunction(Inner);
        Function &&
        !(Function->getReturnType()->isReferenceType() && !Type->isReferenceType())) // else a copy
      return Followed{Function, Inner};
    if (const auto *Named = dyn_cast_or_null<DeclRefExpr>(Inner))
      if (auto Found = Now.find({Named->getDecl(), ""});
          Found != Now.end() && !threadVariable(Inner)) {
        Followed Copy = Found->second;
        Copy.Suspension = nullptr;
        return Copy;
      }
    if (Type->isPointerType()) {
      if (const auto *Address = dyn_cast_or_null<UnaryOperator>(Inner);
          Address && Address->getOpcode() == UO_AddrOf)
        Inner = Address->getSubExpr();
      else if (!Inner || !Inner->getType()->isPointerType())
        return std::nullopt; // decays, or is no part of the variable
    } else if (!Type->isReferenceType()) {
      return std::nullopt; // a copy
    }
    if (const auto *Pointed = dyn_cast_or_null<UnaryOperator>(Inner);
        Pointed && Pointed->getOpcode() == UO_Deref)
      Inner = Pointed->getSubExpr();
    else if (const auto *Smart = dyn_cast_or_null<CXXOperatorCallExpr>(Inner);
             Smart && Smart->getOperator() == OO_Star)
      Inner = Smart->getArg(0);
    else if (const auto *Get = dyn_cast_or_null<CXXMemberCallExpr>(Inner);
             Get && Get->getNumArgs() == 0 && Get->getMethodDecl() &&
             Get->getMethodDecl()->getNameAsString() == "get")
      Inner = Get->getImplicitObjectArgument();
    const VarDecl *Variable = threadVariable(Inner);
    return Variable ? std::optional(Followed{Variable, Inner}) : std::nullopt;
  }

  void take(FollowedValues &Now, const VarDecl &Local, const Expr *Value) const {
    std::optional<Followed> Origin;
    if (Value)
      Origin = origin(Local.getType(), Value, Now);
    Now.erase({&Local, ""});
    if (Origin)
      Now[{&Local, ""}] = *Origin;
  }

  void assign(FollowedValues &Now, const Assignment &Set) const {
    if (const VarDecl *Variable = threadVariable(Set.Left)) {
      if (isa<DeclRefExpr>(strip(Set.Left)))
        Now[{Variable, ""}] = Followed{Variable, Set.Left};
      return;
    }
    const auto *Named = dyn_cast<DeclRefExpr>(Set.Left->IgnoreParenImpCasts());
    const auto *Local = Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
    if (Local && !Local->getType()->isReferenceType())
      take(Now, *Local, Set.Right);
  }

  /// A call of the system sets the error, any other may.
  void call(FollowedValues &Now, const Stmt &Statement) const {
    std::optional<CallSite> Site = CallSite::of(&Statement);
    if (!Site || !Site->Call || asksError(*Site) || isPartOfAwait(*Site->Call))
      return;
    bool System = Site->Callee && Site->Callee->isExternC() &&
                  Body.context().getSourceManager().isInSystemHeader(Site->Callee->getLocation());
    Now.erase({nullptr, ErrorKey});
    if (System)
      Now[{nullptr, ErrorKey}] = Followed{Site->Callee, Site->Call};
  }

  /// True for what the compiler, or the operand of an await, calls.
  bool isPartOfAwait(const Expr &Call) const {
    for (const Stmt *Around = Body.parent(&Call); isa_and_nonnull<Expr>(Around);
         Around = Body.parent(Around))
      if (isa<CoroutineSuspendExpr>(Around))
        return true;
    return !Body.parent(&Call);
  }

  /// What people call the error that \p Read reads: errno hides a function.
  static std::string errorName(const Expr &Read) {
    const auto *Call = dyn_cast<CallExpr>(&Read);
    const FunctionDecl *Asked = Call ? Call->getDirectCallee() : nullptr;
    return Asked ? Asked->getNameAsString() : "errno";
  }

  /// `*__errno_location()` or `GetLastError()` that is read.
  bool isErrorRead(const Expr &Use) const {
    const auto *Pointed = dyn_cast<UnaryOperator>(&Use);
    bool Behind = Pointed && Pointed->getOpcode() == UO_Deref;
    const Expr *Call = Behind ? strip(Pointed->getSubExpr()) : &Use;
    std::optional<CallSite> Site = isa<CallExpr>(Call) ? CallSite::of(Call) : std::nullopt;
    return Site && asksError(*Site) && Behind == Call->getType()->isPointerType() && !isTarget(Use);
  }

  static bool isCopy(const Stmt *Part) {
    const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Part);
    return Made && Made->getConstructor()->isCopyOrMoveConstructor();
  }

  const Stmt *user(const Expr &Use) const {
    const Stmt *Around = Body.parent(&Use);
    while (isa_and_nonnull<ParenExpr, ImplicitCastExpr, MaterializeTemporaryExpr>(Around) ||
           isCopy(Around))
      Around = Body.parent(Around);
    return Around;
  }

  /// True when \p Use is what an assignment replaces.
  bool isTarget(const Expr &Use) const {
    const Stmt *Around = user(Use);
    std::optional<Assignment> Set = Around ? Assignment::of(*Around) : std::nullopt;
    const auto *Named = dyn_cast<DeclRefExpr>(&Use);
    return Set && Set->Left->IgnoreParenImpCasts() == &Use &&
           !(Named && Named->getDecl()->getType()->isReferenceType());
  }

  /// True for `id == std::this_thread::get_id()`: the question is whether the
  /// thread is still the same. A result that is printed or returned says where
  /// the coroutine was.
  bool isToken(const Expr &Use, ThreadValue::Kind What) const {
    const Stmt *Around = user(Use);
    if (const auto *Plain = dyn_cast_or_null<BinaryOperator>(Around))
      return Plain->isEqualityOp();
    if (const auto *Rewritten = dyn_cast_or_null<CXXRewrittenBinaryOperator>(Around))
      return BinaryOperator::isEqualityOp(Rewritten->getOperator());
    bool IsReturned = isa_and_nonnull<CoreturnStmt>(Around) ||
                      isa_and_nonnull<CoreturnStmt>(Around ? Body.parent(Around) : nullptr);
    if (IsReturned && What == ThreadValue::Kind::Result)
      return true;
    const auto *Call = dyn_cast_or_null<CallExpr>(Around);
    if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Call)) {
      OverloadedOperatorKind Which = Operator->getOperator();
      return Which == OO_EqualEqual || Which == OO_ExclaimEqual ||
             (What == ThreadValue::Kind::Result && Which != OO_Subscript && Which != OO_Call);
    }
    // A function of two of them compares: pthread_equal(), EXPECT_EQ().
    return Call && What == ThreadValue::Kind::Result &&
           llvm::count_if(Call->arguments(), [&](const Expr *One) {
             return Body.context().hasSameUnqualifiedType(
                 One->IgnoreParenImpCasts()->getType().getNonReferenceType(), Use.getType());
           }) > 1;
  }

  const FunctionBody &Body;
  const model::Model &Models;
  bool OneThread;
  std::set<const VarDecl *> Seen;
};

} // namespace

std::vector<ThreadValue> findThreadValues(const FunctionBody &Body, const model::Model &Models,
                                          const Coroutines &Colors, bool OneThread) {
  std::optional<TaskType> Task = Colors.task(Body.function().getReturnType());
  ThreadWatch Watch(Body, Models, OneThread || (Task && Task->Rule.OneThread));
  follow(Body, Watch);
  return std::move(Watch.Out);
}

} // namespace corolint
