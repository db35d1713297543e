// wait.h - waits for some or all of several tasks
#pragma once

#include "aio/ensure_future.h"
#include "aio/timing.h"

#include <array>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

namespace aio {

/// When wait() returns.
enum ReturnWhen : int {
    /// Any of the futures is done or cancelled.
    FIRST_COMPLETED,
    /// Any of them failed; a cancelled one does not count. Else when all are done.
    FIRST_EXCEPTION,
    /// All of them are done or cancelled.
    ALL_COMPLETED,
};

/// Options of wait().
struct WaitOpts {
    /// The condition that ends the wait.
    ReturnWhen return_when = ALL_COMPLETED;
    /// Return after this time at the latest; nothing is cancelled then.
    std::optional<Seconds> timeout = std::nullopt;
};

/// What wait() found, in the order in which the futures were given.
template <class F>
struct [[nodiscard("what is pending still runs")]] WaitResult {
    /// Those that ended, also by an error or a cancellation.
    std::vector<F> done;
    /// Those that still run.
    std::vector<F> pending;
};

namespace detail {

/// Waits until the condition of \p options holds for \p futures, all distinct.
Coro<void> wait_until(std::vector<FutureBase> futures, WaitOpts options);

template <class F>
Coro<WaitResult<F>> wait_and_sort(std::vector<F> futures, WaitOpts options) {
    co_await wait_until(std::vector<FutureBase>(futures.begin(), futures.end()), options);
    WaitResult<F> result;
    for (F& future : futures) (future.done() ? result.done : result.pending).push_back(std::move(future));
    co_return result;
}

template <class R>
using HandleIn = std::remove_cvref_t<ElementOf<R>>;

template <class R>
auto wait_for_distinct(const R& range, const WaitOpts& options) {
    std::vector<HandleIn<R>> distinct;
    std::unordered_set<const void*> seen;
    for (const auto& future : range) {
        if (seen.insert(future.state().get()).second) distinct.push_back(future);
    }
    return wait_and_sort(std::move(distinct), options);
}

}  // namespace detail

/// Waits for the futures or tasks in \p range; gives those that are done and
/// those that are not.
///
/// Never cancels, and never throws what a future failed with: look at the
/// results. A future that occurs twice counts once. Throws ValueError for an
/// empty range or an unknown condition.
///
/// Suspends:  always, for two iterations at least.
/// Resumes:   from the loop, after the condition became true or the time passed.
/// Cancelled: throws CancelledError; the futures are left alone.
/// Lifetime:  needs nothing; the handles are copied.
///
/// GCC 12 cannot compile a braced list inside an await ("array used as
/// initializer"): with it `co_await wait(std::vector{a, b})` needs a name for the
/// vector, or the second form.
template <class R>
    requires std::derived_from<detail::HandleIn<R>, FutureBase>
Coro<WaitResult<detail::HandleIn<R>>> wait(R&& range, WaitOpts options = {}) {
    return detail::wait_for_distinct(range, options);
}

/// The same for two or more futures or tasks of one type: `wait(a, b)`.
template <std::derived_from<FutureBase> F, std::same_as<F>... Others>
    requires(sizeof...(Others) > 0)
Coro<WaitResult<F>> wait(const F& first, const Others&... others) {
    return detail::wait_for_distinct(std::array<F, 1 + sizeof...(Others)>{first, others...}, {});
}
template <std::derived_from<FutureBase> F, std::same_as<F>... Others>
    requires(sizeof...(Others) > 0)
Coro<WaitResult<F>> wait(WaitOpts options, const F& first, const Others&... others) {
    return detail::wait_for_distinct(std::array<F, 1 + sizeof...(Others)>{first, others...}, options);
}

/// Passing coroutines is forbidden, use tasks: the caller could not tell which
/// result belongs to which coroutine.
template <class R>
    requires detail::is_coro<detail::HandleIn<R>>
void wait(R&& range, WaitOpts options = {}) = delete;
template <class T, class... Others>
void wait(Coro<T> first, Others&&... others) = delete;
template <class T, class... Others>
void wait(WaitOpts options, Coro<T> first, Others&&... others) = delete;

}  // namespace aio
