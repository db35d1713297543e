// future.h - a value that will be there later
#pragma once

#include "aio/detail/future_awaiter.h"
#include "aio/detail/future_state.h"
#include "aio/loop.h"

#include <concepts>
#include <optional>
#include <source_location>

namespace aio {

/// Identifies a done callback for remove_done_callback().
using CallbackId = std::uint64_t;

/// A handle to a future of any type.
///
/// Handles are cheap to copy; all copies refer to the same future. They belong
/// to the thread of the future's loop. A default-constructed handle refers to
/// nothing: only valid() may be called.
class FutureBase {
public:
    FutureBase() = default;
    explicit FutureBase(detail::Ref<detail::FutureState> state) noexcept : state_(std::move(state)) {}

    /// False for a default-constructed or moved-from handle.
    [[nodiscard]] bool valid() const noexcept { return static_cast<bool>(state_); }
    /// True once there is a value, an error or a cancellation.
    [[nodiscard]] bool done() const noexcept { return state_->done(); }
    /// True when the future was cancelled.
    [[nodiscard]] bool cancelled() const noexcept { return state_->cancelled(); }

    /// Cancels; false when done already. For a task this is a request: see Task.
    bool cancel(const std::string& message = {}) const { return state_->cancel(message); }

    /// The error, or null when there is a value; the error counts as retrieved.
    ///
    /// Throws CancelledError when cancelled, InvalidStateError when not done.
    [[nodiscard]] std::exception_ptr exception() const { return state_->exception(); }

    /// The loop that the future belongs to; throws RuntimeError once it is gone.
    [[nodiscard]] Loop& get_loop() const;

    /// Calls \p callback with this future, from the loop, in the iteration after
    /// it is done; callbacks run in the order in which they were added, each in
    /// \p context or in a copy that is made of the current context at once. One that
    /// returns a coroutine does not compile: see Loop::call_soon().
    template <class F>
        requires std::invocable<F&, FutureBase&>
    CallbackId add_done_callback(F callback, const std::optional<Context>& context = {}) const {
        return state_->add_callback(std::move(callback), detail::context_or_copy(context));
    }

    /// Removes a callback that was not scheduled yet; returns how many: 0 or 1.
    std::size_t remove_done_callback(CallbackId id) const {
        state_->check_thread();
        return state_->remove_callback(id);
    }

    /// True when both handles refer to the same future.
    friend bool operator==(const FutureBase& a, const FutureBase& b) noexcept { return a.state_ == b.state_; }

    /// For the other headers of aio.
    [[nodiscard]] const detail::Ref<detail::FutureState>& state() const noexcept { return state_; }

protected:
    detail::Ref<detail::FutureState> state_;
};

/// A value of type \p T that will be there later, or an error, or a cancellation.
///
/// Awaiting it:
/// Suspends:  only while it is not done.
/// Resumes:   from the loop, in the iteration after it is done, in the order in
///            which the waiters began to wait.
/// Cancelled: cancels the future too, then throws CancelledError.
/// Lifetime:  the wait keeps the future alive.
///
/// `co_await future` gives a copy of the value; `co_await std::move(future)`
/// moves it out unless another handle exists and the value can be copied.
/// Awaiting a future of another loop throws RuntimeError.
///
/// An error that nobody retrieves before the last handle goes away is reported
/// to the loop's exception handler.
template <class T>
class Future : public FutureBase {
public:
    using value_type = T;

    Future() = default;
    explicit Future(detail::Ref<detail::FutureState> state) noexcept : FutureBase(std::move(state)) {}

    /// The value, which stays in the future; for void nothing.
    ///
    /// Rethrows the error; throws CancelledError when cancelled and
    /// InvalidStateError when not done or after take().
    decltype(auto) result() const {
        auto& value = detail::ValueAccess::get<T>(*state_);
        if constexpr (std::is_void_v<T>)
            return;
        else if constexpr (std::is_reference_v<T>)
            return static_cast<T>(*value);
        else
            return static_cast<const T&>(value);
    }

    /// Moves the value out, once: later reads throw InvalidStateError.
    T take() const { return detail::unwrap<T>(detail::ValueAccess::take<T>(*state_)); }

    /// Makes the future done; throws InvalidStateError when it is done already.
    template <class U = std::remove_cv_t<T>>
        requires(!std::is_void_v<T> && !std::is_reference_v<T> && std::constructible_from<std::remove_cv_t<T>, U>)
    void set_result(U&& value) const {
        state_->check_settable("set_result");
        plain().emplace(std::forward<U>(value));
        state_->settle(detail::FutureStatus::finished);
    }
    template <class U>
        requires(std::is_reference_v<T> && std::convertible_to<U&, T>)
    void set_result(U& referred) const {
        state_->check_settable("set_result");
        plain().emplace(&static_cast<T>(referred));
        state_->settle(detail::FutureStatus::finished);
    }
    void set_result() const
        requires std::is_void_v<T>
    {
        state_->check_settable("set_result");
        plain().emplace();
        state_->settle(detail::FutureStatus::finished);
    }

    /// Makes the future fail; throws InvalidStateError when it is done already.
    void set_exception(std::exception_ptr error) const { state_->set_exception(std::move(error)); }
    template <class E>
        requires(!std::same_as<std::remove_cvref_t<E>, std::exception_ptr>)
    void set_exception(E error) const {
        set_exception(std::make_exception_ptr(std::move(error)));
    }

    /// As FutureBase::add_done_callback(); the callback may take a `Future<T>&`,
    /// a `FutureBase&` or nothing.
    template <class F>
        requires(std::invocable<F&, Future&> || std::invocable<F&>)
    CallbackId add_done_callback(F callback, const std::optional<Context>& context = {}) const {
        return detail::add_typed_callback<Future>(*state_, std::move(callback), context);
    }

    auto operator co_await() const& { return detail::FutureAwaiter<T, false>(state_); }
    auto operator co_await() && { return detail::FutureAwaiter<T, true>(std::move(state_)); }

private:
    [[nodiscard]] detail::PlainFuture<T>& plain() const noexcept {
        return static_cast<detail::PlainFuture<T>&>(*state_);
    }
};

namespace detail {

/// Calls \p F with a typed handle; reports show the type of \p F.
template <class Handle, class F>
struct TypedCallback {
    using reported_type = F;

    void operator()(FutureBase& future) {
        if constexpr (std::invocable<F&, Handle&>) {
            check_callback<F, Handle&>();
            Handle handle(future.state());
            callback(handle);
        } else {
            check_callback<F>();
            callback();
        }
    }

    F callback;
};

template <class Handle, class F>
std::uint64_t add_typed_callback(FutureState& state, F callback, const std::optional<Context>& context) {
    return state.add_callback(TypedCallback<Handle, F>{std::move(callback)}, context_or_copy(context));
}

}  // namespace detail

template <class T>
Future<T> Loop::create_future(std::source_location where) {
    core_->check_thread();
    return Future<T>(detail::Ref<detail::FutureState>(new detail::PlainFuture<T>(*core_, where)));
}

}  // namespace aio
