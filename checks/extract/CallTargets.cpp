// CallTargets.cpp - what a call runs, and what it passes on
#include "checks/extract/CallExtractor.h"

#include "checks/extract/Callables.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

/// True when an override may run in place of the method that is named.
static bool isDynamic(const CallSite &Site, const CXXMethodDecl *Method) {
  if (!Method || !Method->isVirtual() || !Site.Object)
    return false;
  const auto *Call = dyn_cast<CXXMemberCallExpr>(Site.Call);
  const auto *Member = Call ? dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens()) : nullptr;
  return !Member || !Member->hasQualifier();
}

/// What is called when no function is named: (object.*method)() calls method,
/// (*pointer)() calls pointer.
static const Expr *calledValue(const CallExpr &Call) {
  const Expr *Out = Call.getCallee()->IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<BinaryOperator>(Out); Member && Member->isPtrMemOp())
    Out = Member->getRHS()->IgnoreParenImpCasts();
  while (const auto *Star = dyn_cast<UnaryOperator>(Out)) {
    if (Star->getOpcode() != UO_Deref)
      break;
    Out = Star->getSubExpr()->IgnoreParenImpCasts();
  }
  return Out;
}

void CallExtractor::setTarget(facts::Call &Out, const CallSite &Site) {
  const auto *Call = dyn_cast<CallExpr>(Site.Call);
  // The called value: a parameter, a pointer, or a wrapper such as std::function.
  const Expr *Called = Call && !Site.Callee ? calledValue(*Call) : Site.Object;
  const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Site.Call);
  bool Wrapper = Site.Callee && Site.Object && Operator && Operator->getOperator() == OO_Call &&
                 Text.isSystem(Site.Callee->getLocation());
  if (Call && (!Site.Callee || Wrapper)) {
    if (std::optional<unsigned> Index = model::parameterOf(Called)) {
      Out.How = facts::Dispatch::Parameter;
      Out.Parameter = *Index;
      Out.CalleeName = namedValue(Called)->getNameAsString();
      return;
    }
    if (auto Targets = callableTargets(Called); Targets.size() == 1) {
      Out.Callee = programId(*Targets.front(), Body.context().getSourceManager());
      Out.CalleeName = displayName(*Targets.front());
      return;
    }
    if (std::string Type = pointerType(Called->IgnoreParenImpCasts()->getType(), Body.context());
        !Site.Callee && !Type.empty()) {
      Out.How = facts::Dispatch::Pointer;
      Out.Type = Type;
      if (const ValueDecl *Value = namedValue(Called))
        Out.CalleeName = Value->getNameAsString();
    }
    return;
  }
  if (!Site.Callee || Text.isSystem(Site.Callee->getLocation()))
    return;
  const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
  const FunctionDecl *Target = Site.Callee;
  if (isa<CXXConstructorDecl>(Target))
    Out.How = facts::Dispatch::Constructor;
  else if (isDynamic(Site, Method)) {
    if (const CXXMethodDecl *Only = Method->getDevirtualizedMethod(Site.Object, false))
      Target = Only;
    else
      Out.How = facts::Dispatch::Virtual;
  }
  Out.Callee = programId(*Target, Body.context().getSourceManager());
}

void CallExtractor::addArguments(facts::Call &Out, const CallSite &Site) {
  if (Out.Callee.empty())
    return;
  for (auto [Index, Value] : llvm::enumerate(Site.Arguments)) {
    facts::Argument One;
    One.Index = Index;
    if (std::optional<unsigned> Parameter = model::parameterOf(Value))
      One.Parameter = *Parameter;
    else if (Value->getType()->isScalarType() || Value->getType()->isRecordType())
      One.Constant = model::constantOf(Value, Body.context());
    if (One.Constant || One.Parameter)
      Out.Arguments.push_back(One);
  }
}

void CallExtractor::addCallables(facts::Call &Out, const CallSite &Site,
                                 const model::FunctionRule *Rule) {
  model::Decider Decide(Site, Models, Body.context());
  auto Values = llvm::to_vector(llvm::concat<const Expr *const>(Site.Arguments, Site.Defaults));
  for (auto [Index, Value] : llvm::enumerate(Values)) {
    facts::Callable One;
    One.Index = Index;
    auto Targets = callableTargets(Value);
    if (Targets.empty() && isCallable(Value->getType()))
      One.Parameter = model::parameterOf(Value);
    if (Targets.empty() && !One.Parameter)
      continue;
    for (const FunctionDecl *Target : Targets)
      One.Targets.push_back(programId(*Target, Body.context().getSourceManager()));
    if (Rule)
      for (const model::CallableRule &Use : Rule->Callables)
        if (Decide.names(Use.Argument, Value))
          One.How = Use.Runs;
    // What the lambda captures and calls runs where the lambda does.
    for (unsigned Parameter : calledCaptures(Value)) {
      facts::Callable Captured;
      Captured.Index = Index;
      Captured.How = One.How;
      Captured.Parameter = Parameter;
      Out.Callables.push_back(std::move(Captured));
    }
    // Which overload of an object runs, the types decide: all that exist may.
    bool Overloads = llvm::all_of(Targets, [](const FunctionDecl *Target) {
      return Target->getOverloadedOperator() == OO_Call;
    });
    while (Overloads && One.Targets.size() > 1) {
      facts::Callable Last = One;
      Last.Targets = {One.Targets.back()};
      One.Targets.pop_back();
      Out.Callables.push_back(std::move(Last));
    }
    Out.Callables.push_back(std::move(One));
  }
}

} // namespace corolint
