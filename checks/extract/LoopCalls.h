// LoopCalls.h - calls that run an event loop
#ifndef COROLINT_CHECKS_EXTRACT_LOOPCALLS_H
#define COROLINT_CHECKS_EXTRACT_LOOPCALLS_H

#include "checks/model/CallSite.h"

namespace corolint {

class BodyIndex;

namespace model {
class Model;
} // namespace model

/// True when a model says that the callee of \p Site runs an event loop, on
/// whatever condition.
bool mayRunLoop(const CallSite &Site, const model::Model &Models);

/// The same of any call in the function that \p Index lists.
bool mayRunLoop(const BodyIndex &Index, const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_LOOPCALLS_H
