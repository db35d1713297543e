// sleep.h - waits for time to pass
#pragma once

#include "aio/detail/sleep_awaiter.h"
#include "aio/timing.h"

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

namespace aio {

/// What sleep() and yield() return: a pause that begins when it is awaited.
template <class T = void>
class [[nodiscard("a pause must be awaited")]] Sleep {
public:
    using value_type = T;

    /// See sleep().
    explicit Sleep(Seconds delay, detail::Stored<T> value = {}) : delay_(delay), value_(std::move(value)) {}
    auto operator co_await() { return detail::SleepAwaiter<T>(delay_.count(), std::move(value_)); }

private:
    Seconds delay_;
    [[no_unique_address]] detail::Stored<T> value_;
};

/// Waits for \p delay; zero or less waits for one iteration, without a timer.
///
/// Suspends:  always.
/// Resumes:   from the loop, in the iteration after the one that finds the delay
///            over.
/// Cancelled: removes the timer and throws CancelledError.
/// Lifetime:  needs nothing.
inline Sleep<> sleep(Seconds delay) { return Sleep<>(delay); }

/// Waits for \p delay, then gives \p value.
template <class T>
Sleep<T> sleep(Seconds delay, T value) {
    return Sleep<T>(delay, std::move(value));
}

/// Lets everything else that is ready run first: sleep(0).
inline Sleep<> yield() { return Sleep<>(Seconds(0)); }

}  // namespace aio
