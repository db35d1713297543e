// Fixes.h - applies safe fixes, or shows them as a patch
#ifndef COROLINT_TOOL_REPORT_FIXES_H
#define COROLINT_TOOL_REPORT_FIXES_H

#include "tool/base/Finding.h"
#include "tool/base/SourceText.h"

#include <map>
#include <string>
#include <vector>

namespace corolint::tool {

/// The edits to make, and what becomes of each finding.
struct FixPlan {
  /// By absolute path, by ascending offset, without overlap.
  std::map<std::string, std::vector<Edit>> Edits;
  std::vector<bool> Mends; ///< by index of the finding
  /// One line for each fix that overlaps an earlier one and is left for the
  /// next run.
  std::vector<std::string> Dropped;
};

/// Takes the first safe fix of each finding, in order: all of its edits or,
/// when one overlaps a different edit that is already taken, none.
FixPlan planFixes(const std::vector<Finding> &Findings, const SourceText &Sources);

/// \p Text with \p Edits made; they are as in a FixPlan and lie inside it.
std::string applyEdits(llvm::StringRef Text, const std::vector<Edit> &Edits);

/// What turns \p Before into applyEdits(Before, Edits), as a unified diff with
/// three lines of context. \p Name is the file as the patch names it.
std::string unifiedDiff(llvm::StringRef Before, const std::vector<Edit> &Edits,
                        llvm::StringRef Name);

} // namespace corolint::tool

#endif // COROLINT_TOOL_REPORT_FIXES_H
