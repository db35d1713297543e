// FixFiles.h - what --fix and --diff do with the findings
#ifndef COROLINT_TOOL_CLI_FIXFILES_H
#define COROLINT_TOOL_CLI_FIXFILES_H

#include "tool/base/Finding.h"
#include "tool/base/SourceText.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace corolint::tool {

/// What was done, and what the user should read about it.
struct FixOutcome {
  unsigned Findings = 0; ///< mended, or that the patch mends
  unsigned Files = 0;
  std::vector<std::string> Notes;
  std::vector<std::string> Errors; ///< files that could not be read or written
};

/// Writes the safe fixes to the files and takes the mended findings out of
/// \p Found. A file is replaced as a whole, so that a failure leaves it as it
/// was.
FixOutcome fixFiles(Results &Found, const SourceText &Sources);

/// Prints the safe fixes as a patch with paths relative to the project root.
FixOutcome printDiff(llvm::raw_ostream &Out, const Results &Found, const SourceText &Sources);

} // namespace corolint::tool

#endif // COROLINT_TOOL_CLI_FIXFILES_H
