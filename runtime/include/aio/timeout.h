// timeout.h - limits the time that a block may take
#pragma once

#include "aio/task.h"
#include "aio/timing.h"

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace aio {

namespace detail {
class TimeoutState;
}  // namespace detail

/// The time limit of a block that timeout() runs.
///
/// A handle: copies refer to the same limit and may be read after the block. A
/// default-constructed one refers to nothing and may only be assigned to.
class Timeout {
public:
    Timeout() = default;
    explicit Timeout(std::shared_ptr<detail::TimeoutState> state) noexcept : state_(std::move(state)) {}

    /// The loop time at which the block is cancelled; empty for never.
    [[nodiscard]] std::optional<double> when() const noexcept;

    /// Moves the limit to the loop time \p when; empty for never.
    ///
    /// Throws RuntimeError once the limit has passed or the block has ended.
    void reschedule(std::optional<double> when) const;

    /// True when the limit passed before the block ended.
    [[nodiscard]] bool expired() const noexcept;

private:
    std::shared_ptr<detail::TimeoutState> state_;
};

namespace detail {

/// The part of timeout() that does not depend on the body.
class TimeoutScope {
public:
    /// Throws RuntimeError outside tasks.
    explicit TimeoutScope(std::optional<double> when);
    TimeoutScope(const TimeoutScope&) = delete;
    TimeoutScope& operator=(const TimeoutScope&) = delete;
    /// Ends the block, unless fail() did, and stops the timer.
    ~TimeoutScope();

    /// Ends the block, which threw \p error. Throws TimeoutError, with the
    /// CancelledError nested, or what the block threw.
    [[noreturn]] void fail(std::exception_ptr error);

    [[nodiscard]] Timeout& limit() noexcept { return limit_; }

private:
    std::shared_ptr<TimeoutState> state_;
    Timeout limit_;
};

/// The loop time in \p delay from now.
[[nodiscard]] std::optional<double> deadline_after(std::optional<Seconds> delay);

/// Throws TimeoutError with the CancelledError \p cause nested in it.
[[noreturn]] void throw_timeout(const std::exception_ptr& cause);

}  // namespace detail

/// Runs `body(limit)` and cancels it when the loop's time reaches \p when.
///
/// TimeoutError is thrown when the body ends with the CancelledError of the time
/// limit; any other outcome of the body is passed on. With an empty \p when
/// there is no limit until `limit.reschedule()` sets one. Blocks may be nested.
///
/// Suspends:  where \p body suspends.
/// Resumes:   when \p body has ended.
/// Cancelled: passes to \p body; a request from outside wins over the limit.
/// Lifetime:  \p body is kept in this coroutine.
template <class Body>
    requires(detail::is_coro<std::invoke_result_t<Body&, Timeout&>>)
std::invoke_result_t<Body&, Timeout&> timeout_at(std::optional<double> when, Body body) {
    detail::TimeoutScope scope(when);
    std::exception_ptr error;
    try {
        co_return co_await body(scope.limit());
    } catch (...) {
        error = std::current_exception();
    }
    scope.fail(std::move(error));
}

/// As timeout_at(), with the limit in \p delay from the start of the block; an
/// empty \p delay sets none.
template <class Body>
    requires(detail::is_coro<std::invoke_result_t<Body&, Timeout&>>)
std::invoke_result_t<Body&, Timeout&> timeout(std::optional<Seconds> delay, Body body) {
    co_return co_await timeout_at(detail::deadline_after(delay), std::move(body));
}

}  // namespace aio
