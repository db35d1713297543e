// FileNames.h - the names of files, whatever the command calls them
#ifndef COROLINT_CHECKS_MODEL_FILENAMES_H
#define COROLINT_CHECKS_MODEL_FILENAMES_H

#include "clang/Basic/SourceLocation.h"

#include <string>

namespace clang {
class SourceManager;
} // namespace clang

namespace corolint {

/// The absolute name of the file \p Id, without links and "..": the same in
/// every unit that reads the file. Empty for what is no file.
std::string absoluteName(clang::FileID Id, const clang::SourceManager &Sources);

} // namespace corolint

#endif // COROLINT_CHECKS_MODEL_FILENAMES_H
