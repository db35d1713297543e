// Summaries.cpp - what functions do with their parameters
#include "checks/extract/Summaries.h"

#include "checks/extract/BorrowedTasks.h"
#include "checks/extract/Callables.h"
#include "checks/extract/LaterUses.h"
#include "checks/extract/LoopCalls.h"
#include "checks/extract/ReferenceFlow.h"
#include "checks/extract/UnwaitedSpawns.h"
#include "checks/model/ClangVersion.h"
#include "checks/model/Names.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

namespace {

/// Makes the summary of one function.
class Summarizer {
public:
  Summarizer(const FunctionDecl &Function, const model::Model &Models, const Coroutines &Colors,
             const Summaries &Known)
      : Function(Function), Models(Models), Colors(Colors), Known(Known), Index(Function),
        Flow(Index, Models, Colors, Known) {
    if (coroutineBody(Function))
      Later.emplace(Function, Colors);
  }

  std::vector<facts::ParameterUse> run() {
    for (const ParmVarDecl *One : Function.parameters())
      addParameter(*One);
    const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
    if (Method && Method->getParent()->isLambda())
      addClosure(*Method);
    else if (Method && Method->isInstance())
      addObject();
    return std::move(Out);
  }

private:
  void addParameter(const ParmVarDecl &One) {
    QualType Type = One.getType();
    if (!isHandle(Type) && !Type->isRecordType())
      return;
    facts::ParameterUse Use;
    Use.Parameter = One.getFunctionScopeIndex();
    ReferenceFlow::Ends Ends = Flow.ofVariable(One);
    for (ReferenceEnd &End : Ends)
      if (!Later && (End.What & facts::Spawns) && isWaitedFor(*End.At))
        End.What &= ~facts::Spawns;
    merge(Ends, Use);
    if (!Later && mayEndWork(One))
      Use.Does &= ~facts::Spawns;
    if (Later && isHandle(Type) && Later->of(&One))
      Use.Does |= facts::Returns;
    // A closure by value is in the frame; what it captures by reference is not.
    if (Later && Type->isRecordType() && isCallable(Type) && Later->of(&One))
      Use.Does = (Use.Does & ~facts::Awaits) | facts::Returns;
    if (Later && Colors.task(Type) && (Use.Does & facts::Awaits)) // when it is awaited itself
      Use.Does = (Use.Does & ~facts::Awaits) | facts::Returns;
    if (Colors.task(Type) && !Type->isLValueReferenceType() && !Index.uses(One).empty() &&
        leavesRunning(One))
      Use.Does |= facts::Spawns;
    if (Type->isLValueReferenceType() && Colors.losesWork(Type.getNonReferenceType()) &&
        onlyLooksAt(One, Index, Models, Known))
      Use.Does |= facts::Looks;
    keep(std::move(Use));
  }

  /// True when the function waits for something, on every path, once it has
  /// started a task at \p Spawn.
  bool isWaitedFor(const Stmt &Spawn) const {
    std::unique_ptr<FunctionBody> Body = FunctionBody::of(Function, facts::Kind::Function);
    return Body && afterSpawn(*Body, Models, Spawn, nullptr) == AfterSpawn::Waits;
  }

  /// True when the function runs a loop, or changes \p One itself, which may be
  /// one: what it has started may have ended by then.
  bool mayEndWork(const ParmVarDecl &One) const {
    return mayRunLoop(Index, Models) || llvm::any_of(Index.uses(One), [&](const Expr *Use) {
             const auto *Member = dyn_cast_or_null<MemberExpr>(Index.parent(Use));
             const auto *Method =
                 Member ? dyn_cast<CXXMethodDecl>(Member->getMemberDecl()) : nullptr;
             return Method && !Method->isConst() && !Flow.isTask(Method->getReturnType());
           });
  }

  /// True for a function that takes a task and starts it, but does nothing that
  /// could wait for its end: a hand-written spawn().
  bool leavesRunning(const ParmVarDecl &Task) const {
    if (Flow.isTask(Function.getReturnType()) || Index.hasLoop() ||
        isa<CXXConstructorDecl>(Function))
      return false;
    if (Later) // a coroutine that nobody can wait for
      return Colors.kind(Function) == facts::Kind::Coroutine;
    return llvm::all_of(Index.calls(), [&](const Expr *One) {
      std::optional<CallSite> Site = CallSite::of(One);
      if (!Site || isa<CXXConstructExpr>(One) || isLeftSpawn(*Site))
        return true;
      if (llvm::any_of(Models.rules(*Site),
                       [](const model::FunctionRule *Rule) { return waits(*Rule); }))
        return false;
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Site->Callee);
      return Site->Callee && (isStandard(*Site->Callee) ||
                              (Method && isSameClass(Task.getType(), declaredIn(*Method))));
    });
  }

  /// True when \p Site gives a task to the loop and nothing takes its handle.
  bool isLeftSpawn(const CallSite &Site) const {
    const Stmt *Around = Index.parent(Site.Call);
    while (isa_and_nonnull<CXXBindTemporaryExpr, ExprWithCleanups>(Around))
      Around = Index.parent(Around);
    if (isa_and_nonnull<Expr, DeclStmt>(Around))
      return false;
    using Mode = model::ConsumeRule::Mode;
    return llvm::any_of(Models.rules(Site), [](const model::FunctionRule *Rule) {
      return !Rule->Does && llvm::any_of(Rule->Consumes, [](const model::ConsumeRule &Use) {
        return !Use.Owned && (Use.How == Mode::Spawn || Use.How == Mode::Detach);
      });
    });
  }

