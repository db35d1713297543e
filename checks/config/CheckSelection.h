// CheckSelection.h - which checks are on
#ifndef COROLINT_CHECKS_CONFIG_CHECKSELECTION_H
#define COROLINT_CHECKS_CONFIG_CHECKSELECTION_H

#include "checks/Check.h"
#include "checks/config/Setting.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace corolint::config {

/// One pattern of a selection.
struct Rule {
  enum class Verb : std::uint8_t {
    Select, ///< only these, and what later rules add
    Extend, ///< these too
    Ignore, ///< not these
  } What = Verb::Select;
  /// An id, a family, a tier, a glob over ids, "default" or "all".
  std::string Pattern;
  Origin From;
};

/// What decides about a check when no rule names it.
struct Defaults {
  Tier Lowest = Tier::High;      ///< this tier and those above are on
  std::set<std::string> Besides; ///< ids that are on whatever their tier
};

/// For each check, by id, whether it is on, and the rule that decided.
using Selection = std::map<std::string, Setting<bool>>;

/// Applies \p Rules in order: the last that names a check decides. With a
/// Select among them nothing else is on at first.
Selection selectChecks(llvm::ArrayRef<RegisteredCheck> Checks, llvm::ArrayRef<Rule> Rules,
                       const Defaults &Otherwise);

/// Why \p Pattern is no pattern of a rule: it names no check, and then the
/// nearest name is in the message. Empty when it is one.
std::string mistakeIn(llvm::StringRef Pattern, llvm::ArrayRef<RegisteredCheck> Checks);

/// "no check is called 'X'", with the nearest name.
std::string unknownCheck(llvm::StringRef Id, llvm::ArrayRef<RegisteredCheck> Checks);

/// "; did you mean 'coro-x'?" for the known name that is closest to \p Wrong,
/// or an empty string.
std::string didYouMean(llvm::StringRef Wrong, llvm::ArrayRef<std::string> Known);

} // namespace corolint::config

#endif // COROLINT_CHECKS_CONFIG_CHECKSELECTION_H
