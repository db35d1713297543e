// CopiedTemporaries.cpp - temporaries that GCC 12 miscompiles in a co_await
#include "checks/extract/CopiedTemporaries.h"

#include "checks/extract/WrittenParts.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

/// What GCC 12 does wrong with the temporary that \p Part makes, if anything.
static std::optional<CopiedTemporary::What> wrongWith(const Stmt &Part) {
  using What = CopiedTemporary::What;
  if (isa<CXXStdInitializerListExpr>(Part))
    return What::List;
  const auto *Value = dyn_cast<Expr>(&Part);
  if (!Value || !isa<LambdaExpr, InitListExpr>(Value) || !Value->isPRValue())
    return std::nullopt;
  const CXXRecordDecl *Record = Value->getType()->getAsCXXRecordDecl();
  // Bits are all there is to copy where the destructor does nothing.
  if (!Record || !Record->hasDefinition() || Record->hasTrivialDestructor())
    return std::nullopt;
  return isa<LambdaExpr>(Value) ? What::Closure : What::Aggregate;
}

/// The co_await whose operand holds \p Part in one full expression, or null.
/// A part of another such temporary is that one's matter.
static const Expr *awaitAround(const Stmt &Part, const FunctionBody &Body) {
  const Stmt *Child = &Part;
  for (const Stmt *Around = Body.parent(Child); isa_and_nonnull<Expr>(Around);
       Around = Body.parent(Child)) {
    if (wrongWith(*Around) || isa<LambdaExpr>(Around))
      return nullptr;
    if (isa<CoawaitExpr>(Around))
      return cast<Expr>(Around);
    Child = Around;
  }
  return nullptr;
}

/// \p Made with the name of its class, where that is written.
static const Expr *whole(const Expr &Made, const FunctionBody &Body) {
  const Stmt *Around = Body.parent(&Made);
  while (isa_and_nonnull<CXXBindTemporaryExpr>(Around))
    Around = Body.parent(Around);
  return isa_and_nonnull<CXXFunctionalCastExpr>(Around) ? cast<Expr>(Around) : &Made;
}

std::vector<CopiedTemporary> findCopiedTemporaries(const FunctionBody &Body) {
  std::vector<CopiedTemporary> Out;
  forEachReached(Body.cfg(), [&](const Stmt &Part) {
    std::optional<CopiedTemporary::What> Wrong = wrongWith(Part);
    if (!Wrong)
      return;
    bool Known = llvm::any_of(Out, [&](const CopiedTemporary &One) {
      return One.Temporary == whole(cast<Expr>(Part), Body);
    });
    const Expr *Await = Known ? nullptr : awaitAround(Part, Body);
    if (Await)
      Out.push_back({whole(cast<Expr>(Part), Body), Await, *Wrong});
  });
  return Out;
}

} // namespace corolint
