// CheckSelection.h - which checks a run asks for
#ifndef COROLINT_TOOL_FILTER_CHECKSELECTION_H
#define COROLINT_TOOL_FILTER_CHECKSELECTION_H

#include "tool/base/Finding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <set>
#include <string>

namespace corolint::tool {

/// One --select or --ignore, in the order of the command line.
struct SelectionRule {
  bool Select = true;
  /// An id, a family, a glob over ids, "default" or "all".
  std::string Pattern;
};

/// The ids that \p Rules leave on; the last rule that names a check decides.
/// With a --select among them nothing else is on at first; without one, the
/// checks of tier \p Lowest or above are.
///
/// Fails for a pattern that names no check, with the nearest name.
llvm::Expected<std::set<std::string>>
selectChecks(llvm::ArrayRef<CheckRow> Checks,
             llvm::ArrayRef<SelectionRule> Rules, Level Lowest);

/// "; did you mean 'coro-x'?" for the known name that is closest to \p Wrong,
/// or an empty string.
std::string didYouMean(llvm::StringRef Wrong,
                       llvm::ArrayRef<std::string> Known);

/// The ids of \p Checks, for didYouMean().
std::vector<std::string> checkIds(llvm::ArrayRef<CheckRow> Checks);

} // namespace corolint::tool

#endif // COROLINT_TOOL_FILTER_CHECKSELECTION_H
