// ConfigFile.h - one .corolint.yaml, read and checked
#ifndef COROLINT_CHECKS_CONFIG_CONFIGFILE_H
#define COROLINT_CHECKS_CONFIG_CONFIGFILE_H

#include "checks/config/Configuration.h"
#include "checks/config/PathGlob.h"

#include <variant>

namespace corolint::config {

/// The settings of a file, or of one of its overrides.
struct Block {
  std::vector<Rule> Rules; ///< select, then extend-select, then ignore
  std::optional<Setting<bool>> Strict;
  std::map<std::string, std::map<std::string, Setting<std::string>>> Options;
  /// A path, absolute, or what stands in the configuration itself.
  struct Model {
    std::variant<std::string, std::shared_ptr<const model::LibraryModel>> What;
    Origin From;
  };
  std::vector<Model> Models;
  std::optional<Setting<config::FailOn>> Fail;
  std::optional<Setting<std::string>> Summary;
};

/// Settings for some of the files below the configuration's folder.
struct Override {
  std::vector<PathGlob> Files;
  Block Values;

  bool matches(llvm::StringRef Path) const;
};

/// One configuration file. With mistakes, the rest is not to be used.
struct ConfigFile {
  std::string Path;   ///< absolute
  std::string Folder; ///< what globs and paths in it are seen from
  bool Root = false;
  bool Inherit = true;
  Block Values;
  std::vector<Override> Overrides;
  std::vector<Mistake> Mistakes; ///< in the order of the file
};

/// Reads \p Yaml, the text of \p Path.
ConfigFile readConfigFile(const std::string &Yaml, const std::string &Path,
                          llvm::ArrayRef<RegisteredCheck> Checks);

/// Every key that a configuration may have; docs/configuration.md has a row for
/// each.
std::vector<llvm::StringRef> configurationKeys();

} // namespace corolint::config

#endif // COROLINT_CHECKS_CONFIG_CONFIGFILE_H
