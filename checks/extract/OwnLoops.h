// OwnLoops.h - loops that resume coroutines
#ifndef COROLINT_CHECKS_EXTRACT_OWNLOOPS_H
#define COROLINT_CHECKS_EXTRACT_OWNLOOPS_H

#include "checks/extract/FunctionBody.h"

namespace corolint {

/// True when \p Block lies in a loop that resumes coroutines, itself or through
/// functions whose bodies are seen. Such a function is an event loop, and where it
/// waits nothing else could run.
bool isInOwnLoop(const clang::CFGBlock &Block);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_OWNLOOPS_H
