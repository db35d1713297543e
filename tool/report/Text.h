// Text.h - findings for people
#ifndef COROLINT_TOOL_REPORT_TEXT_H
#define COROLINT_TOOL_REPORT_TEXT_H

#include "tool/base/Finding.h"
#include "tool/base/SourceText.h"
#include "tool/base/Terminal.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace corolint::tool {

/// How text is shown: on what, and how files are called there.
struct TextStyle {
  Terminal Screen;
  std::string Directory; ///< absolute: files are named as seen from here
  bool ShowSuppressed = false;
};

/// Writes the findings with their frames, chains and help.
void writeText(llvm::raw_ostream &Out, const Results &Found, SourceText &Sources,
               const TextStyle &Style);

/// Writes what could not be analysed, one entry per unit; units with the same
/// first error share one.
void writeFailures(llvm::raw_ostream &Out, const Results &Found, const SourceText &Sources,
                   const TextStyle &Style);

/// "2 warnings in 1 file (38 files, 1.4 s)".
std::string summaryLine(const Results &Found);

} // namespace corolint::tool

#endif // COROLINT_TOOL_REPORT_TEXT_H
