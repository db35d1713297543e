// CodeFrame.h - a line of source with its number and a caret
#ifndef COROLINT_TOOL_REPORT_CODEFRAME_H
#define COROLINT_TOOL_REPORT_CODEFRAME_H

#include "tool/base/Finding.h"
#include "tool/base/Terminal.h"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace corolint::tool {

/// The two lines of a frame, each ended by a newline:
///
///    41 |     std::lock_guard guard(mutex_);
///       |                     ^~~~~
///
/// Tabs become blanks, what cannot be printed becomes '?', and a line that is
/// too long for \p Screen is cut around the caret. Empty when there is no text.
std::string codeFrame(llvm::StringRef Line, const Place &Where, const Terminal &Screen);

} // namespace corolint::tool

#endif // COROLINT_TOOL_REPORT_CODEFRAME_H
