// UnwaitedSpawns.h - tasks that a function leaves running
#ifndef COROLINT_CHECKS_EXTRACT_UNWAITEDSPAWNS_H
#define COROLINT_CHECKS_EXTRACT_UNWAITEDSPAWNS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

namespace corolint {

/// How a function goes on after it gave a task away.
enum class AfterSpawn : std::uint8_t {
  Waits,    ///< something may wait for the task on every path
  MayLeave, ///< on some path nothing does
  Leaves,   ///< nothing does
};

/// True for what waits for asynchronous work: it has an effect, or runs a task to its
/// end before it returns.
bool waits(const model::FunctionRule &Rule);

/// What comes between \p Spawn and the end of \p Local's life, which is also the
/// end of the function. An await waits, and so may any call of the project's own
/// functions, a call that blocks or runs a loop, a look at an atomic, and a destructor.
/// Without a local, for what lives longer than the function: only what surely waits.
AfterSpawn afterSpawn(const FunctionBody &Body, const model::Model &Models,
                      const clang::Stmt &Spawn, const clang::VarDecl *Local);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_UNWAITEDSPAWNS_H
