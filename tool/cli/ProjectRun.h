// ProjectRun.h - what every command that analyses a project does
#ifndef COROLINT_TOOL_CLI_PROJECTRUN_H
#define COROLINT_TOOL_CLI_PROJECTRUN_H

#include "tool/base/ChangedLines.h"
#include "tool/base/Terminal.h"
#include "tool/cli/Options.h"
#include "tool/engine/Engine.h"
#include "tool/project/UnitSelection.h"

#include "llvm/ADT/Twine.h"

#include <optional>

namespace corolint::tool {

/// One analysis of the project that the command line names. prepare() first.
class ProjectRun {
public:
  ProjectRun(ProjectOptions Given, ColorMode Color);

  /// Everything that can be wrong with the command line and the project; false
  /// after it has printed what.
  bool prepare();

  /// Analyses the chosen units; those that cannot be are among the failures.
  EngineOutput analyse();

  /// Prints an error; returns false.
  bool fail(const llvm::Twine &Message) const;
  /// Prints mistakes in configurations and models; returns true if there are none.
  bool accept(llvm::ArrayRef<config::Mistake> Mistakes) const;
  void warn(const llvm::Twine &Message) const;
  /// Prints when --verbose asks for it.
  void say(const llvm::Twine &Message) const;

  const Engine &engine() const { return TheEngine; }
  Engine &engine() { return TheEngine; }
  const std::string &root() const { return Run.Root; }
  const Terminal &out() const { return Out; }
  const Terminal &err() const { return Err; }

protected:
  Terminal Out, Err;
  EngineOptions Run;
  UnitSelection Selection;
  std::optional<ChangedLines> Changed; ///< when only what was changed counts

private:
  bool readLists();
  bool readChanges();
  std::vector<std::string> changedUnits(const std::vector<CompileCommand> &Commands);
  bool readConfigurations(llvm::ArrayRef<std::string> Files);
  bool chooseUnits();
  bool loadDatabase(std::vector<CompileCommand> &Commands);
  bool chooseRoot();
  bool readFlags();
  std::string repeatCommand() const;

  const ProjectOptions Project;
  Engine TheEngine;
  std::vector<std::string> Facts; ///< link: without lists
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_CLI_PROJECTRUN_H
