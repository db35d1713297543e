// PendingTasks.cpp - what wait() leaves running, and nobody takes
#include "checks/extract/PendingTasks.h"

#include "checks/extract/Dataflow.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

namespace {
/// The rule for a call that may leave tasks running.
struct PendingRule {
  const model::FunctionRule *Rule = nullptr;
  bool Certain = true;
};
} // namespace

static PendingRule pendingRule(const CallSite &Site, const model::Model &Models,
                               const ASTContext &Context) {
  using Answer = model::Decider::Answer;
  model::Decider Decide(Site, Models, Context);
  PendingRule Out;
  for (const model::FunctionRule *Rule : Models.rules(Site)) {
    auto Says = [&](Answer What) {
      return [&, What](const model::Predicate &Test) { return Decide.decide(Test) == What; };
    };
    if (llvm::any_of(Rule->When, Says(Answer::Fails)))
      continue;
    if (llvm::all_of(Rule->When, Says(Answer::Holds))) {
      if (!Rule->Pending.empty())
        Out.Rule = Rule;
      return Out;
    }
    Out.Certain = false; // an earlier rule may be the one that applies
  }
  return Out;
}

PendingTasks::PendingTasks(const FunctionBody &Body, const model::Model &Models)
    : Body(Body), Models(Models) {
  for (const CFGBlock *Block : Body.cfg())
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (const auto *Await = dyn_cast<CoawaitExpr>(Statement->getStmt()))
          add(*Await);
  if (!Waits.empty() && hasGroup())
    Waits.clear();
}

void PendingTasks::add(const CoawaitExpr &Await) {
  std::optional<CallSite> Site = CallSite::of(strip(Await.getOperand()));
  if (!Site || !Site->Callee)
    return;
  PendingRule Known = pendingRule(*Site, Models, Body.context());
  if (!Known.Rule || Known.Rule->Consumes.empty())
    return;
  Wait One;
  One.Await = &Await;
  One.Found.Call = Site->Call;
  One.Found.Member = Known.Rule->Pending;
  One.Found.Certain = Known.Certain;
  model::ArgumentRef Waited = Known.Rule->Consumes.front().Argument;
  llvm::SmallVector<const Expr *, 4> Given(Site->Arguments);
  if (Waited.Index != model::ArgumentRef::Any)
    Given.assign(1, model::Decider(*Site, Models, Body.context()).argument(Waited));
  auto Follows = [&](const Expr *Argument) { return Argument && findSources(One, *Argument); };
  if (llvm::all_of(Given, Follows) && findResult(One))
    Waits.push_back(std::move(One));
}

/// The binding of \p Group that names the member \p Name, or null.
static const ValueDecl *bindingOf(const DecompositionDecl &Group, llvm::StringRef Name) {
  for (const BindingDecl *One : Group.bindings()) {
    const auto *Member = dyn_cast_or_null<MemberExpr>(One->getBinding());
    if (Member && Member->getMemberDecl()->getName() == Name)
      return One;
  }
  return nullptr;
}

/// Finds where the result goes; false when that cannot be followed.
bool PendingTasks::findResult(Wait &To) const {
  const Expr *Value = To.Await;
  while (const Stmt *Parent = Body.parent(Value)) {
    if (const auto *Member = dyn_cast<MemberExpr>(Parent))
      return Member->getMemberDecl()->getName() != To.Found.Member;
    const auto *Around = dyn_cast<Expr>(Parent);
    if (!Around) {
      const auto *Declared = dyn_cast<DeclStmt>(Parent);
      if (!Declared)
        return !isa<ReturnStmt, CoreturnStmt>(Parent); // dropped
      const auto *Local =
          Declared->isSingleDecl() ? dyn_cast<VarDecl>(Declared->getSingleDecl()) : nullptr;
      if (const auto *Group = dyn_cast_or_null<DecompositionDecl>(Local))
        return (To.Found.Named = bindingOf(*Group, To.Found.Member));
      return (To.Result = Local);
    }
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(Around);
        Assign && Assign->getOperator() == OO_Equal) {
      const auto *Local = dyn_cast_or_null<VarDecl>(namedValue(Assign->getArg(0)));
      To.Result = Local && Local->hasLocalStorage() ? Local : nullptr;
      return To.Result;
    }
    bool Wraps = isa<ParenExpr, CastExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
                     ExprWithCleanups, CXXConstructExpr>(Around) ||
                 strip(Around) != Around;
    const auto *Cast = dyn_cast<ExplicitCastExpr>(Around);
    if (!Wraps || (Cast && Cast->getType()->isVoidType()))
      return false; // what is cast to void is dropped on purpose
    Value = Around;
  }
  return true;
}

/// True for a local variable that no other function can name.
static bool isOwn(const ValueDecl *Named) {
  if (isa_and_nonnull<BindingDecl>(Named))
    return true;
  const auto *Local = dyn_cast_or_null<VarDecl>(Named);
  return Local && Local->hasLocalStorage() && !Local->getType()->isReferenceType();
}

