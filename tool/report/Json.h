// Json.h - findings for programs
#ifndef COROLINT_TOOL_REPORT_JSON_H
#define COROLINT_TOOL_REPORT_JSON_H

#include "tool/base/Finding.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace corolint::tool {

/// The version of the schema; a new number when a member changes its meaning or
/// goes. New members may come without one.
inline constexpr int JsonVersion = 1;

/// Writes \p Found as test/tool/findings.schema.json describes it. Two runs
/// over the same bytes write the same bytes: there are no times in it.
void writeJson(llvm::raw_ostream &Out, const Results &Found);

} // namespace corolint::tool

#endif // COROLINT_TOOL_REPORT_JSON_H
