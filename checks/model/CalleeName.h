// CalleeName.h - what messages call the callee of a call
#ifndef COROLINT_CHECKS_MODEL_CALLEENAME_H
#define COROLINT_CHECKS_MODEL_CALLEENAME_H

#include <string>

namespace corolint {

struct CallSite;

/// The name of the function that \p Site calls, which has a callee. A function
/// object of a namespace goes by its own: "std::ranges::sort".
std::string calleeName(const CallSite &Site);

} // namespace corolint

#endif // COROLINT_CHECKS_MODEL_CALLEENAME_H
