// Utf8.h - text that JSON can hold
#ifndef COROLINT_TOOL_REPORT_UTF8_H
#define COROLINT_TOOL_REPORT_UTF8_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace corolint::tool {

/// \p Text, in which bytes that are no UTF-8 are replaced: file names and source
/// text may hold any.
std::string toUtf8(llvm::StringRef Text);

/// How many characters the first \p Bytes bytes of \p Text are.
unsigned codePoints(llvm::StringRef Text, unsigned Bytes);

} // namespace corolint::tool

#endif // COROLINT_TOOL_REPORT_UTF8_H
