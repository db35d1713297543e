// UnforwardedTokens.cpp - calls that leave out the cancellation token at hand
#include "checks/extract/UnforwardedTokens.h"

#include "checks/extract/WrittenParts.h"
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

/// True when \p Argument is a token, or an object that has room for one.
static bool mayHold(const Expr &Argument, const CXXRecordDecl &Token,
                    const model::Model &Models) {
  QualType Type = Argument.getType().getNonReferenceType();
  if (tokenClass(Type, Models))
    return true;
  const CXXRecordDecl *Record = Type->isPointerType() ? Type->getPointeeCXXRecordDecl()
                                                      : Type->getAsCXXRecordDecl();
  return Record && Record->hasDefinition() &&
         llvm::any_of(Record->getDefinition()->fields(), [&](const FieldDecl *Field) {
           return tokenClass(Field->getType(), Models) == &Token;
         });
}

/// True when \p Wider takes what \p Narrow takes, and a token after it.
static bool addsToken(const FunctionDecl &Wider, const FunctionDecl &Narrow,
                      const CXXRecordDecl &Token, const model::Model &Models) {
  unsigned Shared = Narrow.getNumParams();
  if (Wider.getNumParams() != Shared + 1 ||
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
  const DeclContext *Scope = Site.Callee->getDeclContext()->getRedeclContext();
  for (const NamedDecl *Other : Scope->lookup(Site.Callee->getDeclName()))
    if (const auto *Function = dyn_cast<FunctionDecl>(Other->getUnderlyingDecl()))
      if (addsToken(*Function, *Site.Callee, Token, Models))
        return Function;
  return nullptr;
}

/// What a handler calls is meant to run although the rest was cancelled.
static bool isInHandler(const Stmt &Part, const FunctionBody &Body) {
  for (const Stmt *Around = Body.parent(&Part); Around; Around = Body.parent(Around))
    if (isa<CXXCatchStmt>(Around))
      return true;
  return false;
}

std::vector<UnforwardedToken> findUnforwardedTokens(const FunctionBody &Body,
                                                    const model::Model &Models) {
  const ParmVarDecl *Given = nullptr;
  const CXXRecordDecl *Token = nullptr;
  for (const ParmVarDecl *Parameter : Body.function().parameters())
    if (const CXXRecordDecl *Class = tokenClass(Parameter->getType(), Models);
        Class && Parameter->getIdentifier()) {
      if (Given)
        return {}; // which of them belongs to the call is not known
      Given = Parameter;
      Token = Class;
    }
  std::vector<UnforwardedToken> Out;
  if (!Given || isImplicit(*Token, Models))
    return Out;
  forEachReached(Body.cfg(), [&](const Stmt &Part) {
    std::optional<CallSite> Site = CallSite::of(&Part);
    if (!Site || !Site->Callee || isa<CXXConstructExpr, CXXOperatorCallExpr>(Part) ||
        Site->Callee->isTemplateInstantiation() || isInHandler(Part, Body))
      return;
    if (llvm::any_of(Site->Arguments, [&](const Expr *Argument) {
          return mayHold(*Argument, *Token, Models);
        }))
      return;
    if (const FunctionDecl *Takes = takerAt(*Site, *Token, Models))
      Out.push_back({Site->Call, Site->Callee, Given, Takes});
  });
  return Out;
}

} // namespace corolint
