// BorrowedTasks.cpp - functions that only look at a task
#include "checks/extract/BorrowedTasks.h"

#include "checks/extract/TaskMethods.h"
#include "checks/extract/TaskUses.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

std::optional<facts::Condition> borrowedIf(const CallSite &Site, const Expr *Value,
                                           const Summaries &Known) {
  const FunctionDecl *Callee = Site.Callee;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  if (!Callee || isStandard(*Callee) || (Method && Method->isVirtual()))
    return std::nullopt;
  for (unsigned I = 0; I < Site.Arguments.size() && I < Callee->getNumParams(); ++I) {
    if (Site.Arguments[I] != Value)
      continue;
    if (!Callee->getParamDecl(I)->getType()->isLValueReferenceType())
      return std::nullopt;
    facts::Condition Test;
    Test.Parameter = I;
    Test.Does = facts::Looks;
    if (std::optional<facts::ParameterUse> Use = Known.of(*Callee, I))
      return Use->Does & facts::Looks ? std::optional(Test) : std::nullopt;
    if (Callee->getBuiltinID() || !Callee->hasExternalFormalLinkage())
      return std::nullopt;
    Test.Function = programId(*Callee, Callee->getASTContext().getSourceManager());
    return Test;
  }
  return std::nullopt;
}

/// True when the method call of which \p Member is the function only asks.
static bool asks(const MemberExpr &Member, const BodyIndex &Body, const model::Model &Models) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Member.getMemberDecl());
  const Stmt *Call = Body.parent(&Member);
  while (isa_and_nonnull<ParenExpr>(Call))
    Call = Body.parent(Call);
  if (!Method || !isa_and_nonnull<CXXMemberCallExpr>(Call))
    return false;
  std::optional<CallSite> Site = CallSite::of(Call);
  const model::FunctionRule *Rule =
      Site ? ruleFor(*Site, Models, Body.function().getASTContext()) : nullptr;
  return looksAtObject(Rule).value_or(onlyLooks(*Method));
}

/// True when the argument \p Value of \p Call is left as it was.
static bool isLeft(const Expr &Call, const Expr &Value, const BodyIndex &Body,
                   const model::Model &Models, const Summaries &Known) {
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call);
  if (Operator && Operator->isComparisonOp())
    return true;
  std::optional<CallSite> Site = CallSite::of(&Call);
  if (!Site)
    return false;
  const ASTContext &Context = Body.function().getASTContext();
  if (const model::FunctionRule *Rule = ruleFor(*Site, Models, Context)) {
    model::Decider Decide(*Site, Models, Context);
    return llvm::any_of(Rule->Consumes, [&](const model::ConsumeRule &Use) {
      return Use.How == model::ConsumeRule::Mode::Borrow && Decide.names(Use.Argument, &Value);
    });
  }
  std::optional<facts::Condition> Test = borrowedIf(*Site, &Value, Known);
  return Test && Test->Function.empty();
}

static bool isLook(const Expr &Use, const BodyIndex &Body, const model::Model &Models,
                   const Summaries &Known) {
  const Expr *Value = &Use;
  for (;;) {
    const Stmt *Parent = Body.parent(Value);
    if (const auto *Member = dyn_cast_or_null<MemberExpr>(Parent))
      return asks(*Member, Body, Models);
    const auto *Around = dyn_cast_or_null<Expr>(Parent);
    if (!Around) // a statement by itself; not another name, not a result
      return Parent && !isa<DeclStmt, ReturnStmt, CoreturnStmt>(Parent);
    if (isa<CallExpr, CXXConstructExpr>(Around))
      return isLeft(*Around, *Value, Body, Models, Known);
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Around))
      return Cast->getType()->isVoidType();
    if (!isa<ParenExpr, ImplicitCastExpr>(Around))
      return false;
    Value = Around;
  }
}

bool onlyLooksAt(const ParmVarDecl &Parameter, const BodyIndex &Body, const model::Model &Models,
                 const Summaries &Known) {
  return llvm::all_of(Body.uses(Parameter),
                      [&](const Expr *Use) { return isLook(*Use, Body, Models, Known); });
}

} // namespace corolint
