// Linker.h - from the facts of units to findings
#ifndef COROLINT_TOOL_ENGINE_LINKER_H
#define COROLINT_TOOL_ENGINE_LINKER_H

#include "checks/Suppressions.h"
#include "checks/color/Graph.h"
#include "checks/color/Summarizer.h"
#include "tool/engine/Engine.h"

#include <map>
#include <set>

namespace corolint::tool {

/// Takes the units one after the other, in the same order in every run.
class Linker {
public:
  /// \p Of knows what is configured.
  Linker(const Engine &Of, const EngineOptions &Options)
      : Of(Of), Options(Options), Comments(Options.Root) {}

  /// \p Checks are the ids of those that ran on it, as far as that is known.
  void add(facts::Unit Unit, const std::set<std::string> &Checks);

  /// Fills in what the program decides: findings and totals.
  void finish(EngineOutput &Output);

  /// After finish().
  color::Graph takeProgram() { return std::move(Program); }
  color::Summarizer takeSummary() { return std::move(Whole); }

private:
  /// What makes two findings one: check, place, message.
  using Key = std::tuple<std::string, facts::Place, std::string>;
  static Key keyOf(const facts::Finding &One) { return {One.Check, One.Where, One.Message}; }
  const config::Configuration &configured(const std::string &File);
  void noteShown(const facts::Unit &Unit);
  void dropShown();

  const Engine &Of;
  const EngineOptions &Options;
  color::Graph Program;
  color::Summarizer Whole;
  Suppressions Comments;
  std::vector<facts::Finding> All;
  unsigned Coroutines = 0;
  std::set<Key> Shown; ///< when the units were compiled
  std::map<std::string, std::shared_ptr<const config::Configuration>> Configs;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_ENGINE_LINKER_H
