// ProjectRoot.h - where a project begins
#ifndef COROLINT_CHECKS_CONFIG_PROJECTROOT_H
#define COROLINT_CHECKS_CONFIG_PROJECTROOT_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace corolint::config {

/// The root of the project that the folder \p Folder belongs to: the nearest folder
/// at or above it with a .git, or else with a .corolint.yaml, or else itself.
/// Absolute, without links.
std::string projectRoot(llvm::StringRef Folder);

} // namespace corolint::config

#endif // COROLINT_CHECKS_CONFIG_PROJECTROOT_H
