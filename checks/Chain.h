// Chain.h - words what code on the loop reaches through calls
#ifndef COROLINT_CHECKS_CHAIN_H
#define COROLINT_CHECKS_CHAIN_H

#include "checks/color/Solver.h"
#include "checks/facts/Facts.h"

#include <string>

namespace corolint {

/// How a check words its two cases. "{sink}" stands for the primitive,
/// "{callee}" for the first function called, "{root}" for the function that is
/// on the loop: "coroutine 'fetch'".
struct ChainWords {
  const char *Direct;  ///< the function calls the primitive itself
  const char *Through; ///< it calls something that reaches the primitive
};

/// True when \p Found is about code on the loop, and not about a function that
/// breaks its annotation.
bool isOnLoop(const color::Violation &Found);

/// True when the end of an object's life blocks, and not for sure: a destructor
/// that waits for what may be done. coro-blocking-destructor reports it.
bool isDestruction(const color::Violation &Found);

/// A finding of check \p Id at the first call of the chain, with one note for
/// each call that leads to the primitive.
facts::Finding chainFinding(const char *Id, const color::Violation &Found, const ChainWords &Words);

} // namespace corolint

#endif // COROLINT_CHECKS_CHAIN_H
