// Git.h - asks git what has changed
#ifndef COROLINT_TOOL_PROJECT_GIT_H
#define COROLINT_TOOL_PROJECT_GIT_H

#include "tool/base/ChangedLines.h"

#include "llvm/Support/Error.h"

namespace corolint::tool {

/// What the files of the work tree around \p Folder have that the commit where
/// they left \p Reference has not; files that git does not know yet are new as
/// a whole. Fails, with the mend, outside a repository, for a reference that is
/// unknown, and where the history is not deep enough.
llvm::Expected<ChangedLines> changesSince(llvm::StringRef Folder, llvm::StringRef Reference);

/// What the next commit would change.
llvm::Expected<ChangedLines> stagedChanges(llvm::StringRef Folder);

} // namespace corolint::tool

#endif // COROLINT_TOOL_PROJECT_GIT_H
