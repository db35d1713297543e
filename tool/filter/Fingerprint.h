// Fingerprint.h - names a finding across edits of other lines
#ifndef COROLINT_TOOL_FILTER_FINGERPRINT_H
#define COROLINT_TOOL_FILTER_FINGERPRINT_H

#include "tool/base/Finding.h"
#include "tool/base/SourceText.h"

namespace corolint::tool {

/// Sets Fingerprint of each of \p Findings, which are sorted: "v1:" and a hash
/// of check, path, enclosing function, the text of the line without blanks, and
/// the number of earlier findings that agree in all of these. Line numbers and
/// messages do not take part. Call it before any filter, so that the numbers
/// do not depend on what is shown.
void addFingerprints(std::vector<Finding> &Findings, SourceText &Sources);

} // namespace corolint::tool

#endif // COROLINT_TOOL_FILTER_FINGERPRINT_H
