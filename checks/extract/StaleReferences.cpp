// StaleReferences.cpp - references into shared containers that outlive a suspension
#include "checks/extract/StaleReferences.h"

#include "checks/extract/ElementOrigin.h"
#include "checks/model/CallSite.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

namespace {

/// True for the iterator that a range-for makes. Its end is not followed: each
/// turn of the loop uses both.
bool isLoopIterator(const VarDecl &Local) {
  return Local.isImplicit() && Local.getName().starts_with("__begin");
}

class ReferenceWatch : public ValueWatch {
public:
  explicit ReferenceWatch(const FunctionBody &Body) : Body(Body) {}

  void step(FollowedValues &Now, const Stmt &Statement) override {
    if (const auto *Declared = dyn_cast<DeclStmt>(&Statement)) {
      for (const Decl *One : Declared->decls())
        if (const auto *Local = dyn_cast<VarDecl>(One))
          declare(Now, *Local);
      return;
    }
    std::optional<Assignment> Set = Assignment::of(Statement);
    const auto *Named = Set ? dyn_cast<DeclRefExpr>(Set->Left->IgnoreParenImpCasts()) : nullptr;
    const auto *Local = Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
    if (Local && !Local->getType()->isReferenceType())
      take(Now, *Local, Set->Right);
  }

  void visit(const FollowedValues &Before, const Stmt &Statement) override {
    const auto *Use = dyn_cast<DeclRefExpr>(&Statement);
    if (!Use)
      return;
    const ValueDecl *Variable = Use->getDecl();
    if (const auto *Binding = dyn_cast<BindingDecl>(Variable)) {
      Variable = Binding->getDecomposedDecl();
      // Of a pair that insert() returns, only the iterator refers to anything.
      if (!Variable->getType()->isReferenceType() && !isIterator(Binding->getType()))
        return;
    }
    auto Found = Before.find({Variable, ""});
    if (Found == Before.end() || !Found->second.Suspension || isReplaced(*Use) ||
        !Seen.insert(Variable).second)
      return;
    StaleReference::Kind What = kind(*Variable, Found->second);
    const Expr *From = What == StaleReference::Kind::Loop ? rangeAround(*Use) : Found->second.From;
    Out.push_back({Variable, Found->second.Of, What, From, Found->second.Suspension, Use,
                   Found->second.Owned, nullptr, nullptr});
  }

  std::vector<StaleReference> Out;

private:
  static void take(FollowedValues &Now, const VarDecl &Local, const Expr *Value) {
    std::optional<Followed> Origin = ElementOrigin(Now).of(Local.getType(), Value);
    Now.erase({&Local, ""});
    if (Origin)
      Now[{&Local, ""}] = *Origin;
  }

  static void declare(FollowedValues &Now, const VarDecl &Local) {
    if (Local.isStaticLocal() ||
        (Local.isImplicit() && !isLoopIterator(Local) && !isa<DecompositionDecl>(Local)))
      return;
    take(Now, Local, Local.getInit());
  }

  /// What the range-for walks over whose iterator is used at \p Use.
  const Expr *rangeAround(const DeclRefExpr &Use) const {
    const Stmt *Around = &Use;
    while (Around && !isa<CXXForRangeStmt>(Around))
      Around = Body.parent(Around);
    const auto *Loop = dyn_cast_or_null<CXXForRangeStmt>(Around);
    return Loop ? Loop->getRangeInit() : &Use;
  }

  /// True when \p Use is what an assignment replaces.
  bool isReplaced(const DeclRefExpr &Use) const {
    if (Use.getDecl()->getType()->isReferenceType())
      return false;
    const Stmt *Around = Body.parent(&Use);
    while (isa_and_nonnull<ParenExpr, ImplicitCastExpr>(Around))
      Around = Body.parent(Around);
    std::optional<Assignment> Set = Around ? Assignment::of(*Around) : std::nullopt;
    return Set && Set->Left->IgnoreParenImpCasts() == &Use;
  }

  static StaleReference::Kind kind(const ValueDecl &Variable, const Followed &Value) {
    if (isLoopIterator(cast<VarDecl>(Variable)))
      return StaleReference::Kind::Loop;
    return Value.Moves && !Variable.getType()->isReferenceType() &&
                   !Variable.getType()->isPointerType()
               ? StaleReference::Kind::Iterator
               : StaleReference::Kind::Reference;
  }

  const FunctionBody &Body;
  std::set<const ValueDecl *> Seen;
};

/// Looks for a change of the container by which \p One breaks.
class ChangeSearch {
public:
  ChangeSearch(const FunctionBody &Body, const FunctionList &Functions)
      : Body(Body), Functions(Functions) {}

  /// True when something may change the container while it is suspended.
  bool find(StaleReference &One) const {
    for (const FunctionDecl *Function : Functions.Definitions)
      if (isLater(*Function, *One.Container))
        for (const ContainerChange &Change : changesOf(*One.Container, *Function))
          if (breaks(Change, One) && isOthers(*Function, Change, One)) {
            One.Change = Change.Call;
            One.ChangedIn = Function;
            return true;
          }
    return isOpen(*One.Container);
  }

private:
  static bool breaks(const ContainerChange &Change, const StaleReference &One) {
    if (One.Owned && Change.Growth)
      return false;
    bool Iterator = One.What != StaleReference::Kind::Reference;
    return invalidates(Change, One.Container->getType(), Iterator);
  }

  /// What constructors and destructors do happens while no coroutine runs, and
  /// so does what the owner of a local does with it.
  static bool isLater(const FunctionDecl &Function, const ValueDecl &Container) {
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(Function) || Function.isMain())
      return false;
    const auto *Local = dyn_cast<VarDecl>(&Container);
    return !Local || Local->hasGlobalStorage() || Local->getDeclContext() != &Function;
  }

  /// A coroutine's own change counts when it follows the suspension: another
  /// run of the same coroutine makes it meanwhile.
  bool isOthers(const FunctionDecl &Function, const ContainerChange &Change,
                const StaleReference &One) const {
    if (&Function != &Body.function())
      return true;
    const SourceManager &Manager = Body.context().getSourceManager();
    return Manager.isBeforeInTranslationUnit(One.Suspension->getBeginLoc(),
                                             Change.Call->getBeginLoc());
  }

  /// A public member of the coroutine's class: anyone may change it.
  bool isOpen(const ValueDecl &Container) const {
    const auto *Method = dyn_cast<CXXMethodDecl>(&Body.function());
    const auto *Field = dyn_cast<FieldDecl>(&Container);
    return Method && Field && Field->getAccess() == AS_public &&
           Field->getParent()->getCanonicalDecl() == Method->getParent()->getCanonicalDecl();
  }

  const FunctionBody &Body;
  const FunctionList &Functions;
};

} // namespace

std::vector<StaleReference> findStaleReferences(const FunctionBody &Body,
                                                const FunctionList &Functions) {
  ReferenceWatch Watch(Body);
  follow(Body, Watch);
  ChangeSearch Changes(Body, Functions);
  std::vector<StaleReference> Out;
  std::set<const ValueDecl *> Loops;
  for (StaleReference &One : Watch.Out)
    if (One.What == StaleReference::Kind::Loop && Changes.find(One)) {
      Loops.insert(One.Container);
      Out.push_back(One);
    }
  // What a loop takes from its own iterator is told with the loop.
  for (StaleReference &One : Watch.Out)
    if (One.What != StaleReference::Kind::Loop && !Loops.contains(One.Container) &&
        Changes.find(One))
      Out.push_back(One);
  return Out;
}

} // namespace corolint
