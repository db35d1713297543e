// CallSite.cpp - one view of every kind of call expression
#include "checks/model/CallSite.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

template <class Range> static void appendWritten(const Range &All, CallSite &Out) {
  for (const Expr *Argument : All)
    if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Argument))
      Out.Defaults.push_back(Default->getExpr());
    else
      Out.Arguments.push_back(Argument);
}

std::optional<CallSite> CallSite::of(const Stmt *Statement) {
  CallSite Site;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Statement)) {
    Site.Call = Construct;
    Site.Callee = Construct->getConstructor();
    appendWritten(Construct->arguments(), Site);
    return Site;
  }
  if (const auto *Inherited = dyn_cast<CXXInheritedCtorInitExpr>(Statement)) {
    Site.Call = Inherited;
    Site.Callee = Inherited->getConstructor();
    return Site;
  }
  const auto *Call = dyn_cast<CallExpr>(Statement);
  if (!Call || Call->isTypeDependent())
    return std::nullopt;
  Site.Call = Call;
  Site.Callee = Call->getDirectCallee();
  appendWritten(Call->arguments(), Site);
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call)) {
    Site.Object = Member->getImplicitObjectArgument();
    if (!Site.Callee)
      Site.Callee = Member->getMethodDecl();
  } else if (isa<CXXOperatorCallExpr>(Call)) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Site.Callee);
    if (Method && !Site.Arguments.empty()) {
      Site.Object = Site.Arguments.front();
      Site.Arguments.erase(Site.Arguments.begin());
    }
  }
  return Site;
}

const VarDecl *CallSite::functionObject() const {
  const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Call);
  if (!Operator || Operator->getOperator() != OO_Call || !Object)
    return nullptr;
  const auto *Named = dyn_cast<DeclRefExpr>(Object->IgnoreParenImpCasts());
  const auto *Variable = Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
  return Variable && !Variable->isLocalVarDeclOrParm() ? Variable : nullptr;
}

const Expr *strip(const Expr *Expression) {
  while (Expression) {
    const Expr *Inner = Expression->IgnoreParenImpCasts();
    if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Inner))
      Inner = Temporary->getSubExpr();
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(Inner))
      Inner = Bind->getSubExpr();
    else if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Inner))
      Inner = Cleanups->getSubExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Inner))
      Inner = Default->getExpr();
    else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Inner);
             Cast && !isa<CXXFunctionalCastExpr>(Cast))
      Inner = Cast->getSubExpr();
    else if (const auto *Call = dyn_cast<CallExpr>(Inner);
             Call && Call->getNumArgs() == 1 && Call->getDirectCallee() &&
             Call->getDirectCallee()->isInStdNamespace() &&
             Call->getDirectCallee()->getIdentifier() &&
             (Call->getDirectCallee()->getName() == "move" ||
              Call->getDirectCallee()->getName() == "forward"))
      Inner = Call->getArg(0);
    else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Inner);
             Construct && Construct->getConstructor()->isCopyOrMoveConstructor() &&
             Construct->getNumArgs() >= 1)
      Inner = Construct->getArg(0);
    if (Inner == Expression)
      break;
    Expression = Inner;
  }
  return Expression;
}

const ValueDecl *namedValue(const Expr *Expression) {
  const Expr *Inner = strip(Expression);
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Inner))
    return isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts()) ? Member->getMemberDecl()
                                                                      : nullptr;
  const auto *Named = dyn_cast_or_null<DeclRefExpr>(Inner);
  return Named ? Named->getDecl() : nullptr;
}

} // namespace corolint
