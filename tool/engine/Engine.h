// Engine.h - compiles every unit, links once, returns findings
//
// The only door from tool/ to checks/: the rest of the tool sees plain data.

#ifndef COROLINT_TOOL_ENGINE_ENGINE_H
#define COROLINT_TOOL_ENGINE_ENGINE_H

#include "checks/config/Configuration.h"
#include "tool/base/Finding.h"
#include "tool/project/CompileCommands.h"

#include "llvm/Support/Error.h"

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace corolint::tool {

struct EngineOptions {
  std::string Root; ///< absolute: findings are named relative to it
  unsigned Jobs = 1;
  std::chrono::milliseconds Timeout{120000}; ///< per unit; 0: none
  /// Analyse in this process, one unit after the other: for a debugger. A crash
  /// ends the run.
  bool InProcess = false;
  /// Nothing of the program is left out: what no unit needs, nobody needs.
  bool WholeProgram = false;
  /// The start of the command that repeats a unit; the file is appended.
  std::string Repeat = "corolint check";
  /// Keep what writeSummary() needs.
  bool Summarize = false;
  /// link(): leave out what the units showed when they were compiled.
  bool AcrossFiles = false;
};

/// Told when a unit is done.
struct Progress {
  std::size_t Done = 0;
  std::size_t Total = 0;
  std::string File; ///< relative to the root
  std::size_t Findings = 0;
};

struct EngineOutput {
  Results Found;
  /// Ids of the checks that ran on some unit.
  std::set<std::string> Checks;
  /// In the configurations of headers with findings; those of units are for the
  /// caller to ask before.
  std::vector<config::Mistake> Mistakes;
  bool Interrupted = false;
};

class Questions;

class Engine {
public:
  /// \p Asked is on top of each file's configuration.
  explicit Engine(config::Request Asked);
  ~Engine();

  /// Every check, in the order of Checks.def.
  static std::vector<CheckRow> checks();

  /// Why nothing can be analysed on this machine; empty when all is well.
  static std::string missingInstallation();

  /// What is configured for \p File. Never null.
  std::shared_ptr<const config::Configuration> configuration(const std::string &File) const;

  /// True when a model gives a meaning to annotations in the code that \p File
  /// belongs to, which may be C.
  bool readsC(const std::string &File) const;

  /// Analyses \p Units, each with its configuration, and links them. The same
  /// bytes in give the same output out, however many jobs there are. Findings
  /// are those of checks that are on for the file in which they stand, merged
  /// and sorted; they are not filtered otherwise and have no fingerprint yet.
  EngineOutput run(const std::vector<CompileCommand> &Units, const EngineOptions &Options,
                   const std::function<void(const Progress &)> &Tell);

  /// Links units that were compiled with the compiler plugin, from their files of
  /// facts. A file that cannot be used is among the failures.
  EngineOutput link(const std::vector<std::string> &FactsFiles, const EngineOptions &Options);

  /// Writes the linked summary of the last run to \p File, as a whole or not at
  /// all.
  llvm::Error writeSummary(const std::string &File, const std::string &Root);

  /// Questions about the program that run() has linked; it must outlive them.
  Questions questions() const;

private:
  struct State;
  std::unique_ptr<State> Kept;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_ENGINE_ENGINE_H
