// UncleanLoops.cpp - loops that are closed with work left in them
#include "checks/extract/UncleanLoops.h"

#include "checks/extract/LoopCalls.h"
#include "checks/extract/WrittenParts.h"
#include "checks/model/Coroutine.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

using Part = UncleanLoop::Part;

static std::optional<Part> partDone(const CallSite &Site, const model::Model &Models) {
  for (const model::FunctionRule *Rule : Models.rules(Site)) {
    if (Rule->CleansUp)
      return Rule->CleansUp;
    if (Rule->Cancels)
      return Part::Tasks; // whoever cancels them one by one knows them all
  }
  return std::nullopt;
}

/// Adds what \p Code and the functions that it calls do for the end of a loop.
/// False when it calls a coroutine that is defined elsewhere, which may do it.
static bool addParts(const Stmt *Code, const model::Model &Models, std::set<Part> &Done,
                     std::set<const FunctionDecl *> &Seen) {
  bool Known = true;
  anyPart(Code, [&](const Stmt &Piece) {
    std::optional<CallSite> Site = CallSite::of(&Piece);
    if (!Site || !Site->Callee)
      return false;
    if (std::optional<Part> Does = partDone(*Site, Models)) {
      Done.insert(*Does);
      return false;
    }
    if (!Models.rules(*Site).empty() || !Seen.insert(Site->Callee).second)
      return false;
    const FunctionDecl *Defined = nullptr;
    if (Site->Callee->hasBody(Defined)) {
      const CoroutineBodyStmt *Coroutine = coroutineBody(*Defined);
      Known &= addParts(Coroutine ? Coroutine->getBody() : Defined->getBody(), Models, Done, Seen);
    } else {
      const model::TypeRule *Made = Models.type(Site->Call->getType());
      Known &= !Made || !Made->Task;
    }
    return false;
  });
  return Known;
}

/// True when \p Use is an object whose method is called, and nothing else.
static bool isOnlyCalled(const Expr &Use, const FunctionBody &Body) {
  const Stmt *Around = Body.parent(&Use);
  while (isa_and_nonnull<ImplicitCastExpr>(Around))
    Around = Body.parent(Around);
  return isa_and_nonnull<MemberExpr>(Around) &&
         isa_and_nonnull<CXXMemberCallExpr>(Body.parent(Around));
}

static bool isInLoop(const Stmt &Piece, const FunctionBody &Body) {
  const Stmt *Around = Body.parent(&Piece);
  while (Around && !isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(Around))
    Around = Body.parent(Around);
  return Around;
}

namespace {
/// What the function does with one loop.
struct Uses {
  const Expr *Run = nullptr, *Close = nullptr;
  unsigned Runs = 0;
  bool Elsewhere = false; ///< others have it, or drive it step by step
};
} // namespace

static Uses usesOf(const VarDecl &Loop, const FunctionBody &Body, const model::Model &Models) {
  Uses Out;
  forEachReached(Body, [&](const Stmt &Piece) {
    if (const auto *Named = dyn_cast<DeclRefExpr>(&Piece))
      Out.Elsewhere |= Named->getDecl() == &Loop && !isOnlyCalled(*Named, Body);
    if (const auto *Closure = dyn_cast<LambdaExpr>(&Piece))
      Out.Elsewhere |= llvm::any_of(Closure->captures(), [&](const LambdaCapture &One) {
        return One.capturesVariable() && One.getCapturedVar() == &Loop;
      });
    std::optional<CallSite> Site = CallSite::of(&Piece);
    if (!Site || !Site->Object || namedValue(Site->Object) != &Loop)
      return;
    if (mayRunLoop(*Site, Models)) {
      Out.Run = Out.Run ? Out.Run : Site->Call;
      ++Out.Runs;
      // Run step by step, it is a guest in another loop.
      Out.Elsewhere |= isInLoop(Piece, Body);
    } else if (partDone(*Site, Models) == Part::Close) {
      Out.Close = Site->Call;
    }
  });
  return Out;
}

std::vector<UncleanLoop> findUncleanLoops(const FunctionBody &Body, const model::Model &Models) {
  std::vector<UncleanLoop> Out;
  forEachReached(Body, [&](const Stmt &Piece) {
    const auto *Declared = dyn_cast<DeclStmt>(&Piece);
    const auto *Loop = Declared && Declared->isSingleDecl()
                           ? dyn_cast<VarDecl>(Declared->getSingleDecl())
                           : nullptr;
    if (!Loop || !Loop->isLocalVarDecl() || Loop->getType()->isReferenceType())
      return;
    const model::TypeRule *Rule = Models.type(Loop->getType());
    if (!Rule || !Rule->EventLoop)
      return;
    Uses Found = usesOf(*Loop, Body, Models);
    if (!Found.Run || !Found.Close || Found.Elsewhere)
      return;
    std::set<Part> Done;
    std::set<const FunctionDecl *> Seen;
    // A second run of what is defined elsewhere may be the clean-up.
    if (!addParts(Body.function().getBody(), Models, Done, Seen) && Found.Runs > 1)
      return;
    UncleanLoop One{Loop, Found.Run, Found.Close, {}};
    for (Part Needed : {Part::Tasks, Part::Generators, Part::Executor})
      if (!Done.count(Needed))
        One.Missing.insert(Needed);
    if (!One.Missing.empty())
      Out.push_back(One);
  });
  return Out;
}

} // namespace corolint
