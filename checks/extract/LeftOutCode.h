// LeftOutCode.h - what conditional directives leave out of a unit
#ifndef COROLINT_CHECKS_EXTRACT_LEFTOUTCODE_H
#define COROLINT_CHECKS_EXTRACT_LEFTOUTCODE_H

#include "clang/Lex/PPCallbacks.h"

#include <vector>

namespace corolint {

/// Notes what the preprocessor skips, for listCommentedFiles().
class LeftOutCode : public clang::PPCallbacks {
public:
  /// \p Ranges must outlive the preprocessor's work.
  explicit LeftOutCode(std::vector<clang::SourceRange> &Ranges) : Ranges(Ranges) {}

  void SourceRangeSkipped(clang::SourceRange Range, clang::SourceLocation) override {
    Ranges.push_back(Range);
  }

  /// An old Clang that loads a plugin with this class lacks the one it would inherit,
  /// and could then not be told that it is too old.
  void HasInclude(clang::SourceLocation, llvm::StringRef, bool, clang::OptionalFileEntryRef,
                  clang::SrcMgr::CharacteristicKind) override {}

private:
  std::vector<clang::SourceRange> &Ranges;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_LEFTOUTCODE_H
