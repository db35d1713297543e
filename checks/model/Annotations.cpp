// Annotations.cpp - what a declaration says about itself
#include "checks/model/Annotations.h"

#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

Annotations Annotations::of(const FunctionDecl &Function) {
  Annotations Out;
  // Attributes may stand on any declaration of the function.
  for (const FunctionDecl *One : Function.redecls())
    for (const auto *Attribute : One->specific_attrs<AnnotateAttr>()) {
      llvm::StringRef Text = Attribute->getAnnotation();
      Out.Blocking |= Text == "corolint::blocking";
      Out.NonBlocking |= Text == "corolint::nonblocking";
      Out.Mixed |= Text == "corolint::mixed";
      Out.LoopOnly |= Text == "corolint::loop_only";
    }
  for (const FunctionEffectWithCondition &Effect : Function.getFunctionEffects()) {
    Out.Blocking |= Effect.Effect.kind() == FunctionEffect::Kind::Blocking;
    Out.NonBlocking |= Effect.Effect.kind() == FunctionEffect::Kind::NonBlocking &&
                       !Effect.Cond.getCondition();
  }
  return Out;
}

} // namespace corolint
