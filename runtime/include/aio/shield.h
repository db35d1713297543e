// shield.h - keeps cancellation away from a task
#pragma once

#include "aio/detail/shield_core.h"
#include "aio/ensure_future.h"

#include <source_location>
#include <utility>

namespace aio {

/// A future that ends as \p awaitable does, but does not pass on cancellation.
///
/// Cancelling the future, or a task that awaits it, leaves \p awaitable running;
/// an error that it throws later is reported as never retrieved. A coroutine
/// becomes a task at once. What is done already is returned as it is.
///
/// Suspends:  (awaiting it) while \p awaitable is not done.
/// Resumes:   from the loop, two iterations after \p awaitable is done.
/// Cancelled: cancels only the future that this returns.
/// Lifetime:  the loop keeps a task that was made of a coroutine.
template <detail::Gatherable A>
[[nodiscard("await the shield, or nobody sees the outcome")]] Future<detail::ValueOf<A>> shield(
    A awaitable, std::source_location where = std::source_location::current()) {
    using T = detail::ValueOf<A>;
    constexpr bool owned = !std::derived_from<A, FutureBase>;
    auto inner = ensure_future(std::move(awaitable), where);
    if (inner.done()) return Future<T>(inner.state());
    detail::Ref<detail::ShieldOf<T>> outer(new detail::ShieldOf<T>(inner.state(), owned));
    outer->watch();
    return Future<T>(outer);
}

}  // namespace aio
