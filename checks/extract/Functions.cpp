// Functions.cpp - the function definitions that a unit analyses
#include "checks/extract/Functions.h"

#include "checks/extract/Sources.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace corolint {

namespace {

class Lister : public RecursiveASTVisitor<Lister> {
public:
  llvm::SetVector<const FunctionDecl *> Definitions, AddressTaken;

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool VisitFunctionDecl(FunctionDecl *Function) {
    add(Function);
    return true;
  }

  /// Constructors that nobody wrote run default member initialisers.
  bool VisitCXXRecordDecl(CXXRecordDecl *Record) {
    if (Record->isThisDeclarationADefinition())
      for (const CXXConstructorDecl *One : Record->ctors())
        if (One->isImplicit() && !One->isTrivial())
          add(One);
    return true;
  }

  bool VisitLambdaExpr(LambdaExpr *Lambda) {
    CXXMethodDecl *Method = Lambda->getCallOperator();
    if (FunctionTemplateDecl *Template = Method->getDescribedFunctionTemplate()) {
      // The bodies of a generic lambda's instantiations are not children of it.
      for (FunctionDecl *Special : Template->specializations())
        if (add(Special))
          TraverseStmt(Special->getBody());
    } else {
      add(Method);
    }
    return true;
  }

  /// Clang keeps the written arguments of some implicit instantiations, and
  /// asserts that there are none.
  bool TraverseVarTemplateSpecializationDecl(VarTemplateSpecializationDecl *Variable) {
    if (Variable->getTemplateSpecializationKind() == TSK_ImplicitInstantiation)
      return TraverseStmt(Variable->getInit());
    return RecursiveASTVisitor::TraverseVarTemplateSpecializationDecl(Variable);
  }

  bool VisitCallExpr(CallExpr *Call) {
    Callees.insert(Call->getCallee()->IgnoreParenImpCasts());
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *Named) {
    const auto *Function = dyn_cast<FunctionDecl>(Named->getDecl());
    if (Function && !Callees.contains(Named) && !Function->isTemplated())
      AddressTaken.insert(Function);
    return true;
  }

private:
  bool add(const FunctionDecl *Function) {
    return Function->isThisDeclarationADefinition() && Function->hasBody() &&
           !Function->isDependentContext() && !Function->hasSkippedBody() &&
           !Function->isInvalidDecl() && Definitions.insert(Function);
  }

  llvm::DenseSet<const Expr *> Callees;
};

} // namespace

/// Walks \p Scope, entering namespaces whose parts may lie in other files.
static void walk(DeclContext &Scope, const Sources &Text, Lister &Walker) {
  for (Decl *One : Scope.decls()) {
    if (auto *Space = dyn_cast<NamespaceDecl>(One)) {
      if (!Text.isSystem(Space->getLocation()))
        walk(*Space, Text, Walker);
    } else if (auto *Linkage = dyn_cast<LinkageSpecDecl>(One)) {
      walk(*Linkage, Text, Walker);
    } else if (!Text.isSystem(One->getLocation())) {
      Walker.TraverseDecl(One);
    }
  }
}

bool isInstance(const FunctionDecl &Function) {
  for (const DeclContext *Scope = &Function; Scope; Scope = Scope->getParent()) {
    const auto *Outer = dyn_cast<FunctionDecl>(Scope);
    if ((Outer && Outer->isTemplateInstantiation()) || isa<ClassTemplateSpecializationDecl>(Scope))
      return true;
  }
  return false;
}

FunctionList listFunctions(ASTContext &Context, const Sources &Text) {
  Lister Walker;
  walk(*Context.getTranslationUnitDecl(), Text, Walker);
  return {{Walker.Definitions.begin(), Walker.Definitions.end()},
          {Walker.AddressTaken.begin(), Walker.AddressTaken.end()}};
}

} // namespace corolint
