// DiscardedResults.cpp - results of awaits that nobody looks at
#include "checks/extract/DiscardedResults.h"

#include "checks/extract/ExpectedErrors.h"
#include "checks/extract/Fate.h"
#include "checks/extract/WrittenParts.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

/// Finds them in a function.
class DiscardedResults {
public:
  DiscardedResults(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  /// What is reached from the entry, one after the other.
  void look(const Stmt &Reached);

  std::vector<DiscardedResult> take();

private:
  bool carriesError(QualType Type) const;
  std::optional<DiscardedResult::Why> reason(const CoawaitExpr &Await) const;
  void declare(const VarDecl &Variable);
  void name(const DeclRefExpr &Use);

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<DiscardedResult> Found;
  /// Structured bindings of which some name is tested: that may say enough.
  llvm::DenseSet<const ValueDecl *> Tested;
};

} // namespace

static bool isMarked(QualType Type) {
  const TagDecl *Tag = Type.getNonReferenceType()->getAsTagDecl();
  return Tag && Tag->hasAttr<WarnUnusedResultAttr>();
}

bool DiscardedResults::carriesError(QualType Type) const {
  const model::TypeRule *Rule = Models.type(Type);
  return Rule && Rule->CarriesError;
}

std::optional<DiscardedResult::Why> DiscardedResults::reason(const CoawaitExpr &Await) const {
  QualType Type = Await.getType();
  // What it gives by reference is kept elsewhere.
  if (Type->isVoidType() || Type->isDependentType() || Await.isLValue())
    return std::nullopt;
  if (carriesError(Type))
    return DiscardedResult::Why::CarriesError;
  if (Colors.isAwaitable(Type))
    return std::nullopt; // another task: not awaited
  std::optional<CallSite> Site = CallSite::of(strip(Await.getOperand()));
  // The tasks in it that still run are another check's to report.
  if (Site && llvm::any_of(Models.rules(*Site),
                           [](const model::FunctionRule *Rule) { return !Rule->Pending.empty(); }))
    return std::nullopt;
  if (isMarked(Type))
    return DiscardedResult::Why::MarkedType;
  // Where the task must not be dropped anyway, the mark is about its result.
  if (Site && Site->Callee && isa<CallExpr>(Site->Call) && Site->Call->isPRValue() &&
      Site->Callee->hasAttr<WarnUnusedResultAttr>() && Colors.task(Site->Call->getType()) &&
      isMarked(Site->Call->getType()))
    return DiscardedResult::Why::MarkedFunction;
  return std::nullopt;
}

/// `auto result = co_await f();` and `auto [error, size] = co_await f();`
void DiscardedResults::declare(const VarDecl &Variable) {
  const auto *Await =
      dyn_cast_or_null<CoawaitExpr>(Variable.getInit() ? strip(Variable.getInit()) : nullptr);
  if (!Await || Variable.hasAttr<UnusedAttr>() || Variable.isStaticLocal())
    return;
  const auto *Group = dyn_cast<DecompositionDecl>(&Variable);
  if (!Group) {
    if (!Variable.isReferenced() && Variable.getName() != "_" && carriesError(Variable.getType()))
      Found.push_back({Await, DiscardedResult::Why::CarriesError, &Variable});
    return;
  }
  // Who uses none of them wants to wait and no more.
  bool UsesOthers =
      llvm::any_of(Group->bindings(), [](const BindingDecl *One) { return One->isReferenced(); });
  for (const BindingDecl *One : Group->bindings())
    if (UsesOthers && !One->isReferenced() && One->getName() != "_" && carriesError(One->getType()))
      Found.push_back({Await, DiscardedResult::Why::CarriesError, One});
}

/// A part of the result that is tested may say as much as the error does: that
/// nothing was read, that there is no socket.
void DiscardedResults::name(const DeclRefExpr &Use) {
  const auto *Binding = dyn_cast<BindingDecl>(Use.getDecl());
  if (!Binding || !Binding->getDecomposedDecl())
    return;
  const Stmt *Child = &Use;
  const Stmt *Parent = Body.parent(Child);
  for (; isa_and_nonnull<Expr>(Parent); Parent = Body.parent(Child)) {
    const auto *Choice = dyn_cast<ConditionalOperator>(Parent);
    if (Choice && Choice->getCond() == Child)
      break;
    Child = Parent;
  }
  bool Tests = isa_and_nonnull<ConditionalOperator, WhileStmt, DoStmt, SwitchStmt>(Parent);
  if (const auto *If = dyn_cast_or_null<IfStmt>(Parent))
    Tests = If->getCond() == Child;
  else if (const auto *For = dyn_cast_or_null<ForStmt>(Parent))
    Tests = For->getCond() == Child;
  if (Tests)
    Tested.insert(Binding->getDecomposedDecl());
}

std::vector<DiscardedResult> DiscardedResults::take() {
  llvm::erase_if(Found, [&](const DiscardedResult &One) {
    const auto *Binding = dyn_cast_or_null<BindingDecl>(One.Variable);
    return Binding && Tested.contains(Binding->getDecomposedDecl());
  });
  return std::move(Found);
}

void DiscardedResults::look(const Stmt &Reached) {
  if (const auto *Use = dyn_cast<DeclRefExpr>(&Reached))
    return name(*Use);
  if (const auto *Declared = dyn_cast<DeclStmt>(&Reached)) {
    for (const Decl *One : Declared->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(One))
        declare(*Variable);
    return;
  }
  const auto *Await = dyn_cast<CoawaitExpr>(&Reached);
  if (!Await || Await->isImplicit())
    return;
  std::optional<DiscardedResult::Why> Reason = reason(*Await);
  bool Whole = false;
  if (Reason && fate(Await, Body, Whole) == Fate::Dropped && !mayBeMadeToFail(*Await, Body))
    Found.push_back({Await, *Reason, nullptr});
}

std::vector<DiscardedResult> findDiscardedResults(const FunctionBody &Body,
                                                  const model::Model &Models,
                                                  const Coroutines &Colors) {
  if (Body.kind() != facts::Kind::Coroutine)
    return {};
  DiscardedResults Results(Body, Models, Colors);
  forEachReached(Body, [&](const Stmt &Reached) { Results.look(Reached); });
  return Results.take();
}

} // namespace corolint
