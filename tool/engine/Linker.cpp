// Linker.cpp - from the facts of units to findings

#include "tool/engine/Linker.h"

#include "checks/Pipeline.h"
#include "checks/config/Configurations.h"
#include "tool/base/Path.h"
#include "tool/engine/Convert.h"

#include "llvm/ADT/STLExtras.h"

namespace corolint::tool {

/// What the whole program decides may stand in the file of any configuration.
static const std::set<std::string> &everyCheck() {
  static const std::set<std::string> All = [] {
    std::set<std::string> Result;
    for (const RegisteredCheck &Check : allChecks())
      Result.insert(Check.Info.Id);
    return Result;
  }();
  return All;
}

const config::Configuration &Linker::configured(const std::string &File) {
  auto &Config = Configs[File];
  if (!Config)
    Config = Of.configuration(realPath(File, Options.Root));
  return *Config;
}

void Linker::add(facts::Unit Unit, const std::set<std::string> &Checks) {
  Program.add(Unit);
  Comments.add(Unit, Checks);
  if (Options.Summarize)
    Whole.add(Unit);
  if (Options.AcrossFiles)
    noteShown(Unit);
  Coroutines += Unit.Coroutines;
  llvm::append_range(All, std::move(Unit.Findings));
}

void Linker::noteShown(const facts::Unit &Unit) {
  std::vector<facts::Finding> Alone = analyzeInProgram(Unit, nullptr, everyCheck());
  llvm::append_range(Alone, Unit.Findings);
  for (const facts::Finding &One : Alone)
    if (!One.Suppressed && configured(One.Where.File).shows(One))
      Shown.insert(keyOf(One));
}

/// A unit that saw a longer or a less sure chain from the same call has shown
/// the mistake all the same.
void Linker::dropShown() {
  std::set<Key> Linked;
  for (const facts::Finding &One : All)
    Linked.insert(keyOf(One));
  std::set<std::pair<std::string, facts::Place>> Reworded;
  for (const Key &One : Shown)
    if (!Linked.count(One))
      Reworded.insert({std::get<0>(One), std::get<1>(One)});
  llvm::erase_if(All, [&](const facts::Finding &One) {
    return Shown.count(keyOf(One)) || Reworded.count({One.Check, One.Where});
  });
}

void Linker::finish(EngineOutput &Output) {
  llvm::append_range(All, analyzeProgram(Program, everyCheck()));
  Comments.add(All);
  Comments.add(Program, Options.WholeProgram && Output.Found.Failures.empty());
  if (Options.AcrossFiles)
    dropShown();
  llvm::append_range(All, analyzeSuppressions(Comments, everyCheck()));
  llvm::erase_if(All, [&](const facts::Finding &One) {
    const config::Configuration &Config = configured(One.Where.File);
    return Config.Mistakes.empty() && !Config.isOn(One.Check);
  });
  for (const auto &[File, Config] : Configs)
    config::addMistakes(Output.Mistakes, Config->Mistakes);
  Output.Found.Findings = convertAndMerge(All, Comments);
  Output.Found.Totals.Coroutines = Coroutines;
}

} // namespace corolint::tool