/// Adds the variables that are named in \p Part; false when one is not ours.
static bool addNamed(const Stmt *Part, llvm::SmallPtrSetImpl<const ValueDecl *> &To) {
  if (isa<CXXThisExpr, LambdaExpr>(Part))
    return false;
  if (const auto *Named = dyn_cast<DeclRefExpr>(Part);
      Named && !isa<FunctionDecl, EnumConstantDecl>(Named->getDecl())) {
    if (!isOwn(Named->getDecl()) || Named->refersToEnclosingVariableOrCapture())
      return false;
    // Only objects can hold tasks.
    if (Named->getType()->isRecordType())
      To.insert(Named->getDecl());
  }
  return llvm::all_of(Part->children(),
                      [&](const Stmt *Child) { return !Child || addNamed(Child, To); });
}

/// True when \p Object outlives the function, or may.
static bool isForeign(const Expr *Object) {
  Object = strip(Object);
  if (const auto *Member = dyn_cast<MemberExpr>(Object))
    return isForeign(Member->getBase());
  if (const auto *Named = dyn_cast<DeclRefExpr>(Object))
    return !isOwn(Named->getDecl()) || Named->getType()->isPointerType() ||
           Named->refersToEnclosingVariableOrCapture();
  if (std::optional<CallSite> Site = CallSite::of(Object); Site && Site->Object)
    return Object->isGLValue() && isForeign(Site->Object);
  return Object->isGLValue() || Object->getType()->isPointerType();
}

/// Who may keep what the call \p Site gives, besides this function.
PendingTasks::Holder PendingTasks::keeperOf(const CallSite &Site) {
  bool Copies = isStandard(*Site.Callee);
  auto Keeps = [](const Expr *One) { return One->getType()->isRecordType() && isForeign(One); };
  if (Site.Object ? !isForeign(Site.Object) : !Copies || llvm::none_of(Site.Arguments, Keeps))
    return Holder::Nobody;
  return Copies ? Holder::Other : Holder::Perhaps;
}

PendingTasks::Holder PendingTasks::holderOf(const Stmt *Value, unsigned Depth) const {
  if (!Value || isa<LambdaExpr>(Value))
    return Holder::Nobody;
  if (const auto *Named = dyn_cast<DeclRefExpr>(Value)) {
    const ValueDecl *Source = Named->getDecl();
    if (const auto *Binding = dyn_cast<BindingDecl>(Source))
      Source = dyn_cast<VarDecl>(Binding->getDecomposedDecl());
    const auto *Local = dyn_cast_or_null<VarDecl>(Source);
    bool Traced = Local && Local->isLocalVarDecl() && Depth > 0;
    return Traced ? holderOf(Local->getInit(), Depth - 1) : Holder::Nobody;
  }
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(Value))
    return holderOf(Await->getOperand(), Depth);
  Holder Out = Holder::Nobody;
  if (std::optional<CallSite> Site = CallSite::of(Value); Site && Site->Callee) {
    // What a model knows makes its tasks here: loop.create_task(f()).
    for (const model::FunctionRule *Rule : Models.rules(*Site))
      if (!Rule->Consumes.empty())
        return Holder::Nobody;
    Out = keeperOf(*Site);
  }
  for (const Stmt *Child : Value->children())
    Out = std::max(Out, holderOf(Child, Depth));
  return Out;
}

/// Notes what else holds the tasks of \p Range; false when someone else may.
bool PendingTasks::findSources(Wait &To, const Expr &Range) const {
  Holder Else = holderOf(&Range, 4);
  if (Else == Holder::Other || !addNamed(&Range, To.Sources))
    return false;
  llvm::SmallVector<const ValueDecl *, 4> Named(To.Sources.begin(), To.Sources.end());
  for (const ValueDecl *One : Named) {
    const auto *Local = dyn_cast<VarDecl>(One);
    const Expr *Init = Local ? Local->getInit() : nullptr;
    if (!Init)
      continue;
    if (const ValueDecl *Copied = namedValue(Init); Copied && !isOwn(Copied))
      return false;
    addNamed(Init, To.Sources);
  }
  for (const CFGBlock *Block : Body.cfg())
    for (const CFGElement &Element : *Block) {
      auto Statement = Element.getAs<CFGStmt>();
      const auto *Call = Statement ? dyn_cast<CXXMemberCallExpr>(Statement->getStmt()) : nullptr;
      if (!Call || !llvm::is_contained(Named, namedValue(Call->getImplicitObjectArgument())))
        continue;
      for (const Expr *Argument : Call->arguments()) {
        if (const ValueDecl *Held = namedValue(Argument); Held && !isOwn(Held))
          return false;
        Else = std::max(Else, holderOf(Argument, 4));
        addNamed(Argument, To.Sources);
      }
    }
  To.Found.Certain &= Else == Holder::Nobody;
  return Else != Holder::Other;
}