  static QualType declaredIn(const CXXMethodDecl &Method) { return classType(*Method.getParent()); }

  void addObject() {
    facts::ParameterUse Use;
    Use.Parameter = facts::ObjectParameter;
    for (const Expr *This : Index.usesOfThis())
      merge(Flow.ofHandle(*This), Use);
    if (Later && Later->of(nullptr))
      Use.Does |= facts::Returns;
    keep(std::move(Use));
  }

  /// A coroutine reads its captures in the closure. Another lambda hands them
  /// on: those by reference are not of the closure.
  void addClosure(const CXXMethodDecl &Method) {
    facts::ParameterUse Object, Captured;
    Object.Parameter = facts::ObjectParameter;
    Captured.Parameter = facts::CapturesParameter;
    for (const Expr *Use : Index.capturedByCopy()) {
      merge(Flow.ofObject(*Use), Object);
      merge(Flow.ofHandle(*Use), Captured);
    }
    for (const Expr *Use : Index.capturedByReference())
      merge(Flow.ofObject(*Use), Captured);
    for (const Expr *Use : Index.usesOfThis())
      merge(Flow.ofHandle(*Use), Captured);
    if (Later && usesCaptures(*Method.getParent())) {
      Object.Does |= facts::Returns;
      Captured.Does |= facts::Returns;
    }
    // `[x](this auto self)`: the closure is the first parameter.
    if (Method.isExplicitObjectMemberFunction()) {
      QualType Type = Method.getParamDecl(0)->getType();
      Object.Parameter = 0;
      llvm::erase_if(Out, [](const facts::ParameterUse &One) { return One.Parameter == 0; });
      if (!Type->isReferenceType())
        Object.Does &= ~facts::Returns;
      Out.insert(Out.begin(), Object);
      return;
    }
    keep(std::move(Captured));
    keep(std::move(Object));
  }

  bool usesCaptures(const CXXRecordDecl &Closure) const {
    return llvm::any_of(Closure.captures(), [&](const LambdaCapture &One) {
      return One.capturesThis() ? Later->of(nullptr) != nullptr
                                : One.capturesVariable() && Later->of(One.getCapturedVar());
    });
  }

  static void merge(const ReferenceFlow::Ends &Ends, facts::ParameterUse &Into) {
    for (const ReferenceEnd &One : Ends) {
      if (One.OnlyIf.empty()) {
        Into.Does |= One.What;
        continue;
      }
      if (One.OnlyIf.size() > 1)
        continue; // a fact names one function
      const facts::Condition &Test = One.OnlyIf.front();
      facts::Forward Next{Test.Function, Test.Parameter, 0};
      if (Test.Does == facts::Returns)
        Next.Result = One.What;
      auto Same = llvm::find_if(Into.To, [&](const facts::Forward &Other) {
        return Other.Callee == Next.Callee && Other.Parameter == Next.Parameter;
      });
      if (Same == Into.To.end())
        Into.To.push_back(std::move(Next));
      else
        Same->Result |= Next.Result;
    }
  }

  void keep(facts::ParameterUse Use) {
    if (Use.Does == 0 && Use.To.empty())
      return;
    llvm::sort(Use.To);
    Out.push_back(std::move(Use));
  }

  const FunctionDecl &Function;
  const model::Model &Models;
  const Coroutines &Colors;
  const Summaries &Known;
  BodyIndex Index;
  ReferenceFlow Flow;
  std::optional<LaterUses> Later;
  std::vector<facts::ParameterUse> Out;
};

} // namespace

const Summaries::All *Summaries::find(const FunctionDecl &Function) const {
  const FunctionDecl *Defined = nullptr;
  if (!Function.hasBody(Defined) || Defined->hasSkippedBody() || Defined->isDependentContext() ||
      Defined->isInvalidDecl() || !Defined->getBody())
    return nullptr;
  auto [Entry, New] = Known.try_emplace(Defined);
  if (!New)
    return Entry->second.get();
  if (Depth > MaxDepth)
    return Known.erase(Defined), nullptr; // of no use, and bad for the stack
  ++Depth;
  auto Made = std::make_unique<All>(Summarizer(*Defined, Models, Colors, *this).run());
  --Depth;
  return (Known[Defined] = std::move(Made)).get();
}

std::optional<facts::ParameterUse> Summaries::of(const FunctionDecl &Function,
                                                 std::uint32_t Parameter) const {
  const All *Found = find(Function);
  if (!Found)
    return std::nullopt;
  for (const facts::ParameterUse &One : *Found)
    if (One.Parameter == Parameter)
      return One;
  facts::ParameterUse Nothing;
  Nothing.Parameter = Parameter;
  return Nothing;
}

std::vector<facts::ParameterUse> Summaries::facts(const FunctionDecl &Function) const {
  const All *Found = find(Function);
  return Found ? *Found : All();
}

} // namespace corolint
