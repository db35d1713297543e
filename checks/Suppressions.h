// Suppressions.h - what the NOLINT comments of a program are good for
//
// A comment may be needed by any unit that reads it, and by a chain of calls
// through other units. Doors that link the whole program ask; no other can know.

#ifndef COROLINT_CHECKS_SUPPRESSIONS_H
#define COROLINT_CHECKS_SUPPRESSIONS_H

#include "checks/CommentedText.h"
#include "checks/color/Graph.h"
#include "checks/facts/Facts.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace corolint {

/// One NOLINT comment that names checks of ours, or means to.
struct Suppression {
  struct Name {
    enum class Meaning : std::uint8_t {
      Foreign,  ///< another tool's
      Unknown,  ///< looks like ours, but no check is called so
      Needed,   ///< it suppresses something, or nobody can say
      Unneeded, ///< nothing that it names was found there
    };
    std::string Text;
    Meaning Means = Meaning::Foreign;
  };

  facts::Place Where;
  model::NoLint::Kind What = model::NoLint::Kind::Line;
  std::string Written; ///< "NOLINT(coro-blocking-call)"
  std::vector<Name> Names;
  bool HasReason = false;
  bool HasPartner = false;  ///< Begin, End
  bool StandsAlone = false; ///< no code is on its line
  /// Takes the unneeded names away, or the whole comment.
  std::optional<facts::Fix> Removal;

  /// True when it names a check that there is.
  bool namesCheck() const;
  /// The names that mean this.
  std::vector<std::string> names(Name::Meaning Means) const;
};

/// Collects what the units of a run have read and found.
class Suppressions {
public:
  /// \p Root is the project's.
  explicit Suppressions(std::string Root) : Root(std::move(Root)) {}

  /// Notes the commented files of \p Unit, on which \p Checks ran.
  void add(const facts::Unit &Unit, const std::set<std::string> &Checks);
  /// Notes which of \p Found were suppressed, and where.
  void add(const std::vector<facts::Finding> &Found);
  /// Notes where comments end the chains of \p Program. When units are missing
  /// (not \p IsWhole), what they may need counts as needed.
  void add(const color::Graph &Program, bool IsWhole);

  /// The comments in the order of files and lines; after all units, findings and
  /// the program have been added.
  std::vector<Suppression> list() const;

  /// True when a comment names the check of \p Found, one of the family
  /// `suppression`, in full: a pattern would silence what is wrong with itself.
  bool isSuppressed(const facts::Finding &Found) const;

  /// Why \p Found is suppressed, in the words of the comment; may be empty.
  std::string reason(const facts::Finding &Found) const;

private:
  struct Use {
    unsigned Line, Column;
    std::string Check; ///< its id
  };
  struct File {
    std::unique_ptr<CommentedText> Text; ///< null: it cannot be read
    std::vector<facts::Lines> Undecided;
    std::vector<Use> Uses;
    std::set<std::string> Checks; ///< that ran on all units which read it
    bool IsMain = false;          ///< of a unit
  };

  bool anyAt(const facts::Place &Where,
             llvm::function_ref<bool(const CommentedText &, const model::NoLint &)> Do) const;
  void use(const facts::Place &Where, const std::string &Check);
  Suppression describe(const File &In, const model::NoLint &One) const;
  Suppression::Name::Meaning meaning(const File &In, const model::NoLint &One,
                                     const model::NoLint::Item &Item) const;
  bool isDecided(const File &In, const model::NoLint &One) const;

  std::string Root;
  std::map<std::string, File> Files;
  bool SawAll = false;
};

/// The checks that must run so that \p Asked can report: all of them when those of
/// comments are asked for alone.
std::set<std::string> checksToRun(const std::set<std::string> &Asked);

} // namespace corolint

#endif // COROLINT_CHECKS_SUPPRESSIONS_H
