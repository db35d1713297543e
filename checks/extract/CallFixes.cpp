// CallFixes.cpp - edits that mend calls which stop the loop
#include "checks/extract/CallFixes.h"

#include "checks/extract/TaskExpr.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/CharInfo.h"

using namespace clang;

namespace corolint {

/// A handler may not suspend.
static bool isInHandler(const Stmt *Statement, const FunctionBody &Body) {
  while (Statement && !isa<CXXCatchStmt>(Statement))
    Statement = Body.parent(Statement);
  return Statement != nullptr;
}

/// The declaration context that \p Path names from \p Scope, then its last part
/// in it: "aio::sleep".
static bool isDeclared(llvm::StringRef Path, const DeclContext *Scope) {
  for (auto [First, Rest] = Path.split("::"); Scope; std::tie(First, Rest) = Rest.split("::")) {
    auto Found = Scope->lookup(&Scope->getParentASTContext().Idents.get(First));
    if (Rest.empty() || Found.empty())
      return !Found.empty();
    Scope = dyn_cast<NamespaceDecl>(Found.front());
  }
  return false;
}

/// The awaitable sleep of the library of \p Class, with "{duration}" in it; empty
/// when the names that it needs are not declared here.
static std::string sleepExpression(llvm::StringRef Template, const CXXRecordDecl &Class) {
  const DeclContext *Space = Class.getDeclContext()->getEnclosingNamespaceContext();
  std::string Out = Template.str(), Name = qualifiedName(Class);
  Name.resize(std::max(Name.rfind("::"), std::size_t(0)));
  bool Placed = Template.contains("{ns}");
  auto PathAt = [&](llvm::StringRef Rest) {
    return Rest.take_while([](char C) { return isAsciiIdentifierContinue(C) || C == ':'; });
  };
  if (!Placed)
    return isDeclared(PathAt(Template), Class.getASTContext().getTranslationUnitDecl()) ? Out : "";
  for (std::size_t At = Out.find("{ns}::"); At != std::string::npos; At = Out.find("{ns}::")) {
    if (!isDeclared(PathAt(llvm::StringRef(Out).substr(At + 6)), Space))
      return "";
    Out.replace(At, 4, Name);
  }
  return Out;
}

std::optional<facts::Fix> CallFixes::sleep(const CallSite &Site,
                                           const model::SleepRule &Rule) const {
  using Unit = model::SleepRule::Unit;
  if (Body.kind() != facts::Kind::Coroutine)
    return std::nullopt;
  std::optional<TaskType> Task = Colors.task(Body.function().getReturnType());
  const CXXRecordDecl *Class = Body.function().getReturnType()->getAsCXXRecordDecl();
  std::string Template =
      Task && Task->From && Class ? sleepExpression(Models.sleepOf(*Task->From), *Class) : "";
  model::Decider Decide(Site, Models, Body.context());
  const Expr *Time = Decide.argument(Rule.Argument);
  if (Template.empty() || !Time || !Body.isDropped(*Site.Call) || isInHandler(Site.Call, Body))
    return std::nullopt;
  std::string Duration = Text.text(Time->getSourceRange()).str();
  switch (Rule.In) {
  case Unit::Duration:
    break;
  case Unit::Seconds:
    Duration = "std::chrono::seconds(" + Duration + ")";
    break;
  case Unit::Milliseconds:
    Duration = "std::chrono::milliseconds(" + Duration + ")";
    break;
  case Unit::Microseconds:
    Duration = "std::chrono::microseconds(" + Duration + ")";
    break;
  case Unit::TimePoint:
  case Unit::Other:
    return std::nullopt;
  }
  std::string Awaited = "co_await " + Template;
  std::size_t Hole = Awaited.find("{duration}");
  if (Hole == std::string::npos || Time->getBeginLoc().isMacroID())
    return std::nullopt;
  Awaited.replace(Hole, llvm::StringRef("{duration}").size(), Duration);
  std::optional<facts::Edit> Edit = Text.replace(Site.Call->getSourceRange(), Awaited);
  if (!Edit)
    return std::nullopt;
  return facts::Fix{"sleep without blocking the loop", true, {*Edit}};
}

/// True when the value of \p Call has the type that an await of \p Task gives,
/// or is not used.
static bool givesTheSame(const Expr &Call, const Expr &Task, const FunctionBody &Body) {
  if (Body.isDropped(Call))
    return true;
  QualType Result = taskResult(Task.getType());
  return !Result.isNull() && !Call.isLValue() &&
         Body.context().hasSameUnqualifiedType(Call.getType().getNonReferenceType(),
                                               Result.getNonReferenceType());
}

/// True for an operand that `co_await` binds to as a whole.
static bool isPostfix(const Expr &Operand) {
  const Expr *Inner = Operand.IgnoreImplicit();
  if (const auto *Moved = dyn_cast<CXXConstructExpr>(Inner);
      Moved && Moved->getConstructor()->isCopyOrMoveConstructor())
    Inner = Moved->getArg(0)->IgnoreImplicit();
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Inner);
  return isa<DeclRefExpr, ParenExpr, CXXMemberCallExpr>(Inner) ||
         (Operator ? Operator->getOperator() == OO_Call : isa<CallExpr>(Inner));
}

std::optional<facts::Fix> CallFixes::await(const CallSite &Site,
                                           const model::FunctionRule &Rule) const {
  using Mode = model::ConsumeRule::Mode;
  if (Site.Arguments.size() != 1 || !Site.Call)
    return std::nullopt; // the others would be lost
  const Expr *Task = Site.Arguments.front();
  model::Decider Decide(Site, Models, Body.context());
  bool Runs = llvm::any_of(Rule.Consumes, [&](const model::ConsumeRule &Use) {
    return Use.How == Mode::Run && Decide.argument(Use.Argument) == Task;
  });
  if (!Runs || !Colors.task(Task->getType()) || !isPostfix(*Task) ||
      !canAwait(Task, Body, Models) || !givesTheSame(*Site.Call, *Task, Body))
    return std::nullopt;
  std::string Operand = Text.text(Task->getSourceRange()).str();
  if (Operand.empty())
    return std::nullopt;
  std::string Awaited = "co_await " + Operand;
  if (!Body.isDropped(*Site.Call))
    Awaited = "(" + Awaited + ")";
  std::optional<facts::Edit> Edit = Text.replace(Site.Call->getSourceRange(), Awaited);
  if (!Edit)
    return std::nullopt;
  return facts::Fix{"await it", true, {*Edit}};
}

} // namespace corolint
