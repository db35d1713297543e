// FindingFilter.h - drops the findings that a run does not ask for
#ifndef COROLINT_TOOL_FILTER_FINDINGFILTER_H
#define COROLINT_TOOL_FILTER_FINDINGFILTER_H

#include "tool/base/ChangedLines.h"
#include "tool/base/Finding.h"

#include <functional>

namespace corolint::tool {

struct FilterOptions {
  std::string Root; ///< absolute
  /// Absolute files and folders; empty: everything below the root.
  std::vector<std::string> Paths;
  /// Of the confidence of a finding in an absolute file; empty: high.
  std::function<Level(const std::string &File)> Lowest;
  /// Only findings with a place here, or a step of their chain; null: all.
  const ChangedLines *Changed = nullptr;
};

/// Drops findings elsewhere without a trace, then suppressed ones and those
/// that are not sure enough, which Totals counts.
void filterFindings(Results &Found, const FilterOptions &Options);

} // namespace corolint::tool

#endif // COROLINT_TOOL_FILTER_FINDINGFILTER_H
