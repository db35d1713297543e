// Check.h - base class of all checks
//
// A check words what the analysis found; it never walks the AST or the CFG by
// itself. It is one .cpp file without a header: Checks.def names it.

#ifndef COROLINT_CHECKS_CHECK_H
#define COROLINT_CHECKS_CHECK_H

#include "checks/color/Solver.h"
#include "checks/facts/Facts.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace corolint {

class Analysis;
class FunctionBody;
struct Suppression;

/// Which runs include a finding.
enum class Tier : std::uint8_t { Low, Medium, High };

/// One row of Checks.def.
struct CheckInfo {
  const char *Id;     ///< "coro-blocking-call"
  const char *Family; ///< "blocking"
  Tier DefaultTier;
  const char *Since;
  const char *Summary;
};

/// A typed option of a check, declared once.
struct Option {
  enum class Type : std::uint8_t { Bool, StringList };
  const char *Name;
  Type Of;
  const char *Default;
  const char *Help;
};

/// Values by option name; what is absent has its default.
using OptionValues = std::map<std::string, std::string>;

/// The value of \p Option in \p Values, or its default.
bool isOn(const OptionValues &Values, const Option &Option);

class Check {
public:
  virtual ~Check() = default;

  /// The options this check has; the documentation table is made from them.
  virtual std::span<const Option> options() const { return {}; }

  /// Appends what is wrong in one function. Called for each definition of the
  /// unit, template instantiations and lambdas too, in no order to rely on.
  virtual void checkFunction(const Analysis &, const FunctionBody &, const OptionValues &,
                             std::vector<facts::Finding> &) const {}

  /// Appends what only the unit as a whole shows. Called once, after
  /// checkFunction() for all its functions.
  virtual void checkUnit(const Analysis &, const OptionValues &,
                         std::vector<facts::Finding> &) const {}

  /// Words \p Violation when it is this check's to report. There is no AST: the
  /// facts hold all that is said.
  virtual std::optional<facts::Finding> checkProgram(const color::Violation &) const {
    return std::nullopt;
  }

  /// Words what is wrong with one NOLINT comment. Only doors that see the whole
  /// program ask: whether a comment is needed may be decided in another unit.
  virtual std::optional<facts::Finding> checkSuppression(const Suppression &) const {
    return std::nullopt;
  }
};

/// A check with its row of Checks.def.
struct RegisteredCheck {
  CheckInfo Info;
  std::unique_ptr<Check> Object;
};

/// All checks, in the order of Checks.def; made once.
const std::vector<RegisteredCheck> &allChecks();

/// The check whose id is \p Id, or null.
const RegisteredCheck *findCheck(const std::string &Id);

} // namespace corolint

#endif // COROLINT_CHECKS_CHECK_H
