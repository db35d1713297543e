// Commands.h - the commands; each returns the exit code
#ifndef COROLINT_TOOL_CLI_COMMANDS_H
#define COROLINT_TOOL_CLI_COMMANDS_H

#include "tool/cli/Options.h"

namespace corolint::tool {

/// Analyses the project and reports. Findings go to standard output, all talk
/// to standard error.
int runCheck(const CheckOptions &Options, ColorMode Color);

/// Prints what is configured for Options.ShowConfig, with the origin of each
/// value, as a configuration.
int showConfiguration(const CheckOptions &Options, ColorMode Color);

/// Prints the checks, one a line or as JSON.
int runList(bool AsJson);

/// Prints the page of the check \p Id.
int runExplain(const std::string &Id, ColorMode Color);

/// The four that ask the linked program; see docs/cli.md.
int runPaths(const Options &Given);
int runWhy(const Options &Given);
int runAnnotate(const Options &Given);
int runGraph(const Options &Given);

} // namespace corolint::tool

#endif // COROLINT_TOOL_CLI_COMMANDS_H
