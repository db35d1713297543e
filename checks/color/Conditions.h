// Conditions.h - tests on parameters under which an effect is absent
#ifndef COROLINT_CHECKS_COLOR_CONDITIONS_H
#define COROLINT_CHECKS_COLOR_CONDITIONS_H

#include "checks/facts/Facts.h"

#include <map>

namespace corolint::color {

/// Numbers for sets of tests. An effect under a set is absent in calls for
/// which one of its tests holds; under the empty set it is always there.
class Conditions {
public:
  static constexpr std::uint32_t Always = 0;

  Conditions();

  /// The number of the set \p Tests. When it \p NeedsConstants, the effect is
  /// absent too where an argument that is tested is no constant.
  std::uint32_t number(std::vector<facts::ParameterTest> Tests, bool NeedsConstants = false);

  bool needsConstants(std::uint32_t Set) const { return Sets[Set]->second; }

  /// The set, on parameters of the caller, that \p Callee becomes in a call
  /// with \p Arguments; nothing when the effect is absent there.
  std::optional<std::uint32_t> throughCall(std::uint32_t Callee,
                                           const std::vector<facts::Argument> &Arguments);

private:
  using Set = std::pair<std::vector<facts::ParameterTest>, bool>;

  std::map<Set, std::uint32_t> Numbers;
  std::vector<const Set *> Sets;
};

} // namespace corolint::color

#endif // COROLINT_CHECKS_COLOR_CONDITIONS_H
