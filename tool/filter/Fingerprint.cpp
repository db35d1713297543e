// Fingerprint.cpp - hashes what stays the same

#include "tool/filter/Fingerprint.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

#include <map>

namespace corolint::tool {

namespace {

/// The characters of \p Line that are not blank: indentation and alignment may
/// change.
std::string squeezed(llvm::StringRef Line) {
  std::string Result;
  for (char C : Line)
    if (!llvm::isSpace(C))
      Result += C;
  return Result;
}

} // namespace

void addFingerprints(std::vector<Finding> &Findings, SourceText &Sources) {
  constexpr char Separator = '\0';
  std::map<std::string, unsigned> Seen;
  for (Finding &Each : Findings) {
    std::string Key = Each.Check + Separator + Each.Where.File + Separator + Each.Function +
                      Separator + squeezed(Sources.line(Each.Where.File, Each.Where.Line));
    unsigned Ordinal = Seen[Key]++;
    Key += Separator + std::to_string(Ordinal);
    Each.Fingerprint = "v1:" + llvm::utohexstr(llvm::xxh3_64bits(Key), /*LowerCase=*/true,
                                               /*Width=*/16);
  }
}

} // namespace corolint::tool
