// Path.h - absolute, real and relative file names
#ifndef COROLINT_TOOL_BASE_PATH_H
#define COROLINT_TOOL_BASE_PATH_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace corolint::tool {

/// \p Path seen from \p Directory, made absolute, with links resolved as far as
/// the file exists and without "." and "..".
std::string realPath(llvm::StringRef Path, llvm::StringRef Directory = "");

/// True for \p Directory itself and for everything below it. Both absolute.
bool isInside(llvm::StringRef Path, llvm::StringRef Directory);

/// How \p Path is written from \p Directory, with "../" where needed. Both
/// absolute. "." for the directory itself.
std::string relativePath(llvm::StringRef Path, llvm::StringRef Directory);

/// \p Path as a URI reference: a `file:` URI when it is absolute.
std::string uriOf(llvm::StringRef Path);

std::string currentDirectory();

/// The extensions of C++ headers: such a file is no unit by itself.
bool isHeaderName(llvm::StringRef Path);

/// The extensions of C++ sources.
bool isSourceName(llvm::StringRef Path);

} // namespace corolint::tool

#endif // COROLINT_TOOL_BASE_PATH_H
