// Sarif.h - findings for code-scanning services
#ifndef COROLINT_TOOL_REPORT_SARIF_H
#define COROLINT_TOOL_REPORT_SARIF_H

#include "tool/base/Finding.h"
#include "tool/base/SourceText.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace corolint::tool {

/// What a log says of the tool itself.
struct SarifTool {
  std::string Version;
  std::vector<CheckRow> Checks; ///< those that ran: the rules
};

/// Writes \p Found as SARIF 2.1.0. Chains are code flows, fixes are fixes,
/// suppressed findings are results with their suppression, and units that could
/// not be analysed are notifications. Files inside the root are named relative
/// to %SRCROOT%; columns count code points. The same bytes in give the same
/// bytes out.
void writeSarif(llvm::raw_ostream &Out, const Results &Found, SourceText &Sources,
                const SarifTool &Tool);

} // namespace corolint::tool

#endif // COROLINT_TOOL_REPORT_SARIF_H
