// Options.h - the command line as plain values
#ifndef COROLINT_TOOL_CLI_OPTIONS_H
#define COROLINT_TOOL_CLI_OPTIONS_H

#include "checks/config/Configuration.h"
#include "tool/base/Terminal.h"

#include <cstdint>
#include <string>
#include <vector>

namespace corolint::tool {

/// What the process returns.
enum ExitCode : int {
  ExitClean = 0,
  ExitFindings = 1,
  ExitUsage = 2,
  ExitIncomplete = 3, ///< wins over ExitFindings
  ExitInterrupted = 130,
};

/// One --output.
struct OutputTarget {
  enum class Format : std::uint8_t { Text, Json, Sarif, GitHub, GitLab };
  Format As = Format::Text;
  std::string File; ///< empty: standard output
};

/// Which lines count.
struct ChangeOptions {
  std::string Since; ///< a commit
  bool Staged = false;
  std::string DiffFile; ///< "-": standard input

  bool any() const { return !Since.empty() || Staged || !DiffFile.empty(); }
};

/// Which project is analysed, and how.
struct ProjectOptions {
  std::string Build; ///< -p; empty: look for it
  std::string Root;  ///< empty: found
  std::vector<std::string> Paths;
  ChangeOptions Changes;
  bool HasFlags = false; ///< "--" was given
  std::vector<std::string> Flags;
  config::Request Asked; ///< wins over configuration files
  bool Quiet = false;
  bool Verbose = false;
  unsigned Jobs = 0;      ///< 0: all processors
  unsigned Timeout = 120; ///< seconds; 0: none
  bool InProcess = false;
  /// link: the units are compiled already, and these are their files of facts.
  bool Links = false;
  std::vector<std::string> Facts;
  bool WholeProgram = false; ///< link: these are all of the program
};

struct CheckOptions : ProjectOptions {
  std::vector<OutputTarget> Outputs; ///< at least one
  bool ReportUnmodelled = false;
  std::string Summary;      ///< where to write the linked summary; may be empty
  bool AllFindings = false; ///< link: also what the units have shown
  bool ShowSuppressed = false;
  bool Fix = false;
  bool Diff = false;
  bool AllowIncomplete = false;
  std::string ShowConfig; ///< print what is configured for this file
};

/// What paths, why, annotate and graph are asked.
struct QuestionOptions {
  std::string From, To;    ///< paths: selectors
  std::string Function;    ///< why: a selector
  unsigned Limit = 20;     ///< answers that are printed; 0: all
  bool AsSvg = false;      ///< graph: else Graphviz
  bool Everything = false; ///< graph: not only what leads to a primitive
  std::string File;        ///< graph: empty: standard output
};

struct Options {
  enum class Command : std::uint8_t {
    Check,
    List,
    Explain,
    Paths,
    Why,
    Annotate,
    Graph,
    Done
  } Run = Command::Check;
  int Code = ExitClean; ///< Done: help was printed, or the usage is wrong
  ColorMode Color = ColorMode::Auto;
  CheckOptions Check;
  bool ListAsJson = false;
  std::string ExplainId;
  QuestionOptions Question; ///< Check holds the project
};

/// Reads the command line. Prints help, the version and usage errors itself;
/// the result then says Done.
Options parseOptions(int Count, char **Words);

} // namespace corolint::tool

#endif // COROLINT_TOOL_CLI_OPTIONS_H
