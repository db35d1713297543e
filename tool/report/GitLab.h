// GitLab.h - findings as a code-quality report of GitLab
#ifndef COROLINT_TOOL_REPORT_GITLAB_H
#define COROLINT_TOOL_REPORT_GITLAB_H

#include "tool/base/Finding.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace corolint::tool {

/// Writes the array that GitLab reads as the artifact "codequality".
void writeGitLab(llvm::raw_ostream &Out, const Results &Found);

} // namespace corolint::tool

#endif // COROLINT_TOOL_REPORT_GITLAB_H
