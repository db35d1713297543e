// ImplicitCalls.cpp - calls that are written elsewhere or nowhere
#include "checks/extract/CallExtractor.h"

#include "checks/extract/BodyIndex.h"
#include "checks/model/Names.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace corolint {

void CallExtractor::visitDefault(const State &Before, const Stmt *Written, SourceRange Where,
                                 const CFGBlock &Block) {
  if (!Written ||
      isa<LambdaExpr, UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, CXXTypeidExpr, ConstantExpr>(
          Written))
    return;
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Written))
    return visitDefault(Before, Default->getExpr(), Where, Block);
  for (const Stmt *Child : Written->children())
    visitDefault(Before, Child, Where, Block);
  if (std::optional<CallSite> Site = CallSite::of(Written))
    visitCall(Before, *Site, Where, Block);
}

namespace {
/// Looks for uses of a variable other than to call its methods. Who captures it may
/// wait for it.
class EscapeFinder : public RecursiveASTVisitor<EscapeFinder> {
public:
  explicit EscapeFinder(const VarDecl *Variable) : Variable(Variable) {}
  int Uses = 0;
  bool VisitDeclRefExpr(DeclRefExpr *Named) {
    Uses += Named->getDecl() == Variable;
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *Call) {
    const auto *Named =
        dyn_cast<DeclRefExpr>(Call->getImplicitObjectArgument()->IgnoreParenImpCasts());
    Uses -= Named && Named->getDecl() == Variable;
    return true;
  }

  bool TraverseLambdaExpr(LambdaExpr *Lambda) {
    Uses += llvm::any_of(Lambda->captures(), [&](const LambdaCapture &One) {
      return One.capturesVariable() && One.getCapturedVar() == Variable;
    });
    return llvm::all_of(Lambda->capture_inits(), [&](Expr *Init) { return TraverseStmt(Init); });
  }

private:
  const VarDecl *Variable;
};
} // namespace

bool CallExtractor::visitResult(const State &Before, const VarDecl *Variable, const Expr *Made,
                                SourceRange Where, const CFGBlock &Block) {
  std::optional<CallSite> Call = Made ? CallSite::of(strip(Made)) : std::nullopt;
  const model::FunctionRule *Rule = Call ? rule(*Call, Before) : nullptr;
  if (!Rule || !Rule->BlocksWhenDestroyed)
    return false;
  const CXXRecordDecl *Record =
      (Variable ? Variable->getType() : Made->getType())->getAsCXXRecordDecl();
  if (!Record || !Record->getDestructor() || Before.Ready.contains(Variable))
    return true;
  if (!Variable && !Body.isDropped(*Made))
    return true;
  EscapeFinder Finder(Variable);
  if (Variable)
    Finder.TraverseStmt(Body.function().getBody());
  if (Finder.Uses != 0)
    return true; // moved, perhaps
  facts::Call Out = start(Before, Where, Block);
  Out.How = facts::Dispatch::Destructor;
  Out.CalleeName = qualifiedName(*Record->getDestructor());
  Out.Primitive.emplace();
  Out.Primitive->What = facts::Effect::Waits;
  Out.Primitive->Sure = Variable ? facts::Confidence::Medium : facts::Confidence::High;
  Out.Primitive->Name = Out.CalleeName;
  Out.Primitive->Help = "start the work on an executor and await it";
  Calls.push_back(std::move(Out));
  return true;
}

/// True for an argument that is passed by value: the callee may have moved from
/// it, as a coroutine always does.
static bool isPassedOn(const CXXBindTemporaryExpr &Made, const FunctionBody &Body) {
  const Expr *Whole = &Made;
  const Stmt *Around = Body.parent(Whole);
  while (const auto *Written = dyn_cast_or_null<CXXFunctionalCastExpr>(Around)) {
    Whole = Written; // `Type(value)`
    Around = Body.parent(Whole);
  }
  if (const auto *Kept = dyn_cast_or_null<MaterializeTemporaryExpr>(Around);
      Kept && Kept->isXValue()) // bound to what may move from it
    Around = Body.parent(Kept);
  std::optional<CallSite> Site = Around ? CallSite::of(Around) : std::nullopt;
  return isa_and_nonnull<CoreturnStmt>(Around) ||
         (Site && llvm::any_of(Site->Arguments, [&](const Expr *Argument) {
            return Argument->IgnoreImplicit() == Whole->IgnoreImplicit();
          }));
}

