// GitHub.h - findings as annotations of GitHub Actions
#ifndef COROLINT_TOOL_REPORT_GITHUB_H
#define COROLINT_TOOL_REPORT_GITHUB_H

#include "tool/base/Finding.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace corolint::tool {

/// Writes a workflow command for each finding and each unit that could not be
/// analysed. The surest come first, since GitHub shows ten of a level in a step,
/// and the last line tells how many there are.
void writeGitHub(llvm::raw_ostream &Out, const Results &Found);

} // namespace corolint::tool

#endif // COROLINT_TOOL_REPORT_GITHUB_H
