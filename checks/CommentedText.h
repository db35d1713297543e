// CommentedText.h - a file with its NOLINT comments
#ifndef COROLINT_CHECKS_COMMENTEDTEXT_H
#define COROLINT_CHECKS_COMMENTEDTEXT_H

#include "checks/facts/Facts.h"
#include "checks/model/NoLint.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <utility>
#include <vector>

namespace corolint {

/// Knows of each NOLINT comment where it stands, what it says, and how to take
/// it away. No AST: the text is read again, token by token.
class CommentedText {
public:
  /// \p Name is what edits and places call the file.
  CommentedText(std::string Name, std::string Content);
  CommentedText(const CommentedText &) = delete;
  CommentedText &operator=(const CommentedText &) = delete;

  llvm::ArrayRef<model::NoLint> suppressions() const { return Found; }

  /// True when \p One means to suppress something: it begins a comment, or a line
  /// of its comment, or follows code. Others are data, or words about comments.
  bool isMeant(const model::NoLint &One) const;
  /// True when there is no code on its line.
  bool standsAlone(const model::NoLint &One) const;

  /// True when \p One covers part of a macro's definition: what it suppresses is
  /// reported where the macro is used.
  bool coversMacro(const model::NoLint &One) const;

  /// What follows the colon behind the list, on the same line.
  std::string reason(const model::NoLint &One) const;

  /// The word and its list, as they stand there.
  llvm::StringRef written(const model::NoLint &One) const {
    return llvm::StringRef(Text).slice(One.Offset, One.End);
  }
  facts::Place place(const model::NoLint &One) const;
  /// The first and the last line that \p One covers; 0, 0 when none.
  std::pair<unsigned, unsigned> coveredLines(const model::NoLint &One) const;
  /// The offset of a place; one past the end when there is none.
  unsigned offsetOf(unsigned Line, unsigned Column) const;

  /// Takes the comment away, with its line when nothing else is on it. None when
  /// the comment says more, or goes over several lines.
  std::optional<facts::Edit> remove(const model::NoLint &One) const;
  /// Takes the names at \p Unneeded, positions in items(), out of the list.
  facts::Edit removeNames(const model::NoLint &One, llvm::ArrayRef<std::size_t> Unneeded) const;

private:
  struct Range {
    unsigned First, Last; ///< offsets; the end is exclusive
  };

  void readTokens();
  const Range *commentAround(const model::NoLint &One) const;
  unsigned lineOf(unsigned Offset) const;
  Range withoutGap(Range Comment) const;
  facts::Edit edit(Range Old, std::string New) const;

  std::string Name, Text;
  std::vector<model::NoLint> Found; ///< refer to Text
  std::vector<unsigned> LineStarts;
  std::vector<Range> Comments, Macros; ///< in their order
};

} // namespace corolint

#endif // COROLINT_CHECKS_COMMENTEDTEXT_H
