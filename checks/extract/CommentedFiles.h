// CommentedFiles.h - the files of a unit that hold NOLINT comments
#ifndef COROLINT_CHECKS_EXTRACT_COMMENTEDFILES_H
#define COROLINT_CHECKS_EXTRACT_COMMENTEDFILES_H

#include "checks/facts/Facts.h"

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace corolint {

class Sources;

/// The files outside system headers in which a NOLINT comment names a check of
/// ours, by name. \p LeftOut is what the preprocessor has skipped.
///
/// Cost: a search for the word in the text of each file; more only where it is.
std::vector<facts::CommentedFile> listCommentedFiles(clang::ASTContext &Context, Sources &Text,
                                                     llvm::ArrayRef<clang::SourceRange> LeftOut);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_COMMENTEDFILES_H
