// FindingFilter.cpp - by place, suppression and confidence

#include "tool/filter/FindingFilter.h"

#include "tool/base/Path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace corolint::tool {

namespace {

std::string absolute(llvm::StringRef File, const FilterOptions &Options) {
  llvm::SmallString<256> Full;
  if (!llvm::sys::path::is_absolute(File))
    Full = Options.Root;
  llvm::sys::path::append(Full, File);
  return Full.str().str();
}

bool isOld(const Finding &Each, const FilterOptions &Options) {
  auto Touches = [&](const Place &Where) {
    return Options.Changed->touches(absolute(Where.File, Options), Where.Line,
                                    std::max(Where.Line, Where.EndLine));
  };
  return Options.Changed && !Touches(Each.Where) &&
         llvm::none_of(Each.Chain, [&](const Note &Step) { return Touches(Step.Where); });
}

bool isElsewhere(llvm::StringRef File, const FilterOptions &Options) {
  // Names of files outside the root are absolute.
  bool Outside = llvm::sys::path::is_absolute(File);
  if (Options.Paths.empty())
    return Outside;
  std::string Full = absolute(File, Options);
  return llvm::none_of(Options.Paths,
                       [&](const std::string &Path) { return isInside(Full, Path); });
}

} // namespace

static Level lowest(const Finding &Of, const FilterOptions &Options) {
  return Options.Lowest ? Options.Lowest(absolute(Of.Where.File, Options)) : Level::High;
}

void filterFindings(Results &Found, const FilterOptions &Options) {
  llvm::erase_if(Found.Findings, [&](const Finding &Each) {
    if (isElsewhere(Each.Where.File, Options) || isOld(Each, Options))
      return true;
    if (Each.Suppressed) {
      Found.Suppressed.push_back(Each);
      return true;
    }
    if (Each.Confidence < lowest(Each, Options)) {
      ++Found.Totals.BelowTier;
      return true;
    }
    return false;
  });
}

} // namespace corolint::tool