/// True when a group of tasks is in reach: it waits for what was started in it.
bool PendingTasks::hasGroup() const {
  auto Groups = [&](const FunctionDecl *Method) {
    CallSite Site;
    Site.Callee = Method;
    return llvm::any_of(Models.rules(Site), [](const model::FunctionRule *Rule) {
      return llvm::any_of(Rule->Consumes, [](const model::ConsumeRule &Use) { return Use.Owned; });
    });
  };
  auto IsGroup = [&](QualType Type) {
    const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
    if (!Record || !Record->getDefinition())
      return false;
    return llvm::any_of(Record->getDefinition()->decls(), [&](const Decl *Member) {
      const auto *Template = dyn_cast<FunctionTemplateDecl>(Member);
      const auto *Method = dyn_cast<FunctionDecl>(Template ? Template->getTemplatedDecl() : Member);
      return Method && Groups(Method);
    });
  };
  for (const CFGBlock *Block : Body.cfg())
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (const auto *Named = dyn_cast<DeclRefExpr>(Statement->getStmt()))
          if (isa<VarDecl>(Named->getDecl()) && IsGroup(Named->getType()))
            return true;
  return false;
}

bool PendingTasks::join(State &Into, const State &Other) const {
  State Before = Into;
  Into |= Other;
  return Into != Before;
}

void PendingTasks::step(State &Now, const CFGElement &Element) const {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  for (unsigned I = 0; I < Waits.size(); ++I)
    if (Statement->getStmt() == Waits[I].Await)
      Now.set(I);
  // In the next turn of a loop, its variables hold other tasks. The result, which
  // may give its own back to them, is declared by the wait.
  const auto *Declared = dyn_cast<DeclStmt>(Statement->getStmt());
  for (unsigned I = 0; Declared && I < Waits.size(); ++I)
    for (const Decl *One : Declared->decls())
      if (One != Waits[I].Result && Waits[I].Sources.contains(dyn_cast<ValueDecl>(One)))
        Now.reset(I);
}

/// True when the container \p Held is only asked something: `pending.empty()`.
static bool onlyAsked(const Expr &Held, const FunctionBody &Body) {
  const Stmt *Parent = Body.parent(&Held);
  while (isa_and_nonnull<ParenExpr, ImplicitCastExpr>(Parent))
    Parent = Body.parent(Parent);
  const auto *Member = dyn_cast_or_null<MemberExpr>(Parent);
  const auto *Method = Member ? dyn_cast<CXXMethodDecl>(Member->getMemberDecl()) : nullptr;
  return Method && Method->isConst() && Method->getParent()->isInStdNamespace() &&
         Method->getReturnType()->isArithmeticType();
}

void PendingTasks::mention(Wait &Of, const DeclRefExpr &Use) const {
  auto Look = [&](const Expr &Held) {
    (onlyAsked(Held, Body) ? Of.Found.LookedAt : Of.Taken) = true;
  };
  if (Use.getDecl() == Of.Found.Named)
    return Look(Use);
  if (Of.Sources.contains(Use.getDecl()) && !onlyAsked(Use, Body))
    Of.Taken = true;
  if (!Of.Result || Use.getDecl() != Of.Result)
    return;
  const Expr *Value = &Use;
  const Stmt *Parent = Body.parent(Value);
  while (const auto *Around = dyn_cast_or_null<Expr>(Parent)) {
    if (!isa<ParenExpr, ImplicitCastExpr>(Around) && strip(Around) == Around)
      break;
    Value = Around;
    Parent = Body.parent(Value);
  }
  const auto *Member = dyn_cast_or_null<MemberExpr>(Parent);
  if (!Member || !isa<FieldDecl>(Member->getMemberDecl()))
    Of.Taken |= !isa_and_nonnull<CXXOperatorCallExpr>(Parent); // not: assigned to
  else if (Member->getMemberDecl()->getName() == Of.Found.Member)
    Look(*Member);
}

void PendingTasks::visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
  auto Statement = Element.getAs<CFGStmt>();
  const auto *Use = Statement ? dyn_cast<DeclRefExpr>(Statement->getStmt()) : nullptr;
  if (!Use)
    return;
  for (unsigned I : Before.set_bits())
    mention(Waits[I], *Use);
}

std::vector<IgnoredPending> PendingTasks::take() const {
  std::vector<IgnoredPending> Out;
  for (const Wait &One : Waits)
    if (!One.Taken)
      Out.push_back(One.Found);
  return Out;
}

std::vector<IgnoredPending> findIgnoredPending(const FunctionBody &Body,
                                               const model::Model &Models) {
  PendingTasks Tasks(Body, Models);
  if (!Tasks.isNeeded())
    return {};
  runForward(Body, Tasks);
  return Tasks.take();
}

} // namespace corolint
