// GroupHandlers.cpp - handlers that miss what a task group throws
#include "checks/extract/GroupHandlers.h"

#include "checks/extract/CaughtTypes.h"
#include "checks/extract/WrittenParts.h"
#include "checks/model/Names.h"
#include "checks/model/Predicates.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

using Rule = model::FunctionRule;

namespace {

class GroupHandlerFinder {
public:
  GroupHandlerFinder(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors)
      : Body(Body), Models(Models), Colors(Colors) {}

  std::vector<GroupHandler> find() {
    forEachReached(Body, [&](const Stmt &Part) {
      const auto *Await = dyn_cast<CoawaitExpr>(&Part);
      if (const Rule *Group = Await ? groupRule(Await->getOperand(), 0) : nullptr)
        look(*Await, *Group);
    });
    return std::move(Found);
  }

private:
  /// The rule by which awaiting \p Value throws a group, or null.
  const Rule *groupRule(const Expr *Value, unsigned Depth) const;
  void look(const CoawaitExpr &Await, const Rule &Group);
  bool isBare(const CXXRecordDecl &Error, const Rule &Group) const;
  /// True when something other than groups is awaited or thrown in \p Block.
  bool hasOtherSource(const Stmt &Block) const;
  bool mayThrow(const Stmt &Part) const;

  const FunctionBody &Body;
  const model::Model &Models;
  const Coroutines &Colors;
  std::vector<GroupHandler> Found;
};

} // namespace

const Rule *GroupHandlerFinder::groupRule(const Expr *Value, unsigned Depth) const {
  const Expr *Inner = strip(Value);
  if (!Inner || Depth > 4)
    return nullptr;
  if (const auto *Local = dyn_cast_or_null<VarDecl>(namedValue(Inner)))
    return Local->isLocalVarDecl() && Local->getInit() ? groupRule(Local->getInit(), Depth + 1)
                                                       : nullptr;
  std::optional<CallSite> Site = CallSite::of(Inner);
  if (!Site)
    return nullptr;
  model::Decider Decide(*Site, Models, Body.context());
  for (const Rule *One : Models.rules(*Site)) {
    if (!Decide.applies(*One))
      continue;
    if (!One->ThrowsGroup.empty())
      return One;
    // A time limit around the group passes on what the group throws.
    for (const model::ConsumeRule &Taken : One->Consumes)
      if (Taken.How == model::ConsumeRule::Mode::Gather)
        if (const Expr *Argument = Decide.argument(Taken.Argument))
          if (const Rule *Group = groupRule(Argument, Depth + 1))
            return Group;
  }
  return nullptr;
}

/// The first bases of \p Record outside the standard library.
static bool sharesBase(const CXXRecordDecl &A, const CXXRecordDecl &B) {
  if (isOrDerivesFrom(A, B) || isOrDerivesFrom(B, A))
    return true;
  return llvm::any_of(B.bases(), [&](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *Parent = Base.getType()->getAsCXXRecordDecl();
    return Parent && !Parent->isInStdNamespace() && Parent->hasDefinition() &&
           sharesBase(A, *Parent);
  });
}

/// True for what a group passes on by itself: cancellation, and what has a root
/// in common with it.
bool GroupHandlerFinder::isBare(const CXXRecordDecl &Error, const Rule &Group) const {
  for (const model::TypeRule *One : Models.cancellations()) {
    if (One->Library != Group.Library)
      continue;
    for (const std::string &Name : One->Names)
      if (const CXXRecordDecl *Known = classNamed(Body.context(), Name))
        if (sharesBase(Error, *Known))
          return true;
  }
  return false;
}

bool GroupHandlerFinder::mayThrow(const Stmt &Part) const {
  std::optional<CallSite> Site = CallSite::of(&Part);
  if (!Site || isa<CXXConstructExpr>(Part))
    return false;
  const FunctionDecl *Callee = Site->Callee;
  if (!Callee)
    return true;
  const auto *Type = Callee->getType()->getAs<FunctionProtoType>();
  if ((Type && Type->isNothrow()) || Colors.isAwaitable(Site->Call->getType()))
    return false;
  const SourceManager &Sources = Body.context().getSourceManager();
  return Models.rules(*Site).empty() && !isStandard(*Callee) &&
         !Sources.isInSystemHeader(Callee->getLocation());
}

bool GroupHandlerFinder::hasOtherSource(const Stmt &Block) const {
  return anyPart(&Block, [&](const Stmt &Part) {
    const auto *Await = dyn_cast<CoawaitExpr>(&Part);
    return isa<CXXThrowExpr>(Part) || (Await && !groupRule(Await->getOperand(), 0));
  });
}

void GroupHandlerFinder::look(const CoawaitExpr &Await, const Rule &Group) {
  const CXXRecordDecl *Thrown = classNamed(Body.context(), Group.ThrowsGroup);
  llvm::SmallVector<const CXXTryStmt *, 2> Tries = triesAround(Await, Body);
  if (!Thrown || Tries.empty())
    return;
  const CXXTryStmt &Try = *Tries.front();
  for (unsigned I = 0; I < Try.getNumHandlers(); ++I)
    if (takes(*Try.getHandler(I), *Thrown))
      return; // whoever catches the base has thought of the group
  if (hasOtherSource(*Try.getTryBlock()))
    return;
  bool Certain = !anyPart(Try.getTryBlock(), [&](const Stmt &Part) { return mayThrow(Part); });
  for (unsigned I = 0; I < Try.getNumHandlers(); ++I) {
    const CXXCatchStmt *Handler = Try.getHandler(I);
    const CXXRecordDecl *Error = caughtClass(*Handler);
    bool Known =
        llvm::any_of(Found, [&](const GroupHandler &One) { return One.Handler == Handler; });
    if (Error && Error->hasDefinition() && !Known && !isOrDerivesFrom(*Error, *Thrown) &&
        !isBare(*Error, Group))
      Found.push_back({Handler, Error, &Await, Group.ThrowsGroup, Certain});
  }
}

std::vector<GroupHandler> findGroupHandlers(const FunctionBody &Body, const model::Model &Models,
                                            const Coroutines &Colors) {
  if (Body.cfg().try_blocks_begin() == Body.cfg().try_blocks_end())
    return {};
  return GroupHandlerFinder(Body, Models, Colors).find();
}

} // namespace corolint
