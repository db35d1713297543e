// ReferenceAcrossSuspend.cpp - a reference into a container outlives a suspension
#include "checks/Check.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/StaleReferences.h"
#include "checks/model/Coroutine.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

namespace {

class ReferenceAcrossSuspendCheck : public Check {
public:
  void checkFunction(const Analysis &Unit, const FunctionBody &Body, const OptionValues &,
                     std::vector<facts::Finding> &Out) const override {
    if (!coroutineBody(Body.function()) || Body.kind() == facts::Kind::Generator)
      return;
    for (const StaleReference &One : findStaleReferences(Body, Unit.functions()))
      Out.push_back(word(Unit, Body, One));
  }

private:
  static std::string message(const StaleReference &Stale) {
    std::string Container = "'" + Stale.Container->getNameAsString() + "'";
    if (Stale.What == StaleReference::Kind::Loop)
      return "the loop over " + Container + " goes on after a suspension; what changes " +
             Container + " meanwhile leaves its iterators dangling";
    std::string Name = Stale.Variable->getNameAsString();
    const auto *Group = dyn_cast<DecompositionDecl>(Stale.Variable);
    if (Group)
      Name = Group->bindings().front()->getNameAsString();
    return "'" + Name + "' refers into " + Container +
           " and is used after a suspension; what changes " + Container +
           " meanwhile leaves it dangling";
  }

  static facts::Finding word(const Analysis &Unit, const FunctionBody &Body,
                             const StaleReference &Stale) {
    bool Loop = Stale.What == StaleReference::Kind::Loop;
    facts::Finding Out = Unit.finding(
        "coro-reference-across-suspend", Body.function(),
        Loop ? Stale.From->getSourceRange() : Stale.Use->getSourceRange(), message(Stale));
    if (!Loop)
      Out.Chain.push_back(Unit.note(Stale.From->getSourceRange(), "taken from the container here"));
    Out.Chain.push_back(Unit.note(Stale.Suspension->getExprLoc(), "suspended here"));
    if (Stale.Change)
      Out.Chain.push_back(
          Unit.note(Stale.Change->getSourceRange(),
                    "'" + Stale.Container->getNameAsString() + "' is changed here"));
    Out.Help = Loop ? "walk over a copy, or look each element up again after the await"
                    : "look it up again after the await, or copy what is needed before";
    return Out;
  }
};

} // namespace

std::unique_ptr<Check> makeReferenceAcrossSuspend() {
  return std::make_unique<ReferenceAcrossSuspendCheck>();
}

} // namespace corolint
