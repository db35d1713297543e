// Annotations.cpp - what a declaration says about itself
#include "checks/model/Annotations.h"

#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace corolint {

using model::AnnotationWord;

/// The words of corolint/annotations.h.
static std::optional<AnnotationWord> ownWord(llvm::StringRef Text) {
  if (!Text.consume_front("corolint::"))
    return std::nullopt;
  static const AnnotationWords Known{
      {"blocking", AnnotationWord::Blocking},    {"nonblocking", AnnotationWord::NonBlocking},
      {"mixed", AnnotationWord::Mixed},          {"loop_only", AnnotationWord::LoopOnly},
      {"any_thread", AnnotationWord::AnyThread}, {"must_await", AnnotationWord::MustAwait},
      {"loop_check", AnnotationWord::LoopCheck}};
  auto Found = Known.find(Text);
  if (Found == Known.end())
    return std::nullopt;
  return Found->second;
}

void Annotations::add(const Decl &Declared, const AnnotationWords &Words) {
  for (const auto *Attribute : Declared.specific_attrs<AnnotateAttr>()) {
    std::optional<AnnotationWord> Word = ownWord(Attribute->getAnnotation());
    if (auto Found = Words.find(Attribute->getAnnotation()); Found != Words.end())
      Word = Found->second;
    if (!Word)
      continue;
    Blocking |= *Word == AnnotationWord::Blocking;
    NonBlocking |= *Word == AnnotationWord::NonBlocking;
    Mixed |= *Word == AnnotationWord::Mixed;
    LoopOnly |= *Word == AnnotationWord::LoopOnly;
    AnyThread |= *Word == AnnotationWord::AnyThread;
    MustAwait |= *Word == AnnotationWord::MustAwait;
    LoopCheck |= *Word == AnnotationWord::LoopCheck;
  }
}

Annotations Annotations::of(const Decl &Declared, const AnnotationWords &Words) {
  Annotations Out;
  Out.add(Declared, Words);
  return Out;
}

Annotations Annotations::of(const FunctionDecl &Function, const AnnotationWords &Words) {
  Annotations Out;
  // Attributes may stand on any declaration of the function.
  for (const FunctionDecl *One : Function.redecls())
    Out.add(*One, Words);
  for (const FunctionEffectWithCondition &Effect : Function.getFunctionEffects()) {
    Out.Blocking |= Effect.Effect.kind() == FunctionEffect::Kind::Blocking;
    Out.NonBlocking |=
        Effect.Effect.kind() == FunctionEffect::Kind::NonBlocking && !Effect.Cond.getCondition();
  }
  return Out;
}

bool Annotations::says(AnnotationWord What) const {
  switch (What) {
  case AnnotationWord::Blocking:
    return Blocking;
  case AnnotationWord::NonBlocking:
    return NonBlocking;
  case AnnotationWord::Mixed:
    return Mixed;
  case AnnotationWord::LoopOnly:
    return LoopOnly;
  case AnnotationWord::AnyThread:
    return AnyThread;
  case AnnotationWord::MustAwait:
    return MustAwait;
  case AnnotationWord::LoopCheck:
    return LoopCheck;
  }
  return false;
}

/// Adds what one parameter says of what is passed for it.
static bool addParameter(model::FunctionRule &Rule, const ParmVarDecl &Parameter, int Index) {
  bool Any = false;
  for (const auto *Attribute : Parameter.specific_attrs<AnnotateAttr>()) {
    llvm::StringRef Text = Attribute->getAnnotation();
    if (!Text.consume_front("corolint::"))
      continue;
    auto Runs = [&](facts::Transfer Where) {
      model::CallableRule &Use = Rule.Callables.emplace_back();
      Use.Argument = {Index};
      Use.Runs = Where;
      Any = true;
    };
    auto Takes = [&](model::ConsumeRule::Mode How) {
      model::ConsumeRule One;
      One.Argument = {Index};
      One.How = How;
      Rule.Consumes.push_back(One);
      Any = true;
    };
    if (Text == "offloads")
      Runs(facts::Transfer::Thread);
    else if (Text == "posts")
      Runs(facts::Transfer::Loop);
    else if (Text == "stores")
      Runs(facts::Transfer::Stored);
    else if (Text == "consumes")
      Takes(model::ConsumeRule::Mode::Spawn);
    else if (Text == "borrows")
      Takes(model::ConsumeRule::Mode::Borrow);
  }
  return Any;
}

std::optional<model::FunctionRule> annotatedRule(const FunctionDecl &Function,
                                                 const AnnotationWords &Words) {
  model::FunctionRule Rule;
  bool Any = false;
  for (const FunctionDecl *One : Function.redecls())
    for (unsigned I = 0; I < One->getNumParams(); ++I)
      Any |= addParameter(Rule, *One->getParamDecl(I), static_cast<int>(I));
  Annotations Said = Annotations::of(Function, Words);
  Rule.LoopCheck = Said.LoopCheck;
  if (Said.AnyThread)
    Rule.CallableFrom = model::FunctionRule::Threads::Any;
  else if (Said.LoopOnly)
    Rule.CallableFrom = model::FunctionRule::Threads::Loop;
  if (!Any && !Rule.LoopCheck && !Rule.CallableFrom)
    return std::nullopt;
  return Rule;
}

} // namespace corolint
