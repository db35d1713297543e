// wait_for.h - waits for one thing, but not for ever
#pragma once

#include "aio/ensure_future.h"
#include "aio/timeout.h"

#include <optional>
#include <source_location>
#include <utility>

namespace aio {

namespace detail {

/// Waits until \p future is done, whatever it ends with.
Coro<void> wait_until_done(FutureBase future);

}  // namespace detail

/// Awaits \p awaitable and cancels it when \p limit passes; empty means no limit.
///
/// Throws TimeoutError after what was cancelled has ended; if it ended with a
/// value or another error instead, that is the outcome. A limit of zero or less
/// gives what is done already, or else cancels at once: a coroutine then never
/// starts. To keep a task running, pass shield() of it.
///
/// Suspends:  where \p awaitable suspends.
/// Resumes:   when it has ended, also after the limit.
/// Cancelled: cancels \p awaitable, then throws CancelledError, which wins over
///            the limit.
/// Lifetime:  a coroutine is owned, of a future or task the handle is kept.
template <detail::Gatherable A>
Coro<detail::ValueOf<A>> wait_for(A awaitable, std::optional<Seconds> limit,
                                  std::source_location where = std::source_location::current()) {
    using T = detail::ValueOf<A>;
    if (limit && limit->count() <= 0) {
        auto future = ensure_future(std::move(awaitable), where);
        if (!future.done()) {
            future.cancel();
            co_await detail::wait_until_done(FutureBase(future.state()));
            // Not cancelled(): a gather fails with the CancelledError of a child.
            const std::exception_ptr& error = future.state()->error();
            if (detail::is_cancellation(error)) detail::throw_timeout(error);
        }
        co_return detail::unwrap<T>(detail::ValueAccess::copy_or_take<T>(*future.state()));
    }
    detail::TimeoutScope scope(detail::deadline_after(limit));
    std::exception_ptr error;
    try {
        // With a limit a coroutine has a context of its own, as a task would.
        std::optional<detail::ContextCopy> context;
        if (detail::is_coro<A> && limit) context.emplace();
        co_return co_await std::move(awaitable);
    } catch (...) {
        error = std::current_exception();
    }
    scope.fail(std::move(error));
}

}  // namespace aio
