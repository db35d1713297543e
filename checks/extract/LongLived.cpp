// LongLived.cpp - classes whose objects live as long as the program
#include "checks/extract/LongLived.h"

#include "checks/extract/Analysis.h"
#include "checks/extract/BodyIndex.h"
#include "checks/extract/LoopCalls.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace corolint {

namespace {

/// So many classes may hold one another as members.
constexpr unsigned MaxDepth = 3;

/// Finds the objects of one class, and of owners of one.
class ObjectFinder : public RecursiveASTVisitor<ObjectFinder> {
public:
  ObjectFinder(const Analysis &Unit, const CXXRecordDecl &Wanted)
      : Unit(Unit), Wanted(Wanted.getCanonicalDecl()) {}

  bool Long = false, Short = false;
  llvm::SmallVector<const CXXRecordDecl *, 2> Holders; ///< classes with such a member

  void search() {
    for (Decl *One : Unit.context().getTranslationUnitDecl()->decls())
      if (!Unit.sources().isSystem(One->getLocation()))
        TraverseDecl(One);
  }

  bool VisitVarDecl(VarDecl *Variable) {
    if (!holds(Variable->getType()))
      return true;
    Initialisers.insert(Variable->getInit() ? strip(Variable->getInit()) : nullptr);
    if (isa<ParmVarDecl>(Variable))
      return true; // made elsewhere
    const auto *Around = dyn_cast<FunctionDecl>(Variable->getDeclContext());
    bool Stays = Variable->hasGlobalStorage() || (Around && outlivesLoop(*Around));
    Long |= Stays;
    Short |= !Stays;
    return true;
  }
  bool VisitFieldDecl(FieldDecl *Field) {
    const auto *Holder = dyn_cast<CXXRecordDecl>(Field->getParent());
    if (Holder && holds(Field->getType()))
      Holders.push_back(Holder);
    return true;
  }
  bool VisitCXXNewExpr(CXXNewExpr *New) {
    Short |= isWanted(New->getAllocatedType());
    return true;
  }
  /// std::make_shared() and its like.
  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    Short |= Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
             Callee->getName().starts_with("make_") && holds(Call->getType()) &&
             !Initialisers.contains(Call);
    return true;
  }
  bool VisitCXXTemporaryObjectExpr(CXXTemporaryObjectExpr *Made) {
    Short |= isWanted(Made->getType()) && !Initialisers.contains(Made);
    return true;
  }

private:
  bool isWanted(QualType Type) const {
    const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
    return Record && Record->getCanonicalDecl() == Wanted;
  }
  /// True for an object of the class, and for an owner or container of one.
  bool holds(QualType Type) const {
    if (isWanted(Type))
      return true;
    const auto *Special =
        dyn_cast_or_null<ClassTemplateSpecializationDecl>(Type->getAsCXXRecordDecl());
    const model::TypeRule *Rule = Special ? Unit.models().type(*Special) : nullptr;
    return Rule && Rule->Container &&
           llvm::any_of(Special->getTemplateArgs().asArray(), [&](const TemplateArgument &One) {
             return One.getKind() == TemplateArgument::Type && isWanted(One.getAsType());
           });
  }
  /// True for main() and for a function that runs the loop: its variables are
  /// there while the loop runs.
  bool outlivesLoop(const FunctionDecl &Function) const {
    return Function.isMain() || mayRunLoop(BodyIndex(Function), Unit.models());
  }

  const Analysis &Unit;
  const CXXRecordDecl *Wanted;
  llvm::SmallPtrSet<const Expr *, 4> Initialisers; ///< of variables that hold one
};

bool livesLong(const Analysis &Unit, const CXXRecordDecl &Record, unsigned Depth) {
  if (Depth == 0)
    return false;
  ObjectFinder Objects(Unit, Record);
  Objects.search();
  return !Objects.Short && (Objects.Long || !Objects.Holders.empty()) &&
         llvm::all_of(Objects.Holders, [&](const CXXRecordDecl *Holder) {
           return livesLong(Unit, *Holder, Depth - 1);
         });
}

} // namespace

bool livesWithProgram(const Analysis &Unit, const CXXRecordDecl &Record) {
  return livesLong(Unit, Record, MaxDepth);
}

} // namespace corolint
