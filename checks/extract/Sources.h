// Sources.h - places, texts and NOLINT comments of the files read
#ifndef COROLINT_CHECKS_EXTRACT_SOURCES_H
#define COROLINT_CHECKS_EXTRACT_SOURCES_H

#include "checks/facts/Facts.h"
#include "checks/model/NoLint.h"

#include "clang/Basic/SourceLocation.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace clang {
class ASTContext;
}

namespace corolint {

/// Turns Clang's locations into ours. One object per AST.
class Sources {
public:
  Sources(const clang::ASTContext &Context, std::string Root);

  /// The file location that stands for \p Location: where a macro is expanded,
  /// or the text of a macro's argument.
  clang::SourceLocation fileLocation(clang::SourceLocation Location) const;

  /// True when it lies in a system header, or in nothing.
  bool isSystem(clang::SourceLocation Location) const;

  facts::Location location(clang::SourceRange Range);
  facts::Place place(clang::SourceRange Range);

  /// File names by Location::File.
  const std::vector<std::string> &files() const { return Files; }

  /// The text of \p Range, or "" when a macro is involved.
  llvm::StringRef text(clang::SourceRange Range) const;

  /// Replaces \p Range by \p Text; none when a macro is involved.
  std::optional<facts::Edit> replace(clang::SourceRange Range, std::string Text);
  /// Inserts \p Text before \p Location; none inside a macro.
  std::optional<facts::Edit> insert(clang::SourceLocation Location, std::string Text);

  /// True when a NOLINT comment covers check \p Id at \p Location, or, inside
  /// a macro, where its text is written.
  bool isSuppressed(clang::SourceLocation Location, llvm::StringRef Id);

  /// The NOLINT comments of a file.
  llvm::ArrayRef<model::NoLint> comments(clang::FileID Id);

private:
  std::uint32_t file(clang::FileID Id);

  const clang::SourceManager &Manager;
  const clang::ASTContext &Context;
  std::string Root;
  std::vector<std::string> Files;
  llvm::DenseMap<clang::FileID, std::uint32_t> Known;
  llvm::DenseMap<clang::FileID, std::vector<model::NoLint>> Comments;
};

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_SOURCES_H
