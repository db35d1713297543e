// Program.h - the linked project, to be asked about
#ifndef COROLINT_TOOL_CLI_PROGRAM_H
#define COROLINT_TOOL_CLI_PROGRAM_H

#include "tool/cli/ProjectRun.h"
#include "tool/engine/Questions.h"

#include <optional>

namespace corolint::tool {

/// Analyses the project for questions instead of findings.
class Program : public ProjectRun {
public:
  Program(const ProjectOptions &Given, ColorMode Color) : ProjectRun(withoutChecks(Given), Color) {}

  /// Reads and links the project; false when code() says why not.
  bool link();

  /// After link().
  const Questions &questions() const { return *Asked; }

  /// The exit code: \p Answer, unless the answer lacks part of the program.
  int code(int Answer = ExitClean) const;

private:
  /// Questions are asked of the facts: no check need run.
  static ProjectOptions withoutChecks(ProjectOptions Given);

  std::optional<Questions> Asked;
  int Failed = ExitClean;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_CLI_PROGRAM_H
