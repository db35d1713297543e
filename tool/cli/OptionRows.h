// OptionRows.h - the options that several commands take
#ifndef COROLINT_TOOL_CLI_OPTIONROWS_H
#define COROLINT_TOOL_CLI_OPTIONROWS_H

#include "tool/cli/Options.h"

namespace CLI {
class App;
} // namespace CLI

namespace corolint::tool {

/// Which checks run. Each of these functions adds the rows of options of one kind
/// to a command; a row fills in a member of \p Into.
void addSelection(CLI::App &Command, Options &Into);
/// What is written, and what the exit code says.
void addReports(CLI::App &Command, Options &Into);
/// What every command that reads a project takes.
void addBasics(CLI::App &Command, Options &Into);
/// The same, and how its files are analysed.
void addProject(CLI::App &Command, Options &Into);
void addColor(CLI::App &Command, Options &Into, const char *Group);

} // namespace corolint::tool

#endif // COROLINT_TOOL_CLI_OPTIONROWS_H
