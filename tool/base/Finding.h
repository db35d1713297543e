// Finding.h - what the tool knows of findings and of the run
//
// Plain data of the tool's own: nothing of checks/, nothing of Clang. Filters
// narrow it and reports print it.

#ifndef COROLINT_TOOL_BASE_FINDING_H
#define COROLINT_TOOL_BASE_FINDING_H

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace corolint::tool {

/// How sure a finding is, and how strict a run must be to include a check.
enum class Level : std::uint8_t { Low, Medium, High };

/// "low", "medium" or "high".
const char *spelling(Level Value);

/// A range in a file; lines and columns (bytes) count from 1, the end is
/// exclusive. Line 0: the file as a whole.
struct Place {
  std::string File; ///< relative to the project root where it lies inside
  unsigned Line = 0;
  unsigned Column = 0;
  unsigned EndLine = 0;
  unsigned EndColumn = 0;

  friend auto operator<=>(const Place &, const Place &) = default;
};

/// One step that led to a finding.
struct Note {
  Place Where;
  std::string Message;

  friend auto operator<=>(const Note &, const Note &) = default;
};

/// Replaces \p Length bytes at \p Offset by \p Text.
struct Edit {
  std::string File;
  unsigned Offset = 0;
  unsigned Length = 0;
  std::string Text;

  friend auto operator<=>(const Edit &, const Edit &) = default;
};

/// A change that mends a finding: all of its edits or none.
struct Fix {
  std::string Title;
  bool Safe = false;
  std::vector<Edit> Edits;

  friend auto operator<=>(const Fix &, const Fix &) = default;
};

struct Finding {
  std::string Check;
  Place Where;
  std::string Message;
  std::string Function;           ///< qualified name of the enclosing function
  std::string Help;               ///< may be empty
  Level Tier = Level::High;       ///< of the check
  Level Confidence = Level::High; ///< of this finding
  bool Suppressed = false;        ///< by a comment in the code
  std::string Justification;      ///< Suppressed: the comment's reason; may be empty
  std::vector<Note> Chain;        ///< in the order in which things happen
  std::vector<Fix> Fixes;
  std::string Fingerprint; ///< survives edits of other lines; see Fingerprint.h

  /// The order of every report: path, line, column, id.
  friend bool operator<(const Finding &A, const Finding &B) {
    auto Key = [](const Finding &F) {
      return std::tie(F.Where.File, F.Where.Line, F.Where.Column, F.Check, F.Message);
    };
    return Key(A) < Key(B);
  }
};

/// A translation unit whose result is incomplete or absent.
struct UnitFailure {
  enum class Kind : std::uint8_t {
    Parse,   ///< errors in the code; findings elsewhere in the unit are kept
    Crash,   ///< the analysis died
    Timeout, ///< the analysis was stopped
    Command, ///< the command could not be used
    Missing, ///< asked for by name, but it cannot be analysed
  };
  Kind Why = Kind::Parse;
  std::string File;
  Place Where;         ///< of the first error; no line when there is none
  std::string Message; ///< the first error
  unsigned MoreErrors = 0;
  std::string Help; ///< how to mend it; may be empty
};

/// "parse-error", "crash", "timeout", "bad-command" or "missing".
const char *spelling(UnitFailure::Kind Value);

/// What a run did, for the last line and for machines.
struct Summary {
  unsigned Units = 0;      ///< translation units that were to be analysed
  unsigned BelowTier = 0;  ///< findings that a stricter run would show
  unsigned Coroutines = 0; ///< coroutine bodies seen
  double Seconds = 0;
};

/// Everything that a report may print.
struct Results {
  std::vector<Finding> Findings;     ///< sorted
  std::vector<Finding> Suppressed;   ///< by comments; sorted
  std::vector<UnitFailure> Failures; ///< in the order of the units
  Summary Totals;
};

/// A check as the command line knows it.
struct CheckRow {
  struct OptionRow {
    std::string Name, Default, Help;
  };
  std::string Id;
  std::string Family;
  Level Tier = Level::High;
  std::string Since;
  std::string Summary;
  std::string Page; ///< its documentation, Markdown; may be empty
  std::vector<OptionRow> Options;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_BASE_FINDING_H