/// True for what becomes a member or a base of the object that \p Body constructs:
/// Clang's graph destroys it at the end of its initialiser, like a temporary.
static bool becomesPart(const CXXBindTemporaryExpr &Made, const FunctionBody &Body) {
  const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Body.function());
  const Stmt *Whole = &Made;
  for (const Stmt *Around = Constructor ? Body.parent(Whole) : nullptr; Around;
       Around = Body.parent(Whole)) {
    if (!isa<ExprWithCleanups, ParenExpr, InitListExpr, ConditionalOperator>(Around))
      return false;
    Whole = Around;
  }
  return Constructor && llvm::any_of(Constructor->inits(),
                                     [&](const auto *One) { return One->getInit() == Whole; });
}

/// True for a pool that is named only where its work is awaited.
static bool isOnlyAwaited(const VarDecl &Local, const FunctionBody &Body) {
  BodyIndex Written(Body.function());
  const BodyIndex::Uses &Uses = Written.uses(Local);
  return !Uses.empty() && llvm::all_of(Uses, [&](const Expr *Use) {
    const Stmt *Around = Use;
    while (isa_and_nonnull<Expr>(Around) && !isa<CoawaitExpr>(Around))
      Around = Written.parent(Around);
    return isa_and_nonnull<CoawaitExpr>(Around);
  });
}

void CallExtractor::forgive(std::size_t First, const CFGElement &Element) {
  auto MayWait = [](const facts::Call &One) {
    return One.Primitive && One.Primitive->Sure < facts::Confidence::High;
  };
  auto Drop = [&] {
    Calls.erase(std::remove_if(Calls.begin() + First, Calls.end(), MayWait), Calls.end());
  };
  if (auto Local = Element.getAs<CFGAutomaticObjDtor>()) {
    if (std::any_of(Calls.begin() + First, Calls.end(), MayWait) &&
        isOnlyAwaited(*Local->getVarDecl(), Body))
      Drop();
    return;
  }
  auto Temporary = Element.getAs<CFGTemporaryDtor>();
  if (Temporary && becomesPart(*Temporary->getBindTemporaryExpr(), Body))
    return Calls.resize(First);
  if (!Temporary || !isPassedOn(*Temporary->getBindTemporaryExpr(), Body))
    return;
  Drop(); // it has gone to whoever got it
  for (facts::Call &One : llvm::MutableArrayRef(Calls).drop_front(First))
    doubt(One);
}

void CallExtractor::visitDestruction(const State &Before, QualType Type, SourceRange Where,
                                     const CFGBlock &Block, unsigned Depth) {
  Type = Body.context().getBaseElementType(Type.getNonReferenceType());
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition() || Depth == 0)
    return;
  Record = Record->getDefinition();
  const CXXDestructorDecl *Destructor = Record->getDestructor();
  if (!Destructor || Destructor->isTrivial())
    return;
  CallSite Site;
  Site.Callee = Destructor;
  const model::FunctionRule *Rule = rule(Site, Before);
  if (Rule || (Destructor->isUserProvided() && !Text.isSystem(Record->getLocation()))) {
    facts::Call Out = start(Before, Where, Block);
    Out.How = facts::Dispatch::Destructor;
    Out.CalleeName = displayName(*Destructor);
    if (!Rule || applyRule(Out, Site, *Rule, Before))
      Out.Callee = programId(*Destructor, Body.context().getSourceManager());
    if (Out.Primitive && Text.isSuppressed(Where.getBegin(), "coro-blocking-destructor"))
      Out.Suppressed |= 1u << unsigned(Out.Primitive->What);
    if (Out.Primitive || !Out.Callee.empty())
      Calls.push_back(std::move(Out));
    return;
  }
  // An implicit destructor is what its parts' destructors are, and a container's
  // is what its elements' are.
  if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Record)) {
    const model::TypeRule *Known = Models.type(*Record);
    std::size_t First = Calls.size();
    if (Known && Known->Container)
      for (const TemplateArgument &Written : Special->getTemplateArgs().asArray())
        for (const TemplateArgument &Argument : Written.getKind() == TemplateArgument::Pack
                                                    ? Written.getPackAsArray()
                                                    : llvm::ArrayRef(Written))
          if (Argument.getKind() == TemplateArgument::Type)
            visitDestruction(Before, Argument.getAsType(), Where, Block, Depth - 1);
    // Which owner is the last is not known.
    if (model::isShared(*Record))
      for (facts::Call &One : llvm::MutableArrayRef(Calls).drop_front(First))
        doubt(One);
  }
  if (Text.isSystem(Record->getLocation()))
    return;
  for (const FieldDecl *Field : Record->fields())
    if (!Field->getType()->isReferenceType())
      visitDestruction(Before, Field->getType(), Where, Block, Depth - 1);
  for (const CXXBaseSpecifier &Base : Record->bases())
    visitDestruction(Before, Base.getType(), Where, Block, Depth - 1);
}

} // namespace corolint
