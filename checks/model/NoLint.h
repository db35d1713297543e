// NoLint.h - the NOLINT comments of a text
//
// Read as clang-tidy reads them, by their letters alone: a string that holds the
// word is one, too. Offsets count bytes from the start of the text.

#ifndef COROLINT_CHECKS_MODEL_NOLINT_H
#define COROLINT_CHECKS_MODEL_NOLINT_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace corolint::model {

struct NoLint {
  enum class Kind : std::uint8_t { Line, NextLine, Begin, End };

  /// One name of the list, without the blanks around it.
  struct Item {
    llvm::StringRef Text; ///< an id, or a pattern in which '*' stands for any text
    unsigned Offset = 0;

    /// clang-tidy passes over names that begin with '-'.
    bool matches(llvm::StringRef Id) const;
  };

  Kind What = Kind::Line;
  unsigned Offset = 0;                 ///< of the word
  unsigned End = 0;                    ///< of the word, or of its list
  std::optional<llvm::StringRef> List; ///< in parentheses; absent: all checks
  /// Findings that begin here are suppressed; the end is exclusive. Empty for an
  /// End, and for a Begin that no End closes.
  unsigned FirstCovered = 0, LastCovered = 0;
  /// Begin, End: the index of the other one.
  std::optional<std::size_t> Partner;

  std::vector<Item> items() const;
  bool names(llvm::StringRef Id) const;
  bool covers(unsigned At) const { return FirstCovered <= At && At < LastCovered; }
};

/// The NOLINT comments of \p Text, in their order; they refer to it.
std::vector<NoLint> parseNoLints(llvm::StringRef Text);

} // namespace corolint::model

#endif // COROLINT_CHECKS_MODEL_NOLINT_H
