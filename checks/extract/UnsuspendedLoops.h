// UnsuspendedLoops.h - loops that go round without suspending
#ifndef COROLINT_CHECKS_EXTRACT_UNSUSPENDEDLOOPS_H
#define COROLINT_CHECKS_EXTRACT_UNSUSPENDEDLOOPS_H

#include "checks/extract/FunctionBody.h"
#include "checks/model/Model.h"

namespace corolint {

/// A loop of a coroutine that nothing else can interrupt.
struct UnsuspendedLoop {
  enum class How : std::uint8_t {
    Endless, ///< nothing in it suspends, and nothing leaves it
    Waiting, ///< a turn changes nothing: it waits for what others do
    OpenEnd, ///< nothing in it suspends, and it ends when something happens
    Long,    ///< it counts so far that it takes long
  };
  const clang::Stmt *Loop = nullptr;
  How Kind = How::Endless;
};

/// The loops of the coroutine \p Body with turns that do not suspend. What runs
/// on a pool is left out, and so is what has an end in sight.
std::vector<UnsuspendedLoop> findUnsuspendedLoops(const FunctionBody &Body,
                                                  const model::Model &Models);

} // namespace corolint

#endif // COROLINT_CHECKS_EXTRACT_UNSUSPENDEDLOOPS_H
