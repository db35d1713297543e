// Configurations.h - finds, reads and keeps configuration files
#ifndef COROLINT_CHECKS_CONFIG_CONFIGURATIONS_H
#define COROLINT_CHECKS_CONFIG_CONFIGURATIONS_H

#include "checks/config/Configuration.h"

namespace corolint::config {

/// The name of a configuration file.
inline constexpr llvm::StringLiteral FileName = ".corolint.yaml";

/// Gives each file its configuration: that of the nearest folder with a
/// `.corolint.yaml` at or above it, after those of the folders above.
///
/// Any number of threads may ask. Each file is parsed once and again when it
/// changes: an answer costs a few stat() calls.
class Configurations {
public:
  /// \p Checks must outlive the object.
  explicit Configurations(llvm::ArrayRef<RegisteredCheck> Checks);
  ~Configurations();

  /// The configuration of \p File, which need not exist, with \p Asked on top.
  /// Never null. A relative \p File is seen from the current folder.
  std::shared_ptr<const Configuration> forFile(llvm::StringRef File, const Request &Asked = {});

  /// Keeps of \p Findings those that are to be shown by the configuration of
  /// the file in which they stand; names are seen from \p Root. Returns the
  /// mistakes in these configurations: they decide about no finding.
  std::vector<Mistake> keepShown(std::vector<facts::Finding> &Findings, llvm::StringRef Root,
                                 const Request &Asked = {});

private:
  struct State;
  std::unique_ptr<State> Kept;
};

} // namespace corolint::config

#endif // COROLINT_CHECKS_CONFIG_CONFIGURATIONS_H
