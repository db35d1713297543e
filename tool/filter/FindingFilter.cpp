// FindingFilter.cpp - by place, suppression and confidence

#include "tool/filter/FindingFilter.h"

#include "tool/base/Path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace corolint::tool {

namespace {

bool isElsewhere(llvm::StringRef File, const FilterOptions &Options) {
  // Names of files outside the root are absolute.
  bool Outside = llvm::sys::path::is_absolute(File);
  if (Options.Paths.empty())
    return Outside;
  llvm::SmallString<256> Full;
  if (!Outside)
    Full = Options.Root;
  llvm::sys::path::append(Full, File);
  return llvm::none_of(Options.Paths, [&](const std::string &Path) {
    return isInside(Full, Path);
  });
}

} // namespace

void filterFindings(Results &Found, const FilterOptions &Options) {
  llvm::erase_if(Found.Findings, [&](const Finding &Each) {
    if (isElsewhere(Each.Where.File, Options))
      return true;
    if (Each.Suppressed) {
      Found.Suppressed.push_back(Each);
      return true;
    }
    if (Each.Confidence < Options.Lowest) {
      ++Found.Totals.BelowTier;
      return true;
    }
    return false;
  });
}

} // namespace corolint::tool
