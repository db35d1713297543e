// ChangedLines.h - which lines of which files a change touches
#ifndef COROLINT_TOOL_BASE_CHANGEDLINES_H
#define COROLINT_TOOL_BASE_CHANGEDLINES_H

#include "llvm/ADT/StringRef.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace corolint::tool {

/// Files are absolute, with links resolved.
class ChangedLines {
public:
  /// Lines \p First to \p Last of \p File are new.
  void add(llvm::StringRef File, unsigned First, unsigned Last) {
    Files[File.str()].push_back({First, Last});
  }

  /// True when a line from \p First to \p Last of \p File was changed.
  bool touches(llvm::StringRef File, unsigned First, unsigned Last) const;

  /// Every file with a changed line, in order.
  std::vector<std::string> files() const;

private:
  std::map<std::string, std::vector<std::pair<unsigned, unsigned>>, std::less<>> Files;
};

} // namespace corolint::tool

#endif // COROLINT_TOOL_BASE_CHANGEDLINES_H
