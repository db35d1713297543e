// Selection.cpp - switches the checks on in projects that use corolint
#include "tool/plugin/UnitFindings.h"
#include "tool/plugin/clangd/Project.h"

#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using clang::tidy::ClangTidyOptions;

/// Changes the options of clang-tidy for a file; clangd has a row of them.
using TidyProvider = unique_function<void(ClangTidyOptions &, StringRef) const>;

std::optional<bool>
realIsFast(StringRef Check) __asm__("__real__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");
std::optional<bool>
isFast(StringRef Check) __asm__("__wrap__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");
TidyProvider realDefaults() __asm__("__real__ZN5clang6clangd20provideDefaultChecksEv");
TidyProvider defaults() __asm__("__wrap__ZN5clang6clangd20provideDefaultChecksEv");

/// clangd leaves out checks that it has not measured, without a word.
std::optional<bool> isFast(StringRef Check) {
  return Check.starts_with("coro-") ? true : realIsFast(Check);
}

/// Puts `coro-*` behind the last pattern that switches everything off: what
/// switches single checks off in `.clang-tidy` and `.clangd` comes later.
static std::string withOwnChecks(StringRef Checks) {
  SmallVector<StringRef, 16> Patterns;
  Checks.split(Patterns, ',');
  auto Last = std::find_if(Patterns.rbegin(), Patterns.rend(),
                           [](StringRef One) { return One.trim() == "-*"; });
  Patterns.insert(Last.base(), "coro-*");
  return join(Patterns, ",");
}

/// The last of clangd's row that switches checks on.
TidyProvider defaults() {
  return [Stock = realDefaults()](ClangTidyOptions &Options, StringRef File) {
    Stock(Options, File);
    if (corolint::isInProject(File))
      Options.Checks = withOwnChecks(Options.Checks.value_or(""));
  };
}

bool corolint::isInProject(StringRef File) {
  auto Of = UnitFindings::configurations().forFile(File);
  return !Of->Files.empty() || !Of->Mistakes.empty();
}
