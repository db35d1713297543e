// FunctionBody.cpp - CFG and parents of one function body
#include "checks/extract/FunctionBody.h"

#include "checks/extract/Finishing.h"

#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

std::unique_ptr<FunctionBody> FunctionBody::of(const FunctionDecl &Function, facts::Kind What) {
  CFG::BuildOptions Options;
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddInitializers = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  Options.setAllAlwaysAdd();
  std::unique_ptr<FunctionBody> Out(new FunctionBody(Function, What));
  Out->Graph = CFG::buildCFG(&Function, Function.getBody(), &Function.getASTContext(), Options);
  if (!Out->Graph)
    return nullptr;
  Out->findFinishing();
  Out->findCertain();
  return Out;
}

const Stmt *FunctionBody::parent(const Stmt *Child) const {
  if (!Parents) {
    Parents = std::make_unique<ParentMap>(Function.getBody());
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        if (Init->getInit())
          Parents->addStmt(Init->getInit());
  }
  return Parents->getParent(const_cast<Stmt *>(Child));
}

bool FunctionBody::isDropped(const Expr &Made) const {
  const Stmt *Child = &Made;
  const Stmt *Parent = parent(Child);
  for (; Parent && isa<Expr>(Parent); Parent = parent(Child)) {
    const auto *Cast = dyn_cast<CastExpr>(Parent);
    if (!isa<ExprWithCleanups, ParenExpr, CXXBindTemporaryExpr>(Parent) &&
        !(Cast && Cast->getCastKind() == CK_ToVoid))
      return false;
    Child = Parent;
  }
  if (const auto *If = dyn_cast_or_null<IfStmt>(Parent))
    return Child != If->getCond();
  if (const auto *For = dyn_cast_or_null<ForStmt>(Parent))
    return Child != For->getCond();
  if (const auto *While = dyn_cast_or_null<WhileStmt>(Parent))
    return Child != While->getCond();
  if (const auto *Do = dyn_cast_or_null<DoStmt>(Parent))
    return Child != Do->getCond();
  return isa_and_nonnull<CompoundStmt, CXXForRangeStmt, SwitchCase, LabelStmt, AttributedStmt>(
      Parent);
}

/// The variable of \p Declared that \p Part initializes.
static const VarDecl *initializedBy(const DeclStmt &Declared, const Stmt *Part) {
  for (const Decl *One : Declared.decls())
    if (const auto *Variable = dyn_cast<VarDecl>(One); Variable && Variable->getInit() == Part)
      return Variable;
  return nullptr;
}

bool FunctionBody::isConstant(const Expr &Call) const {
  for (const Stmt *Part = &Call, *Around = parent(Part); Around;
       Part = Around, Around = parent(Part)) {
    if (isa<ConstantExpr>(Around))
      return true;
    if (const auto *Declared = dyn_cast<DeclStmt>(Around)) {
      const VarDecl *Variable = initializedBy(*Declared, Part);
      return Variable && Variable->hasConstantInitialization();
    }
    if (!isa<Expr>(Around))
      return false;
  }
  return false;
}

void FunctionBody::findFinishing() {
  Finishes =
      finishingBlocks(*Graph, [](const CFGBlock &Block) { return Block.hasNoReturnElement(); });
}

void FunctionBody::findCertain() {
  Certain.resize(Graph->getNumBlockIDs());
  const CFGBlock *Block = &Graph->getEntry();
  while (Block && !Certain[Block->getBlockID()]) {
    Certain[Block->getBlockID()] = true;
    const CFGBlock *Only = nullptr;
    unsigned Reachable = 0;
    for (const CFGBlock::AdjacentBlock &Next : Block->succs())
      if (const CFGBlock *To = Next.getReachableBlock()) {
        Only = To;
        ++Reachable;
      }
    Block = Reachable == 1 ? Only : nullptr;
  }
}

} // namespace corolint
