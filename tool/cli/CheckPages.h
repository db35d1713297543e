// CheckPages.h - docs/checks/*.md as the build embeds them
#ifndef COROLINT_TOOL_CLI_CHECKPAGES_H
#define COROLINT_TOOL_CLI_CHECKPAGES_H

#include "llvm/ADT/StringRef.h"

#include <cstddef>

namespace corolint::tool {

struct CheckPage {
  const char *Id;
  const char *Text; ///< Markdown
};

/// Written by cmake/EmbedDocs.cmake, in the order of the ids.
extern const CheckPage CheckPages[];
extern const std::size_t CheckPageCount;

/// The page of the check \p Id; empty when it has none.
inline llvm::StringRef pageOf(llvm::StringRef Id) {
  for (std::size_t I = 0; I < CheckPageCount; ++I)
    if (Id == CheckPages[I].Id)
      return CheckPages[I].Text;
  return {};
}

} // namespace corolint::tool

#endif // COROLINT_TOOL_CLI_CHECKPAGES_H
