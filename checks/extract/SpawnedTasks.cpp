// SpawnedTasks.cpp - the calls that give a coroutine to a loop
#include "checks/extract/SpawnedTasks.h"

#include "checks/extract/TaskUses.h"
#include "checks/model/Predicates.h"

using namespace clang;

namespace corolint {

std::optional<SpawnedTask> spawnedBy(const Stmt *Statement, const model::Model &Models,
                                     const ASTContext &Context) {
  using Mode = model::ConsumeRule::Mode;
  std::optional<CallSite> Site = Statement ? CallSite::of(Statement) : std::nullopt;
  const model::FunctionRule *Rule = Site ? ruleFor(*Site, Models, Context) : nullptr;
  if (!Rule)
    return std::nullopt;
  for (const model::ConsumeRule &Use : Rule->Consumes) {
    if ((Use.How != Mode::Spawn && Use.How != Mode::Detach) || Use.Argument.Index < 0 ||
        unsigned(Use.Argument.Index) >= Site->Arguments.size())
      continue;
    SpawnedTask Out;
    Out.Call = Site->Call;
    Out.How = Use;
    Out.Task = Site->Arguments[Use.Argument.Index];
    for (unsigned I = Use.Argument.Index + 1; I < Site->Arguments.size(); ++I)
      Out.Rest.push_back(Site->Arguments[I]);
    return Out;
  }
  return std::nullopt;
}

} // namespace corolint
