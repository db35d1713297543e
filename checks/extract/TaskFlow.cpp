// TaskFlow.cpp - what becomes of named tasks
#include "checks/extract/TaskFlow.h"

#include "checks/extract/Dataflow.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

TaskFlow::TaskFlow(const FunctionBody &Body, const model::Model &Models, const Coroutines &Colors,
                   const Summaries &Known)
    : Names(Body, Models, Colors, [&](QualType Type) { return Colors.losesWork(Type); }),
      Uses(Body, Models, Names, &Known), Fates(Names.variables().size()) {}

TaskFlow::State TaskFlow::entry() const {
  State Out;
  for (const TaskVariable &One : Names.variables())
    Out.push_back(One.IsParameter ? Work : Nothing);
  return Out;
}

bool TaskFlow::join(State &Into, const State &Other) const {
  bool Changed = false;
  for (unsigned I = 0; I < Into.size(); ++I) {
    std::uint8_t Both = Into[I] | Other[I];
    Changed |= Both != Into[I];
    Into[I] = Both;
  }
  return Changed;
}

/// True for a copy of another task, which shares its work.
static bool isCopy(const Expr *Init) {
  const auto *Construct = Init ? dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit()) : nullptr;
  return Construct && Construct->getConstructor()->isCopyConstructor() &&
         Construct->getArg(0)->isLValue();
}

std::uint8_t TaskFlow::initialState(const State &Now, const TaskVariable &Of,
                                    const Expr *Init) const {
  if (!Of.IsContainer && isCopy(Init))
    return Nothing;
  // Moved from what holds nothing.
  auto From = Init ? index(namedValue(Init)) : std::nullopt;
  if (From && Now[*From] == Nothing)
    return Nothing;
  bool Empty =
      Of.IsContainer ? Names.holders().isEmptyContainer(Init) : Names.holders().isEmptyTask(Init);
  return Empty ? Nothing : Work;
}

void TaskFlow::branch(State &Now, const CFGBlock &From, bool Taken) const {
  const Expr *Test = dyn_cast_or_null<Expr>(From.getTerminatorCondition());
  Test = Test ? strip(Test) : nullptr;
  while (const auto *Not = dyn_cast_or_null<UnaryOperator>(Test)) {
    if (Not->getOpcode() != UO_LNot)
      return;
    Taken = !Taken;
    Test = strip(Not->getSubExpr());
  }
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Test);
  if (auto Done = Uses.askedWhetherDone(Call); Done && Taken)
    Now[*Done] = Gone; // someone has run it
  auto Which = Call ? index(namedValue(Call->getImplicitObjectArgument())) : std::nullopt;
  if (Which && !Taken && !Names.variables()[*Which].IsContainer &&
      isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()))
    Now[*Which] = Nothing; // there is none
}

void TaskFlow::step(State &Now, const CFGElement &Element) const {
  if (auto Statement = Element.getAs<CFGStmt>()) {
    const Stmt *Inner = Statement->getStmt();
    const Expr *Value = nullptr;
    if (const auto *Declared = dyn_cast<DeclStmt>(Inner)) {
      for (const Decl *One : Declared->decls())
        Names.eachDeclared(One, [&](unsigned Which) {
          const auto *Local = dyn_cast<VarDecl>(Names.variables()[Which].Declared);
          Now[Which] = Work; // a binding
          if (Local)
            Now[Which] = initialState(Now, Names.variables()[Which], Local->getInit());
        });
    } else if (const auto *Use = dyn_cast<DeclRefExpr>(Inner)) {
      if (auto Which = index(Use->getDecl()); Which && Uses.of(*Use).takes())
        Now[*Which] = Now[*Which] == Nothing ? Nothing : Gone;
    } else if (auto Which = Uses.assigned(Inner, Value)) {
      Now[*Which] = initialState(Now, Names.variables()[*Which], Value);
    } else if (auto Container = Uses.filled(Inner)) {
      Now[*Container] = Work;
    }
  } else if (auto Death = Element.getAs<CFGAutomaticObjDtor>()) {
    Names.eachDeclared(Death->getVarDecl(), [&](unsigned Which) { Now[Which] = Gone; });
  }
}

void TaskFlow::visit(const State &Before, const CFGElement &Element, const CFGBlock &) {
  if (auto Death = Element.getAs<CFGAutomaticObjDtor>()) {
    Names.eachDeclared(Death->getVarDecl(), [&](unsigned Which) {
      Fates[Which].LostSomewhere |= (Before[Which] & Work) != 0;
    });
    return;
  }
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  if (const auto *Named = dyn_cast<DeclRefExpr>(Statement->getStmt())) {
    if (auto Which = index(Named->getDecl())) {
      TaskUse Use = Uses.of(*Named);
      Fates[*Which].Consumed |= Use.takes();
      if (Use.OnlyIf)
        Fates[*Which].OnlyIf.push_back(std::move(*Use.OnlyIf));
    }
    return;
  }
  const Expr *Value = nullptr;
  auto Which = Uses.assigned(Statement->getStmt(), Value);
  if (!Which || !(Before[*Which] & Work) || Names.variables()[*Which].IsContainer)
    return;
  UnawaitedTask Out = report(*Which, UnawaitedTask::How::Overwritten);
  Out.Certain = Before[*Which] == Work;
  Out.Overwriter = Statement->getStmt()->getSourceRange();
  Overwritten.push_back(Out);
}

void TaskFlow::finish(const State &AtExit) {
  for (unsigned I = 0; I < Fates.size(); ++I)
    Fates[I].LostSomewhere |= (AtExit[I] & Work) != 0;
}

UnawaitedTask TaskFlow::report(unsigned Which, UnawaitedTask::How Lost) const {
  const TaskVariable &One = Names.variables()[Which];
  UnawaitedTask Out;
  Out.Variable = One.Declared;
  Out.Task = One.Task;
  Out.Lost = Lost;
  Out.IsContainer = One.IsContainer;
  Out.IsParameter = One.IsParameter;
  return Out;
}

std::vector<UnawaitedTask> TaskFlow::take() {
  std::vector<UnawaitedTask> Out = std::move(Overwritten);
  for (unsigned I = 0; I < Fates.size(); ++I)
    if (Fates[I].LostSomewhere && !(Names.variables()[I].IsContainer && Fates[I].Consumed))
      Out.push_back(
          report(I, Fates[I].Consumed ? UnawaitedTask::How::SomePath : UnawaitedTask::How::Never));
  for (UnawaitedTask &One : Out)
    if (auto Which = index(One.Variable))
      One.OnlyIf = Fates[*Which].OnlyIf;
  return Out;
}

std::vector<UnawaitedTask> findUnawaitedTasks(const FunctionBody &Body, const model::Model &Models,
                                              const Coroutines &Colors, const Summaries &Known) {
  TaskFlow Tasks(Body, Models, Colors, Known);
  if (!Tasks.isNeeded())
    return {};
  runForward(Body, Tasks);
  return Tasks.take();
}

} // namespace corolint
