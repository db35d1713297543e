// Dataflow.cpp - where control of a function goes
#include "checks/extract/Dataflow.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

using Map = llvm::DenseMap<const Stmt *, const CFGBlock *>;

/// Notes \p Handler for \p Part and what is in it. Inner try blocks have their
/// own, the handlers of an inner try have not.
static void note(const Stmt *Part, const CFGBlock *Handler, Map &Around) {
  if (!Part || isa<LambdaExpr>(Part))
    return;
  Around[Part] = Handler;
  const auto *Inner = dyn_cast<CXXTryStmt>(Part);
  for (const Stmt *Child : Part->children())
    if (!Inner || Child != Inner->getTryBlock())
      note(Child, Handler, Around);
}

Handlers::Handlers(const CFG &Graph) {
  for (const CFGBlock *Handler : Graph.try_blocks())
    if (const auto *Try = dyn_cast_or_null<CXXTryStmt>(Handler->getTerminatorStmt()))
      note(Try->getTryBlock(), Handler, Around);
}

bool leavesByForce(const CFGBlock &Block) {
  if (Block.hasNoReturnElement())
    return true;
  return llvm::any_of(Block, [](const CFGElement &Element) {
    auto Statement = Element.getAs<CFGStmt>();
    return Statement && isa<CXXThrowExpr>(Statement->getStmt());
  });
}

/// True for what the body of a macro writes, and not who uses the macro.
static bool isOfMacro(SourceLocation Where, const SourceManager &Manager) {
  while (Manager.isMacroArgExpansion(Where))
    Where = Manager.getImmediateSpellingLoc(Where);
  return Where.isMacroID();
}

bool endsWrapper(const CFGBlock &Block, const SourceManager &Manager) {
  const auto *Loop = dyn_cast_or_null<DoStmt>(Block.getTerminatorStmt());
  return Loop && isOfMacro(Loop->getDoLoc(), Manager);
}

/// False for a function that is known not to throw; null is an unknown one.
static bool mayThrow(const FunctionDecl *Callee) {
  const auto *Type = Callee ? Callee->getType()->getAs<FunctionProtoType>() : nullptr;
  return !Type || isUnresolvedExceptionSpec(Type->getExceptionSpecType()) || !Type->isNothrow();
}

/// True for what throws by itself: its operands are elements of their own.
static bool mayThrow(const Stmt &Part) {
  if (const auto *Call = dyn_cast<CallExpr>(&Part))
    return mayThrow(Call->getDirectCallee());
  if (const auto *Made = dyn_cast<CXXConstructExpr>(&Part))
    return mayThrow(Made->getConstructor());
  return isa<CXXThrowExpr, CXXNewExpr, CXXDeleteExpr, CXXDynamicCastExpr, CXXTypeidExpr,
             CXXInheritedCtorInitExpr, CoroutineSuspendExpr, CoreturnStmt>(Part);
}

const CFGBlock *Handlers::of(const CFGElement &Element) const {
  if (Around.empty())
    return nullptr;
  auto Statement = Element.getAs<CFGStmt>();
  return Statement && mayThrow(*Statement->getStmt()) ? Around.lookup(Statement->getStmt())
                                                      : nullptr;
}

} // namespace corolint
