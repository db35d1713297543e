// Configuration.h - all that is configured for one file
#ifndef COROLINT_CHECKS_CONFIG_CONFIGURATION_H
#define COROLINT_CHECKS_CONFIG_CONFIGURATION_H

#include "checks/Pipeline.h"
#include "checks/config/CheckSelection.h"

#include <memory>
#include <optional>

namespace corolint::config {

/// Which findings make a run fail.
enum class FailOn : std::uint8_t { Warning, High, Never };

/// What a door asks for by itself. It wins over every file.
struct Request {
  std::string Name = "command line"; ///< for origins
  std::vector<Rule> Rules;           ///< a Select starts over
  std::set<std::string> Besides;     ///< ids that are on by default, too
  std::optional<bool> Strict;
  std::map<std::string, OptionValues> Options; ///< by check id
  std::vector<std::string> Models;             ///< files, read after all others
  std::optional<config::FailOn> Fail;
  std::string Summary; ///< path; empty: as configured
  /// The configuration to read in place of those found; empty: look for them.
  std::string File;
  bool NoFiles = false; ///< read none
};

/// The configuration of one file. Immutable: threads may share it.
struct Configuration {
  /// The configuration files that were read, absolute, the nearest last.
  std::vector<std::string> Files;
  /// When there is one, nothing is on: a door shows the mistakes and no
  /// finding.
  std::vector<Mistake> Mistakes;
  Selection Checks;
  Setting<bool> Strict;
  /// By check id and option name; every option of every check is there.
  std::map<std::string, std::map<std::string, Setting<std::string>>> Options;
  /// Model files, absolute; an inline model has the name of its configuration.
  std::vector<Setting<std::string>> Models;
  /// corolint's own models and then those of Models, the nearest last.
  std::shared_ptr<const model::Library> Library;
  Setting<config::FailOn> Fail;
  /// Absolute path of the linked program's summary; empty when none is named.
  Setting<std::string> Summary;

  /// Where units of this configuration get their options from. The result
  /// refers to this object.
  UnitOptions unitOptions() const;

  /// How sure a finding is at least that is shown.
  facts::Confidence leastSure() const {
    return Strict.Value ? facts::Confidence::Medium : facts::Confidence::High;
  }

  /// True when the check \p Id is on; ids that no check has are always on.
  bool isOn(const std::string &Id) const;

  /// False for a finding in this file that is not to be shown: its check is
  /// off, or it is not sure enough. Suppression is another matter.
  bool shows(const facts::Finding &One) const;
};

} // namespace corolint::config

#endif // COROLINT_CHECKS_CONFIG_CONFIGURATION_H
