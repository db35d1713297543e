// Project.h - which files of an editor are corolint's business
#ifndef COROLINT_TOOL_PLUGIN_CLANGD_PROJECT_H
#define COROLINT_TOOL_PLUGIN_CLANGD_PROJECT_H

#include "llvm/ADT/StringRef.h"

namespace corolint {

/// True when a folder above \p File has a `.corolint.yaml`. All other files look
/// as in any clangd.
bool isInProject(llvm::StringRef File);

} // namespace corolint

#endif // COROLINT_TOOL_PLUGIN_CLANGD_PROJECT_H
