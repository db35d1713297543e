// CopiedTemporaries.cpp - temporaries that GCC 12 miscompiles beside a co_await
#include "checks/extract/CopiedTemporaries.h"

#include "checks/extract/WrittenParts.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint {

using What = CopiedTemporary::What;

static bool isSuspension(const Stmt &Part) { return isa<CoawaitExpr, CoyieldExpr>(Part); }

/// True when GCC 12 treats an object of \p Type wrongly: where the destructor
/// does nothing, bits are all there is to copy.
static bool isDestroyed(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record && Record->hasDefinition() && !Record->hasTrivialDestructor();
}

/// What GCC 12 does wrong with the temporary that \p Part makes, if anything.
static std::optional<What> wrongWith(const Stmt &Part) {
  if (isa<CXXStdInitializerListExpr>(Part))
    return What::List;
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(&Part))
    return Temporary->getType()->isArrayType() ? std::optional(What::List) : std::nullopt;
  const auto *Value = dyn_cast<Expr>(&Part);
  if (!Value || !isDestroyed(Value->getType()))
    return std::nullopt;
  if (isa<LambdaExpr>(Value))
    return What::Closure;
  if (isa<InitListExpr, CXXParenListInitExpr>(Value))
    return What::Aggregate;
  return std::nullopt;
}

/// True for what the compiler puts around the braces of a value.
static bool isWrapper(const Stmt *Around) {
  return isa_and_nonnull<CXXBindTemporaryExpr, CXXFunctionalCastExpr, ImplicitCastExpr, ParenExpr>(
      Around);
}

/// \p Made with the name of its class, where that is written.
static const Expr *named(const Expr &Made, const FunctionBody &Body) {
  const Stmt *Around = Body.parent(&Made);
  while (isa_and_nonnull<CXXBindTemporaryExpr>(Around))
    Around = Body.parent(Around);
  return isa_and_nonnull<CXXFunctionalCastExpr>(Around) ? cast<Expr>(Around) : &Made;
}

/// True when \p Made is the object that `new` makes: no temporary, unless it
/// waits for a part of it.
static bool isNewObject(const Expr &Made, const FunctionBody &Body) {
  const Stmt *Around = Body.parent(&Made);
  while (isWrapper(Around))
    Around = Body.parent(Around);
  return isa_and_nonnull<CXXNewExpr>(Around) && !anyPart(&Made, isSuspension);
}

/// True when \p Part is a part of another such temporary: that one's matter.
static bool isInAnother(const Stmt &Part, const FunctionBody &Body) {
  for (const Stmt *Around = Body.parent(&Part); isa_and_nonnull<Expr>(Around);
       Around = Body.parent(Around))
    if (wrongWith(*Around) && !isNewObject(*cast<Expr>(Around), Body))
      return true;
  return false;
}

namespace {

class Search {
public:
  explicit Search(const FunctionBody &Body) : Body(Body) {}

  void suspension(const Expr &Suspension) {
    const Expr *Whole = &Suspension;
    while (const auto *Around = dyn_cast_or_null<Expr>(Body.parent(Whole)))
      Whole = Around;
    if (!Seen.insert(Whole).second)
      return;
    anyPart(Whole, [&](const Stmt &Part) {
      if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(&Part))
        addDefault(*Default, Suspension);
      else if (std::optional<What> Wrong = wrongWith(Part))
        add(cast<Expr>(Part), Suspension, *Wrong);
      return false;
    });
  }

  std::vector<CopiedTemporary> take() { return std::move(Found); }

private:
  void add(const Expr &Made, const Expr &Suspension, What Wrong) {
    const Expr *Whole = named(Made, Body);
    bool Known =
        llvm::any_of(Found, [&](const CopiedTemporary &One) { return One.Temporary == Whole; });
    if (!Known && !isNewObject(Made, Body) && !isInAnother(Made, Body))
      Found.push_back({Whole, &Suspension, Wrong});
  }

  void addDefault(const CXXDefaultArgExpr &Default, const Expr &Suspension) {
    std::optional<What> Wrong;
    anyPart(Default.getExpr(), [&](const Stmt &Part) {
      Wrong = wrongWith(Part);
      return Wrong.has_value();
    });
    if (Wrong)
      Found.push_back({&Default, &Suspension, *Wrong, true});
  }

  const FunctionBody &Body;
  llvm::SmallPtrSet<const Expr *, 8> Seen; ///< full expressions
  std::vector<CopiedTemporary> Found;
};

} // namespace

std::vector<CopiedTemporary> findCopiedTemporaries(const FunctionBody &Body) {
  Search All(Body);
  forEachReached(Body, [&](const Stmt &Part) {
    if (isSuspension(Part) && maySuspend(Part))
      All.suspension(cast<Expr>(Part));
  });
  return All.take();
}

} // namespace corolint
