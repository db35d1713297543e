// OwnLoops.cpp - loops that resume coroutines
#include "checks/extract/OwnLoops.h"

#include "checks/model/Names.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace corolint {

/// True for resume() and operator() of std::coroutine_handle<>. Who knows the promise,
/// as a generator's iterator does, goes on with one coroutine and is no loop.
static bool isResume(const FunctionDecl &Callee) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  const auto *Handle =
      Method ? dyn_cast<ClassTemplateSpecializationDecl>(Method->getParent()) : nullptr;
  if (!Handle || !Handle->isInStdNamespace() || Handle->getName() != "coroutine_handle" ||
      !Handle->getTemplateArgs()[0].getAsType()->isVoidType())
    return false;
  return Method->getOverloadedOperator() == OO_Call ||
         (Method->getIdentifier() && Method->getName() == "resume");
}

namespace {
/// Looks for a call that resumes a coroutine.
class ResumeSearch {
public:
  bool finds(const Stmt *Part, unsigned Depth = 3) {
    if (!Part || isa<LambdaExpr>(Part))
      return false;
    const auto *Call = dyn_cast<CallExpr>(Part);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (Callee && (isResume(*Callee) || (Depth != 0 && findsIn(*Callee, Depth - 1))))
      return true;
    return llvm::any_of(Part->children(), [&](const Stmt *Child) { return finds(Child, Depth); });
  }

private:
  bool findsIn(const FunctionDecl &Callee, unsigned Depth) {
    const FunctionDecl *Defined = nullptr;
    return !isStandard(Callee) && Callee.hasBody(Defined) && Seen.insert(Defined).second &&
           finds(Defined->getBody(), Depth);
  }

  llvm::SmallPtrSet<const FunctionDecl *, 16> Seen;
};
} // namespace

/// What \p Next leads to from \p First on, which is only in it when it lies in a loop.
template <class Function>
static llvm::SmallPtrSet<const CFGBlock *, 16> reachedFrom(const CFGBlock &First, Function Next) {
  llvm::SmallPtrSet<const CFGBlock *, 16> Out;
  llvm::SmallVector<const CFGBlock *, 16> Work{&First};
  while (!Work.empty())
    for (const CFGBlock *One : Next(*Work.pop_back_val()))
      if (One && Out.insert(One).second)
        Work.push_back(One);
  return Out;
}

bool isInOwnLoop(const CFGBlock &Block) {
  auto After = reachedFrom(Block, [](const CFGBlock &One) { return One.succs(); });
  if (!After.contains(&Block))
    return false;
  auto Before = reachedFrom(Block, [](const CFGBlock &One) { return One.preds(); });
  ResumeSearch Search;
  return llvm::any_of(After, [&](const CFGBlock *One) {
    return Before.contains(One) && llvm::any_of(*One, [&](const CFGElement &Element) {
             std::optional<CFGStmt> Part = Element.getAs<CFGStmt>();
             return Part && Search.finds(Part->getStmt());
           });
  });
}

} // namespace corolint
