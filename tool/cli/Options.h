// Options.h - the command line as plain values
#ifndef COROLINT_TOOL_CLI_OPTIONS_H
#define COROLINT_TOOL_CLI_OPTIONS_H

#include "tool/base/Terminal.h"
#include "tool/filter/CheckSelection.h"

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
  enum class Format : std::uint8_t { Text, Json };
  Format As = Format::Text;
  std::string File; ///< empty: standard output
};

struct CheckOptions {
  std::string Build; ///< -p; empty: look for it
  std::string Root;  ///< empty: found
  std::vector<std::string> Paths;
  bool HasFlags = false; ///< "--" was given
  std::vector<std::string> Flags;

  std::vector<SelectionRule> Rules;
  bool Strict = false;
  std::vector<std::string> Models;

  std::vector<OutputTarget> Outputs; ///< at least one
  bool Quiet = false;
  bool Verbose = false;
  bool ReportUnmodelled = false;
  bool Fix = false;
  bool Diff = false;

  unsigned Jobs = 0;      ///< 0: all processors
  unsigned Timeout = 120; ///< seconds; 0: none
  bool InProcess = false;

  /// Which findings make the exit code 1.
  enum class Fail : std::uint8_t {
    Warning,
    High,
    Never
  } FailOn = Fail::Warning;
  bool AllowIncomplete = false;
};

struct Options {
  enum class Command : std::uint8_t {
    Check,
    List,
    Explain,
    Done
  } Run = Command::Check;
  int Code = ExitClean; ///< Done: help was printed, or the usage is wrong
  ColorMode Color = ColorMode::Auto;
  CheckOptions Check;
  bool ListAsJson = false;
  std::string ExplainId;
};

/// Reads the command line. Prints help, the version and usage errors itself;
/// the result then says Done.
Options parseOptions(int Count, char **Words);

} // namespace corolint::tool

#endif // COROLINT_TOOL_CLI_OPTIONS_H
