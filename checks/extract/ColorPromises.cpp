// ColorPromises.cpp - annotations that the code beside them breaks
#include "checks/extract/ColorPromises.h"

#include "checks/extract/Callables.h"
#include "checks/extract/WrittenParts.h"
#include "checks/model/Predicates.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

using How = BrokenPromise::How;

std::vector<BrokenPromise> findBrokenDeclarations(const FunctionDecl &Function,
                                                  const model::Model &Models) {
  std::vector<BrokenPromise> Out;
  Annotations Said = Models.annotations(Function);
  SourceRange Where = Function.getNameInfo().getSourceRange();
  if (Said.Blocking && (Said.NonBlocking || Said.LoopOnly))
    Out.push_back({How::Contradiction, &Function, &Function, Where});
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function))
    for (const CXXMethodDecl *Base : Method->overridden_methods()) {
      Annotations Promised = Models.annotations(*Base);
      bool Broken = ((Promised.NonBlocking || Promised.LoopOnly) && Said.Blocking) ||
                    (Promised.AnyThread && Said.LoopOnly);
      if (Broken)
        Out.push_back({How::Override, &Function, Base, Where});
    }
  return Out;
}

namespace {

class PromiseSearch {
public:
  PromiseSearch(const FunctionBody &Body, const model::Model &Models)
      : Body(Body), Models(Models), Own(Models.annotations(Body.function())) {}

  /// What is reached from the entry, one after the other.
  void look(const Stmt &Reached) {
    if (const auto *Declared = dyn_cast<DeclStmt>(&Reached)) {
      for (const Decl *One : Declared->decls())
        if (const auto *Local = dyn_cast<VarDecl>(One); Local && Local->getInit())
          give(*Local->getInit(), *Local);
    } else if (const auto *Assign = dyn_cast<BinaryOperator>(&Reached);
               Assign && Assign->getOpcode() == BO_Assign) {
      if (const ValueDecl *Target = namedMember(Assign->getLHS()))
        give(*Assign->getRHS(), *Target);
    } else if (std::optional<CallSite> Site = CallSite::of(&Reached)) {
      call(*Site);
    }
  }

  std::vector<BrokenPromise> Found;

private:
  /// The variable or field that \p Target names.
  static const ValueDecl *namedMember(const Expr *Target) {
    const Expr *Inner = strip(Target);
    if (const auto *Member = dyn_cast<MemberExpr>(Inner))
      return Member->getMemberDecl();
    return namedValue(Inner);
  }

  void call(const CallSite &Site) {
    if (!Site.Callee)
      return;
    for (unsigned I = 0; I < Site.Arguments.size() && I < Site.Callee->getNumParams(); ++I)
      give(*Site.Arguments[I], *Site.Callee->getParamDecl(I));
    Annotations Said = Models.annotations(*Site.Callee);
    if (Own.Blocking && Said.LoopOnly && Site.Call)
      Found.push_back({How::Call, Site.Callee, Site.Callee, Site.Call->getSourceRange()});
  }

  /// \p Value becomes the value of \p To.
  void give(const Expr &Value, const ValueDecl &To) {
    Annotations Wanted = Annotations::of(static_cast<const Decl &>(To), Models.annotationWords());
    if (!Wanted.NonBlocking && !Wanted.LoopOnly)
      return;
    for (const FunctionDecl *Function : callableTargets(&Value))
      if (Models.annotations(*Function).Blocking)
        return Found.push_back({How::Conversion, Function, &To, Value.getSourceRange()});
  }

  const FunctionBody &Body;
  const model::Model &Models;
  Annotations Own;
};

} // namespace

std::vector<BrokenPromise> findBrokenPromises(const FunctionBody &Body,
                                              const model::Model &Models) {
  PromiseSearch Search(Body, Models);
  forEachReached(Body, [&](const Stmt &Reached) { Search.look(Reached); });
  return std::move(Search.Found);
}

} // namespace corolint
