// UnneededCoroutines.cpp - coroutines that could be plain functions
#include "checks/extract/UnneededCoroutines.h"

#include "checks/extract/Functions.h"
#include "checks/extract/WrittenParts.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint {

/// True when others decide that \p Function is a coroutine: an interface, a
/// template, who takes a lambda or a function object.
static bool isBound(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return (Method && (Method->isVirtual() || Method->getParent()->isLambda())) ||
         Function.isOverloadedOperator() || Function.isMain() || isInstance(Function);
}

static bool suspends(const Stmt &Body) {
  return anyPart(&Body, [](const Stmt &Part) {
    return isa<CoawaitExpr, CoyieldExpr, DependentCoawaitExpr>(Part);
  });
}

/// A body that does nothing, or only throws, stands for one to come.
static bool isStub(const CompoundStmt &Body) {
  if (Body.body_empty())
    return true;
  const Stmt *First = Body.body_front();
  if (const auto *Value = dyn_cast<Expr>(First))
    return isa<CXXThrowExpr>(Value->IgnoreUnlessSpelledInSource());
  const auto *Return = dyn_cast<CoreturnStmt>(First);
  return Return && !Return->getOperand();
}

/// The call whose task is all that the body awaits and returns, or null.
static const CallExpr *onlyCall(const CompoundStmt &Body) {
  if (Body.size() != 1)
    return nullptr;
  const Stmt *Only = Body.body_front();
  const Expr *Value = dyn_cast<Expr>(Only);
  if (const auto *Return = dyn_cast<CoreturnStmt>(Only))
    Value = Return->getOperand();
  const auto *Await = dyn_cast_or_null<CoawaitExpr>(Value ? strip(Value) : nullptr);
  return Await ? dyn_cast<CallExpr>(strip(Await->getOperand())) : nullptr;
}

/// True when \p Part makes an object that dies with the expression.
static bool makesTemporary(const Stmt *Part) {
  if (const auto *Default = dyn_cast_or_null<CXXDefaultArgExpr>(Part))
    return makesTemporary(Default->getExpr());
  return Part && (isa<MaterializeTemporaryExpr, LambdaExpr>(Part) ||
                  llvm::any_of(Part->children(), makesTemporary));
}

/// True when the frame of \p Function keeps alive what \p Call refers to.
static bool keepsAlive(const FunctionDecl &Function, const CallExpr &Call) {
  for (const ParmVarDecl *Parameter : Function.parameters())
    if (Parameter->getType()->isRecordType())
      return true;
  std::optional<CallSite> Site = CallSite::of(&Call);
  if (!Site || !Site->Callee || llvm::any_of(Call.children(), makesTemporary))
    return true;
  for (auto [Index, Argument] : llvm::enumerate(Site->Arguments)) {
    const auto *Named = dyn_cast_or_null<ParmVarDecl>(namedValue(Argument));
    bool ToReference = Index < Site->Callee->getNumParams() &&
                       Site->Callee->getParamDecl(Index)->getType()->isReferenceType();
    bool Address = isa<UnaryOperator>(strip(Argument)) &&
                   cast<UnaryOperator>(strip(Argument))->getOpcode() == UO_AddrOf;
    if (Address || (Named && !Named->getType()->isReferenceType() && ToReference))
      return true;
  }
  return false;
}

/// Set when the coroutine \p Function need not be one, as far as it shows.
static std::optional<UnneededCoroutine> judge(const FunctionDecl &Function,
                                              const Coroutines &Colors, const Sources &Text) {
  const CoroutineBodyStmt *Coroutine = coroutineBody(Function);
  const auto *Body = Coroutine ? dyn_cast<CompoundStmt>(Coroutine->getBody()) : nullptr;
  if (!Body || Colors.kind(Function) != facts::Kind::Coroutine ||
      !Colors.task(Function.getReturnType()) || isBound(Function))
    return std::nullopt;
  // A macro hides the text: nobody knows what it stands for elsewhere.
  llvm::StringRef Written = Text.text(Function.getBody()->getSourceRange());
  if (Written.empty() || Written.contains('#'))
    return std::nullopt;
  if (!suspends(*Body))
    return isStub(*Body) || Written.contains("co_await")
               ? std::nullopt
               : std::optional(UnneededCoroutine{&Function, nullptr});
  const CallExpr *Call = onlyCall(*Body);
  if (!Call || !Call->getDirectCallee() || keepsAlive(Function, *Call) ||
      Call->getDirectCallee()->getCanonicalDecl() == Function.getCanonicalDecl() ||
      !Function.getASTContext().hasSameUnqualifiedType(Call->getType(), Function.getReturnType()))
    return std::nullopt;
  return UnneededCoroutine{&Function, Call};
}

using Functions = llvm::SmallPtrSet<const FunctionDecl *, 8>;

/// Adds to \p Out what \p Caller needs as tasks: what it calls and does not
/// await at once. A template needs all that it calls to be what it is.
static void addNeeded(const FunctionDecl &Caller, Functions &Out) {
  llvm::SmallPtrSet<const Stmt *, 8> Awaited;
  bool Fixed = isInstance(Caller);
  const CoroutineBodyStmt *Coroutine = coroutineBody(Caller);
  anyPart(Coroutine ? Coroutine->getBody() : Caller.getBody(), [&](const Stmt &Part) {
    if (const auto *Await = dyn_cast<CoawaitExpr>(&Part); Await && !Fixed)
      Awaited.insert(strip(Await->getOperand()));
    const auto *Call = dyn_cast<CallExpr>(&Part);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (Callee && !Awaited.contains(Call))
      Out.insert(Callee->getCanonicalDecl());
    return false;
  });
}

std::vector<UnneededCoroutine>
findUnneededCoroutines(const FunctionList &List, const Coroutines &Colors, const Sources &Text) {
  std::vector<UnneededCoroutine> Out;
  for (const FunctionDecl *Function : List.Definitions)
    if (std::optional<UnneededCoroutine> Found = judge(*Function, Colors, Text))
      Out.push_back(*Found);
  if (Out.empty())
    return Out;
  Functions Needed;
  for (const FunctionDecl *Function : List.AddressTaken)
    Needed.insert(Function->getCanonicalDecl());
  for (const FunctionDecl *Function : List.Definitions)
    addNeeded(*Function, Needed);
  llvm::erase_if(Out, [&](const UnneededCoroutine &One) {
    return !One.PassedOn && Needed.contains(One.Function->getCanonicalDecl());
  });
  return Out;
}

} // namespace corolint
