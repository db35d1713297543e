// BodyIndex.cpp - the uses of variables in one function body
#include "checks/extract/BodyIndex.h"

#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

BodyIndex::BodyIndex(const FunctionDecl &Function) : Function(Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (Method && Method->getParent()->isLambda())
    for (const LambdaCapture &One : Method->getParent()->captures())
      if (One.capturesVariable())
        ByReference[One.getCapturedVar()] = One.getCaptureKind() == LCK_ByRef;
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (Init->isWritten() && Init->getInit()) {
        Members[Init->getInit()] = Init;
        walk(Init->getInit(), nullptr);
      }
  walk(Function.getBody(), nullptr);
}

void BodyIndex::noteUse(const DeclRefExpr &Named) {
  const ValueDecl *Declared = Named.getDecl();
  if (auto Capture = ByReference.find(Declared); Capture != ByReference.end()) {
    (Capture->second ? Referred : Copied).push_back(&Named);
    return;
  }
  if (const auto *Binding = dyn_cast<BindingDecl>(Declared))
    Declared = Binding->getDecomposedDecl();
  if (Declared && isa<VarDecl>(Declared))
    ByVariable[Declared].push_back(&Named);
}

void BodyIndex::note(const Stmt *Part) {
  if (const auto *Named = dyn_cast<DeclRefExpr>(Part)) {
    noteUse(*Named);
  } else if (const auto *Object = dyn_cast<CXXThisExpr>(Part)) {
    This.push_back(Object);
  } else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Part)) {
    if (Temporary->getStorageDuration() == SD_FullExpression)
      Temporaries.push_back(Temporary);
  } else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Part)) {
    const Expr *Value = Default->getExpr();
    if (const auto *Whole = dyn_cast<FullExpr>(Value))
      Value = Whole->getSubExpr();
    if (Default->isGLValue() && isa<MaterializeTemporaryExpr>(Value))
      Temporaries.push_back(Default);
  } else if (const auto *Declared = dyn_cast<DeclStmt>(Part)) {
    for (const Decl *One : Declared->decls())
      if (const auto *Local = dyn_cast<VarDecl>(One)) {
        Locals.push_back(Local);
        Scopes[Local] = Parents.lookup(Part);
        if (Local->getInit())
          Variables[Local->getInit()] = Local;
      }
  }
  Loops |= isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, GotoStmt>(Part);
  if (isa<CallExpr, CXXConstructExpr>(Part))
    Calls.push_back(cast<Expr>(Part));
}

void BodyIndex::walk(const Stmt *Part, const Stmt *Parent) {
  if (!Part)
    return;
  Parents[Part] = Parent;
  note(Part);
  if (const auto *Coroutine = dyn_cast<CoroutineBodyStmt>(Part))
    return walk(Coroutine->getBody(), Part);
  if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(Part))
    return walk(Suspend->getOperand(), Part);
  if (const auto *Return = dyn_cast<CoreturnStmt>(Part))
    return walk(Return->getOperand(), Part);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(Part)) {
    for (const Expr *Captured : Lambda->capture_inits())
      walk(Captured, Part);
    return;
  }
  if (isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, CXXTypeidExpr>(Part))
    return; // nothing in it is evaluated
  for (const Stmt *Child : Part->children())
    walk(Child, Part);
}

const BodyIndex::Uses &BodyIndex::uses(const ValueDecl &Variable) const {
  static const Uses None;
  auto Found = ByVariable.find(&Variable);
  return Found == ByVariable.end() ? None : Found->second;
}

const Stmt *BodyIndex::scope(const VarDecl &Local) const { return Scopes.lookup(&Local); }

} // namespace corolint
