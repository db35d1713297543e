// UnforwardedTokens.cpp - calls that leave out the cancellation token at hand
#include "checks/extract/UnforwardedTokens.h"

#include "checks/extract/Dataflow.h"
#include "checks/model/CallSite.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

/// The token class that \p Type is, or refers to; null for others.
static const CXXRecordDecl *tokenClass(QualType Type, const model::Model &Models) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  const model::TypeRule *Rule = Record ? Models.type(*Record) : nullptr;
  return Rule && Rule->CancelToken ? Record->getCanonicalDecl() : nullptr;
}

/// True when coroutines of the token's library pass tokens on by themselves.
static bool isImplicit(const CXXRecordDecl &Token, const model::Model &Models) {
  const model::TypeRule *Of = Models.type(Token);
  return llvm::any_of(Models.cancellations(), [&](const model::TypeRule *Rule) {
    return Rule->Library == Of->Library &&
           *Rule->Cancels == model::TypeRule::Cancellation::Implicit;
  });
}

/// True when \p Value is a token, or an object that has room for one.
static bool mayHold(const Expr &Value, const model::Model &Models) {
  QualType Type = Value.getType().getNonReferenceType();
  if (tokenClass(Type, Models))
    return true;
  const CXXRecordDecl *Record =
      Type->isPointerType() ? Type->getPointeeCXXRecordDecl() : Type->getAsCXXRecordDecl();
  return Record && Record->hasDefinition() &&
         llvm::any_of(Record->getDefinition()->fields(),
                      [&](const FieldDecl *Field) { return tokenClass(Field->getType(), Models); });
}

static bool isGivenToken(const CallSite &Site, const model::Model &Models) {
  return (Site.Object && mayHold(*Site.Object, Models)) ||
         llvm::any_of(Site.Arguments,
                      [&](const Expr *Argument) { return mayHold(*Argument, Models); });
}

/// True when \p Wider takes what \p Narrow takes, and a token after it.
static bool addsToken(const FunctionDecl &Wider, const FunctionDecl &Narrow,
                      const CXXRecordDecl &Token, const model::Model &Models) {
  unsigned Shared = Narrow.getNumParams();
  if (Wider.getNumParams() != Shared + 1 || Wider.isDeleted() ||
      tokenClass(Wider.getParamDecl(Shared)->getType(), Models) != &Token)
    return false;
  for (unsigned I = 0; I < Shared; ++I)
    if (!Wider.getASTContext().hasSameType(Wider.getParamDecl(I)->getType(),
                                           Narrow.getParamDecl(I)->getType()))
      return false;
  return true;
}

/// The function that would take a \p Token at \p Site: the callee, where the
/// token is a default argument, or another of its name. Null when there is none.
static const FunctionDecl *takerAt(const CallSite &Site, const CXXRecordDecl &Token,
                                   const model::Model &Models) {
  for (unsigned I = Site.Arguments.size(); I < Site.Callee->getNumParams(); ++I)
    if (tokenClass(Site.Callee->getParamDecl(I)->getType(), Models) == &Token)
      return Site.Callee;
  if (Site.Callee->isTemplateInstantiation())
    return nullptr;
  const DeclContext *Scope = Site.Callee->getDeclContext()->getRedeclContext();
  for (const NamedDecl *Other : Scope->lookup(Site.Callee->getDeclName()))
    if (const auto *Function = dyn_cast<FunctionDecl>(Other->getUnderlyingDecl()))
      if (addsToken(*Function, *Site.Callee, Token, Models))
        return Function;
  return nullptr;
}

/// True when \p Takes gets \p Token where that is written after the arguments of
/// \p Site.
static bool isNext(const FunctionDecl &Takes, const CallSite &Site, const ParmVarDecl &Token,
                   const model::Model &Models) {
  unsigned Index = Site.Arguments.size();
  const CXXRecordDecl *Class = tokenClass(Token.getType(), Models);
  if (!isa<CallExpr>(Site.Call) || Index >= Takes.getNumParams() ||
      !Token.getType().getNonReferenceType()->isRecordType())
    return false;
  QualType Type = Takes.getParamDecl(Index)->getType();
  bool Binds = Type->isLValueReferenceType()
                   ? Type.getNonReferenceType().isConstQualified()
                   : Type->isRecordType() && !Class->defaultedCopyConstructorIsDeleted();
  return Binds && tokenClass(Type, Models) == Class;
}

