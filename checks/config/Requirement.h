// Requirement.h - which versions of corolint a configuration is for
#ifndef COROLINT_CHECKS_CONFIG_REQUIREMENT_H
#define COROLINT_CHECKS_CONFIG_REQUIREMENT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace corolint::config {

/// True when \p Version is all that \p Text asks for: comparisons such as
/// ">=0.1", separated by commas. Fails for what is no comparison.
llvm::Expected<bool> meets(llvm::StringRef Version, llvm::StringRef Text);

} // namespace corolint::config

#endif // COROLINT_CHECKS_CONFIG_REQUIREMENT_H
