// CheckPages.h - docs/checks/*.md as the build embeds them
#ifndef COROLINT_TOOL_CLI_CHECKPAGES_H
#define COROLINT_TOOL_CLI_CHECKPAGES_H

#include <cstddef>

namespace corolint::tool {

struct CheckPage {
  const char *Id;
  const char *Text; ///< Markdown
};

/// Written by cmake/EmbedDocs.cmake, in the order of the ids.
extern const CheckPage CheckPages[];
extern const std::size_t CheckPageCount;

} // namespace corolint::tool

#endif // COROLINT_TOOL_CLI_CHECKPAGES_H