namespace {

/// Follows where the function may know that it is to end: what it calls then is
/// its last duty, and not to be cancelled.
class TokenFlow {
public:
  struct State {
    bool Ending = false; ///< on some path the token was found set
  };

  TokenFlow(const FunctionBody &Body, const model::Model &Models, const ParmVarDecl &Token,
            const CXXRecordDecl &Class)
      : Body(Body), Models(Models), Token(Token), Class(Class) {}

  State entry() const { return {}; }
  bool join(State &Into, const State &Other) const {
    bool Changed = Other.Ending && !Into.Ending;
    Into.Ending |= Other.Ending;
    return Changed;
  }
  void step(State &, const CFGElement &) const {}
  void branch(State &Now, const CFGBlock &From, bool Taken) const {
    const auto *Test = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
    const Expr *Inner = Test ? Test->IgnoreParenImpCasts() : nullptr;
    while (const auto *Not = dyn_cast_or_null<UnaryOperator>(Inner)) {
      if (Not->getOpcode() != UO_LNot)
        return;
      Taken = !Taken;
      Inner = Not->getSubExpr()->IgnoreParenImpCasts();
    }
    if (Inner && asksToken(*Inner))
      Now.Ending |= Taken;
  }
  void visit(State Before, const CFGElement &Element, const CFGBlock &) {
    auto Statement = Element.getAs<CFGStmt>();
    std::optional<CallSite> Site = Statement ? CallSite::of(Statement->getStmt()) : std::nullopt;
    if (Before.Ending || !Site || !Site->Callee ||
        isa<CXXConstructExpr, CXXOperatorCallExpr>(Site->Call) || isGivenToken(*Site, Models) ||
        isBesideToken(*Site->Call))
      return;
    const FunctionDecl *Takes = takerAt(*Site, Class, Models);
    // The overload that takes the token may be written with the other one.
    if (Takes && Takes->getCanonicalDecl() != Body.function().getCanonicalDecl())
      Found.push_back({Site->Call, Site->Callee, &Token, Takes, !Site->Arguments.empty(),
                       isNext(*Takes, *Site, Token, Models)});
  }
  void finish(State) const {}

  std::vector<UnforwardedToken> take() { return std::move(Found); }

private:
  /// True for a question to the token whether the function is to end.
  bool asksToken(const Expr &Test) const {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(&Test);
    return Call && namedValue(Call->getImplicitObjectArgument()) == &Token;
  }

  bool isShield(const CallSite &Site) const {
    return llvm::any_of(Models.rules(Site),
                        [](const model::FunctionRule *Rule) { return Rule->CancelCheck; });
  }

  /// True when something around \p Call gets the token, as stop_when(fetch(1),
  /// token) does, or keeps the call from being cancelled, as shield() does; and in
  /// a handler, which runs although the rest was cancelled.
  bool isBesideToken(const Expr &Call) const {
    bool SameExpression = true;
    for (const Stmt *Around = Body.parent(&Call); Around; Around = Body.parent(Around)) {
      if (isa<CXXCatchStmt>(Around))
        return true;
      SameExpression &= isa<Expr>(Around);
      if (std::optional<CallSite> Site = CallSite::of(Around);
          SameExpression && Site && (isGivenToken(*Site, Models) || isShield(*Site)))
        return true;
    }
    return false;
  }

  const FunctionBody &Body;
  const model::Model &Models;
  const ParmVarDecl &Token;
  const CXXRecordDecl &Class;
  std::vector<UnforwardedToken> Found;
};

} // namespace

std::vector<UnforwardedToken> findUnforwardedTokens(const FunctionBody &Body,
                                                    const model::Model &Models) {
  const ParmVarDecl *Given = nullptr;
  for (const ParmVarDecl *Parameter : Body.function().parameters())
    if (tokenClass(Parameter->getType(), Models) && Parameter->getIdentifier()) {
      if (Given)
        return {}; // which of them belongs to the call is not known
      Given = Parameter;
    }
  const CXXRecordDecl *Class = Given ? tokenClass(Given->getType(), Models) : nullptr;
  if (!Class || isImplicit(*Class, Models))
    return {};
  TokenFlow Flow(Body, Models, *Given, *Class);
  runForward(Body, Flow);
  return Flow.take();
}

} // namespace corolint
