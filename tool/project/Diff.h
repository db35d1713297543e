// Diff.h - reads unified diffs
#ifndef COROLINT_TOOL_PROJECT_DIFF_H
#define COROLINT_TOOL_PROJECT_DIFF_H

#include "tool/base/ChangedLines.h"

#include "llvm/Support/Error.h"

namespace corolint::tool {

/// The lines that \p Text adds, and those beside what it takes away. Its names
/// are relative to \p Folder; a leading "b/" is not part of them. Fails when
/// \p Text is no diff.
llvm::Expected<ChangedLines> parseDiff(llvm::StringRef Text, llvm::StringRef Folder);

} // namespace corolint::tool

#endif // COROLINT_TOOL_PROJECT_DIFF_H
