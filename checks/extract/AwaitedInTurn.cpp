// AwaitedInTurn.cpp - tasks that run together and are awaited one by one
#include "checks/extract/AwaitedInTurn.h"

#include "checks/extract/SpawnedTasks.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

namespace {
/// One task variable, or container of tasks, and its only await.
struct Candidate {
  const TaskVariable *Of;
  const Stmt *Block;   ///< in which it is declared
  SourceLocation Made; ///< where its task has started
  SourceRange Await;
};
} // namespace

/// True when \p Init starts a task that no group owns.
static bool starts(const Expr *Init, const TaskVariable &Of, const FunctionBody &Body,
                   const model::Model &Models, const Coroutines &Colors) {
  using Mode = model::ConsumeRule::Mode;
  const auto *Call = Init ? dyn_cast<CallExpr>(strip(Init)) : nullptr;
  if (!Call)
    return false;
  if (auto Spawn = spawnedBy(Call, Models, Body.context()))
    return Spawn->How.How == Mode::Spawn && !Spawn->How.Owned;
  std::optional<CallSite> Site = CallSite::of(Call);
  const FunctionDecl *Callee = Site ? Site->Callee : nullptr;
  // An eager coroutine starts when it is called.
  return Callee && Of.Task.From && !ruleFor(*Site, Models, Body.context()) &&
         Of.Task.Rule.WhenDestroyed == model::TaskRule::Destroy::Abandons &&
         Colors.kind(*Callee) != facts::Kind::Function;
}

/// The graph splits `auto a = f(), b = g();` into two statements.
static const Stmt *written(const DeclStmt &Declared, const CFG &Graph) {
  for (const auto &[Made, Written] : Graph.synthetic_stmts())
    if (Made == &Declared)
      return Written;
  return &Declared;
}

/// The block that declares \p Of when all that happens to it is one await
/// outside of any handler.
static std::optional<Candidate> candidate(unsigned Which, const TaskNames &Names,
                                          const TaskUses &Uses, const FunctionBody &Body,
                                          const model::Model &Models, const Coroutines &Colors) {
  const TaskVariable &Of = Names.variables()[Which];
  Candidate Out{&Of, nullptr, Of.Declared->getLocation(), {}};
  const auto *Local = dyn_cast<VarDecl>(Of.Declared);
  if (!Local || Of.IsParameter)
    return std::nullopt;
  bool Started = !Of.IsContainer && starts(Local->getInit(), Of, Body, Models, Colors);
  const Stmt *Await = nullptr;
  for (const CFGBlock *Block : Body.cfg())
    for (const CFGElement &Element : *Block) {
      auto Statement = Element.getAs<CFGStmt>();
      const Stmt *Inner = Statement ? Statement->getStmt() : nullptr;
      if (const auto *Declared = dyn_cast_or_null<DeclStmt>(Inner);
          Declared && llvm::is_contained(Declared->decls(), Local))
        Out.Block = Body.parent(written(*Declared, Body.cfg()));
      const auto *Use = dyn_cast_or_null<DeclRefExpr>(Inner);
      std::optional<unsigned> In = Use ? Names.containerOf(Use->getDecl()) : std::nullopt;
      if (!Use || (Names.index(Use->getDecl()) != Which && In != Which))
        continue;
      TaskUse What = Uses.of(*Use);
      if (What.What == TaskUse::Kind::Await && (In == Which) == Of.IsContainer && !Await) {
        Await = Use;
        Out.Await = Use->getSourceRange();
      } else if (What.What == TaskUse::Kind::Fill && !Started) {
        const auto *Call = cast<CXXMemberCallExpr>(What.By);
        Started = llvm::all_of(Call->arguments(), [&](const Expr *Argument) {
          return starts(Argument, Of, Body, Models, Colors);
        });
        if (!Started)
          return std::nullopt;
      } else if (What.takes() && What.What != TaskUse::Kind::Iterate) {
        return std::nullopt;
      }
    }
  if (!Started || !Await || !Out.Block)
    return std::nullopt;
  for (const Stmt *Up = Await; Up && Up != Out.Block; Up = Body.parent(Up))
    if (isa<CXXTryStmt, CXXCatchStmt, IfStmt, SwitchStmt>(Up))
      return std::nullopt;
  return Out;
}

std::vector<AwaitedInTurn> findAwaitedInTurn(const FunctionBody &Body, const model::Model &Models,
                                             const Coroutines &Colors) {
  std::vector<AwaitedInTurn> Out;
  if (Body.kind() != facts::Kind::Coroutine)
    return Out;
  TaskNames Names(Body, Models, Colors, [&](QualType Type) {
    std::optional<TaskType> Task = Colors.task(Type);
    bool Eager = Task && Task->Rule.Starts == model::TaskRule::Start::Eager;
    return Eager ? Task : std::nullopt;
  });
  TaskUses Uses(Body, Models, Names);
  std::vector<Candidate> All;
  for (unsigned I = 0; I < Names.variables().size(); ++I)
    if (auto One = candidate(I, Names, Uses, Body, Models, Colors))
      All.push_back(*One);
  llvm::sort(All, [](const Candidate &A, const Candidate &B) {
    return A.Await.getBegin() < B.Await.getBegin();
  });
  for (const Candidate &First : All) {
    bool Known = llvm::any_of(Out, [&](const AwaitedInTurn &One) {
      return llvm::any_of(One.Tasks, [&](const AwaitedInTurn::Task &Task) {
        return Task.Variable == First.Of->Declared;
      });
    });
    if (Known)
      continue;
    AwaitedInTurn Group;
    Group.IsContainer = First.Of->IsContainer;
    for (const Candidate &One : All)
      if (One.Block == First.Block && One.Of->IsContainer == First.Of->IsContainer &&
          One.Made < First.Await.getBegin() && !(One.Await.getBegin() < First.Await.getBegin()) &&
          (!Group.IsContainer || &One == &First))
        Group.Tasks.push_back({One.Of->Declared, One.Await});
    if (Group.IsContainer || Group.Tasks.size() >= 2)
      Out.push_back(std::move(Group));
  }
  return Out;
}

} // namespace corolint
