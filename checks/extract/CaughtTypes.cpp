// CaughtTypes.cpp - what the handlers of a try block take
#include "checks/extract/CaughtTypes.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

/// The scope or class named \p Name in \p Scope, or null.
static const DeclContext *scopeNamed(const DeclContext &Scope, llvm::StringRef Name,
                                     const ASTContext &Context) {
  for (const NamedDecl *Found : Scope.lookup(&Context.Idents.get(Name))) {
    const NamedDecl *Real = Found->getUnderlyingDecl();
    if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(Real))
      return Alias->getNamespace();
    if (const auto *Other = dyn_cast<TypedefNameDecl>(Real))
      return Other->getUnderlyingType()->getAsCXXRecordDecl();
    if (isa<NamespaceDecl, CXXRecordDecl>(Real))
      return cast<DeclContext>(Real);
  }
  return nullptr;
}

const CXXRecordDecl *classNamed(const ASTContext &Context, llvm::StringRef Name) {
  const DeclContext *Scope = Context.getTranslationUnitDecl();
  while (Scope && !Name.empty()) {
    auto [First, Rest] = Name.split("::");
    Scope = scopeNamed(*Scope, First, Context);
    Name = Rest;
  }
  const auto *Record = dyn_cast_or_null<CXXRecordDecl>(Scope);
  return Record ? Record->getDefinition() : nullptr;
}

const CXXRecordDecl *caughtClass(const CXXCatchStmt &Handler) {
  QualType Caught = Handler.getCaughtType();
  return Caught.isNull() ? nullptr : Caught.getNonReferenceType()->getAsCXXRecordDecl();
}

bool isOrDerivesFrom(const CXXRecordDecl &Class, const CXXRecordDecl &Other) {
  if (Class.getCanonicalDecl() == Other.getCanonicalDecl())
    return true;
  return Class.hasDefinition() && Class.isDerivedFrom(&Other);
}

bool takes(const CXXCatchStmt &Handler, const CXXRecordDecl &Thrown) {
  if (Handler.getCaughtType().isNull())
    return true;
  const CXXRecordDecl *Caught = caughtClass(Handler);
  return Caught && isOrDerivesFrom(Thrown, *Caught);
}

llvm::SmallVector<const CXXTryStmt *, 2> triesAround(const Stmt &Part, const FunctionBody &Body) {
  llvm::SmallVector<const CXXTryStmt *, 2> Out;
  const Stmt *Child = &Part;
  for (const Stmt *Parent = Body.parent(Child); Parent; Parent = Body.parent(Child)) {
    const auto *Try = dyn_cast<CXXTryStmt>(Parent);
    if (Try && Try->getTryBlock() == Child)
      Out.push_back(Try);
    Child = Parent;
  }
  return Out;
}

} // namespace corolint
