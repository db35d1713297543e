// LostUpdates.cpp - shared state written from what was read before a suspension
#include "checks/extract/LostUpdates.h"

#include "checks/extract/SharedPlaces.h"
#include "checks/model/CallSite.h"

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

namespace {

/// The shared place that \p Statement reads: a load of a scalar, or load() and
/// the conversion of an atomic.
SharedPlace readAt(const Stmt &Statement) {
  if (const auto *Load = dyn_cast<ImplicitCastExpr>(&Statement))
    return Load->getCastKind() == CK_LValueToRValue ? sharedPlace(Load->getSubExpr())
                                                    : SharedPlace{};
  const auto *Call = dyn_cast<CXXMemberCallExpr>(&Statement);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  if (Method &&
      (isa<CXXConversionDecl>(Method) || (Method->getIdentifier() && Method->getName() == "load")))
    return sharedPlace(Call->getImplicitObjectArgument());
  // The copy of an object of a class.
  const auto *Copy = dyn_cast<CXXConstructExpr>(&Statement);
  return Copy && Copy->getConstructor()->isCopyConstructor() ? sharedPlace(Copy->getArg(0))
                                                             : SharedPlace{};
}

/// A write of a shared place: an assignment, or store() of an atomic.
std::optional<Assignment> writeAt(const Stmt &Statement) {
  if (std::optional<Assignment> Set = Assignment::of(Statement))
    return Set;
  const auto *Call = dyn_cast<CXXMemberCallExpr>(&Statement);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  if (Method && Method->getIdentifier() && Method->getName() == "store" && Call->getNumArgs() >= 1)
    return Assignment{Call->getImplicitObjectArgument(), Call->getArg(0)};
  return std::nullopt;
}

/// Calls \p Do for each statement within \p Part that is evaluated with it.
template <class Function> void forEach(const Stmt *Part, Function Do) {
  if (!Part || isa<LambdaExpr>(Part))
    return;
  Do(*Part);
  if (const auto *Await = dyn_cast<CoawaitExpr>(Part))
    return forEach(Await->getOperand(), Do);
  for (const Stmt *Child : Part->children())
    forEach(Child, Do);
}

class UpdateWatch : public ValueWatch {
public:
  explicit UpdateWatch(const FunctionBody &Body) : Body(Body) {}

  void step(FollowedValues &Now, const Stmt &Statement) override {
    if (const auto *Declared = dyn_cast<DeclStmt>(&Statement)) {
      for (const Decl *One : Declared->decls())
        if (const auto *Local = dyn_cast<VarDecl>(One);
            Local && !Local->getType()->isReferenceType() && !Local->isStaticLocal())
          take(Now, *Local, Local->getInit());
      return;
    }
    if (SharedPlace Read = readAt(Statement)) {
      again(Now, Read);
      if (const Expr *Write = writeAround(Statement, Read))
        Now[{nullptr, key(*Write, Read.Path)}] = Followed{Read.Declared, cast<Expr>(&Statement)};
      return;
    }
    std::optional<Assignment> Set = writeAt(Statement);
    const auto *Named = Set ? dyn_cast<DeclRefExpr>(strip(Set->Left)) : nullptr;
    const auto *Local = Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
    if (Local && Local->isLocalVarDecl() && !Local->getType()->isReferenceType())
      take(Now, *Local, Set->Right);
  }

  void visit(const FollowedValues &Before, const Stmt &Statement) override {
    std::optional<Assignment> Set = writeAt(Statement);
    SharedPlace Target = Set ? sharedPlace(Set->Left) : SharedPlace{};
    if (!Target)
      return;
    const auto &Write = *cast<Expr>(&Statement);
    report(Before, {nullptr, key(Write, Target.Path)}, Target, Write);
    forEach(Set->Right, [&](const Stmt &Part) {
      if (const auto *Named = dyn_cast<DeclRefExpr>(&Part))
        report(Before, {Named->getDecl(), Target.Path}, Target, Write);
    });
  }

  std::vector<LostUpdate> Out;

private:
  std::string key(const Expr &Write, const std::string &Path) const {
    return std::to_string(Write.getID(Body.context())) + Path;
  }

  void report(const FollowedValues &Before, const FollowedValues::key_type &Key,
              const SharedPlace &Target, const Expr &Write) {
    auto Found = Before.find(Key);
    if (Found == Before.end() || !Found->second.Suspension || !Seen.insert(&Write).second)
      return;
    Out.push_back({nameOf(Target), Found->second.From, Found->second.Suspension, &Write});
  }

  /// What \p Local holds when it is set to \p Value.
  static void take(FollowedValues &Now, const VarDecl &Local, const Expr *Value) {
    FollowedValues Held;
    forEach(Value, [&](const Stmt &Part) {
      if (SharedPlace Read = readAt(Part))
        Held[{&Local, Read.Path}] = Followed{Read.Declared, cast<Expr>(&Part)};
      if (const auto *Named = dyn_cast<DeclRefExpr>(&Part))
        for (const auto &[Key, Known] : Now)
          if (Key.first == Named->getDecl())
            Held[{&Local, Key.second}] = Known;
    });
    std::erase_if(Now, [&](const auto &One) { return One.first.first == &Local; });
    for (auto &[Key, Known] : Held)
      Now[Key] = Known;
  }

  /// The state is read again: who does that can see what has changed.
  static void again(FollowedValues &Now, const SharedPlace &Read) {
    std::erase_if(Now, [&](const auto &One) {
      return One.second.Suspension && One.first.first && One.first.second == Read.Path;
    });
  }

  /// The assignment to the place that \p Read is a part of, or null.
  const Expr *writeAround(const Stmt &Read, const SharedPlace &Place) const {
    const Stmt *Child = &Read;
    for (const Stmt *Around = Body.parent(Child); isa_and_nonnull<Expr>(Around);
         Around = Body.parent(Child = Around)) {
      if (isa<CoroutineSuspendExpr, LambdaExpr>(Around))
        return nullptr; // the awaited work gets it
      std::optional<Assignment> Set = writeAt(*Around);
      if (Set && Set->Left != Child && sharedPlace(Set->Left).Path == Place.Path)
        return cast<Expr>(Around);
    }
    return nullptr;
  }

  const FunctionBody &Body;
  std::set<const Expr *> Seen;
};

} // namespace

std::vector<LostUpdate> findLostUpdates(const FunctionBody &Body) {
  UpdateWatch Watch(Body);
  follow(Body, Watch);
  return std::move(Watch.Out);
}

} // namespace corolint
