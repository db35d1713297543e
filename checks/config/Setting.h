// Setting.h - a configured value and where it comes from
#ifndef COROLINT_CHECKS_CONFIG_SETTING_H
#define COROLINT_CHECKS_CONFIG_SETTING_H

#include "checks/model/Library.h"

#include <string>

namespace corolint::config {

/// Where a value was given.
struct Origin {
  /// Absolute path of a configuration file, or what else gave it: "command
  /// line", "default".
  std::string Source = "default";
  unsigned Line = 0; ///< 0: not in a file
  unsigned Column = 0;
};

template <class T> struct Setting {
  T Value{};
  Origin From;
};

/// A mistake in a configuration or in a model that it names, with its place and
/// the mend. Without a line when the door's own request is wrong.
using Mistake = model::ModelError;

/// "FILE:LINE:COLUMN: error: MESSAGE", or the message alone when there is no
/// place.
std::string describe(const Mistake &One);

/// Adds those of \p More that \p To does not have.
void addMistakes(std::vector<Mistake> &To, const std::vector<Mistake> &More);

} // namespace corolint::config

#endif // COROLINT_CHECKS_CONFIG_SETTING_H
