// async_generator.h - a coroutine that gives a sequence of values
#pragma once

#include "aio/coro.h"
#include "aio/detail/error_context.h"
#include "aio/detail/generator_core.h"

#include <concepts>
#include <coroutine>
#include <exception>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace aio {

/// \p T is what the generator yields and \p Sent what asend() gives it.
template <class T, class Sent = void>
class AsyncGenerator;

namespace detail {

/// What next() gives: an optional, or for references a pointer.
template <class T>
struct YieldedAs {
    using type = std::optional<std::remove_cv_t<T>>;
};
template <class T>
struct YieldedAs<T&> {
    using type = T*;
};
template <class T>
using Yielded = typename YieldedAs<T>::type;

template <class T, class Sent>
struct GeneratorPromise : GeneratorPromiseBase {
    /// Suspends the generator and gives its caller control.
    struct YieldAwaiter {
        GeneratorPromise& promise;

        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) const noexcept { promise.core->yield(); }
        auto await_resume() const {
            if (promise.thrown) std::rethrow_exception(std::exchange(promise.thrown, nullptr));
            if constexpr (!std::is_void_v<Sent>) return std::exchange(promise.sent, std::nullopt);
        }
    };

    explicit GeneratorPromise(std::source_location location = std::source_location::current()) noexcept
        : GeneratorPromiseBase(location) {}
    AsyncGenerator<T, Sent> get_return_object();

    template <class U = std::remove_cv_t<T>>
        requires(!std::is_reference_v<T> && std::constructible_from<std::remove_cv_t<T>, U>)
    YieldAwaiter yield_value(U&& next) {
        value.emplace(std::forward<U>(next));
        return {*this};
    }
    YieldAwaiter yield_value(T next) noexcept
        requires std::is_reference_v<T>
    {
        value = &next;
        return {*this};
    }

    using SentValue = std::conditional_t<std::is_void_v<Sent>, std::monostate, Sent>;
    Yielded<T> value{};
    std::optional<SentValue> sent;
};

/// Resumes a generator inside the step of the caller's task.
class GeneratorCallAwaiter : public AwaiterTag {
public:
    GeneratorCallAwaiter(Ref<GeneratorCore> core, GeneratorCall call, std::exception_ptr thrown) noexcept
        : core_(std::move(core)), call_(call), thrown_(std::move(thrown)) {}
    GeneratorCallAwaiter(const GeneratorCallAwaiter&) = delete;
    GeneratorCallAwaiter& operator=(const GeneratorCallAwaiter&) = delete;

    bool await_ready() { return core_->is_over(call_, thrown_); }

    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> caller) {
        resumed_ = true;
        core_->resume(caller.promise(), call_, std::move(thrown_));
    }

protected:
    /// True when the generator has yielded.
    bool collect() { return resumed_ && core_->collect(call_); }
    [[nodiscard]] GeneratorPromiseBase& promise() const noexcept { return core_->promise(); }

    Ref<GeneratorCore> core_;

private:
    GeneratorCall call_;
    bool resumed_ = false;
    std::exception_ptr thrown_;
};

template <class T, class Sent>
class NextAwaiter : public GeneratorCallAwaiter {
public:
    using Promise = GeneratorPromise<T, Sent>;
    using SentValue = typename Promise::SentValue;

    NextAwaiter(Ref<GeneratorCore> core, GeneratorCall call, std::exception_ptr thrown, std::optional<SentValue> sent)
        : GeneratorCallAwaiter(std::move(core), call, std::move(thrown)), sent_(std::move(sent)) {}

    template <class Caller>
    void await_suspend(std::coroutine_handle<Caller> caller) {
        static_cast<Promise&>(promise()).sent = std::move(sent_);
        GeneratorCallAwaiter::await_suspend(caller);
    }

    Yielded<T> await_resume() {
        if (!collect()) return Yielded<T>();
        return std::exchange(static_cast<Promise&>(promise()).value, Yielded<T>());
    }

private:
    std::optional<SentValue> sent_;
};

class CloseAwaiter : public GeneratorCallAwaiter {
public:
    using GeneratorCallAwaiter::GeneratorCallAwaiter;
    void await_resume() { static_cast<void>(collect()); }
};

/// What next(), asend() and athrow() return: await it once.
template <class T, class Sent>
class [[nodiscard("nothing happens until it is awaited")]] GeneratorNext {
public:
    using value_type = Yielded<T>;
    using SentValue = typename GeneratorPromise<T, Sent>::SentValue;

    GeneratorNext(Ref<GeneratorCore> core, GeneratorCall call, std::exception_ptr thrown, std::optional<SentValue> sent)
        : core_(std::move(core)), call_(call), thrown_(std::move(thrown)), sent_(std::move(sent)) {}
    auto operator co_await() && {
        return NextAwaiter<T, Sent>(std::move(core_), call_, std::move(thrown_), std::move(sent_));
    }

private:
    Ref<GeneratorCore> core_;
    GeneratorCall call_;
    std::exception_ptr thrown_;
    std::optional<SentValue> sent_;
};

/// What aclose() returns: await it once.
class [[nodiscard("nothing happens until it is awaited")]] GeneratorClose {
public:
    using value_type = void;

    explicit GeneratorClose(Ref<GeneratorCore> core) noexcept : core_(std::move(core)) {}
    auto operator co_await() && { return CloseAwaiter(std::move(core_), GeneratorCall::close, nullptr); }

private:
    Ref<GeneratorCore> core_;
};

}  // namespace detail

/// A coroutine that may co_await, and that gives its caller values by co_yield.
///
///     AsyncGenerator<int> count(int end) {
///         for (int i = 0; i < end; ++i) {
///             co_await sleep(1s);
///             co_yield i;
///         }
///     }
///     auto numbers = count(3);
///     while (auto number = co_await numbers.next()) use(*number);
///
/// Nothing of it runs before the first next(); it runs in the task and in the
/// context of whoever awaits next(). A generator of references gives pointers.
/// Once it has ended, by itself or by an exception, it gives nothing any more.
///
/// Dropping one that has begun and not ended: in the running loop that it was
/// used on, a new task calls aclose(); else its frame is destroyed at once,
/// without resuming it. Generators that are left when run() ends are closed by
/// Loop::shutdown_asyncgens(). One thread only.
template <class T, class Sent>
class [[nodiscard("a generator does nothing until next() is awaited")]] AsyncGenerator {
public:
    using value_type = T;
    using promise_type = detail::GeneratorPromise<T, Sent>;

    AsyncGenerator(AsyncGenerator&&) noexcept = default;
    AsyncGenerator& operator=(AsyncGenerator&&) noexcept = default;

    /// The next value; empty, or for references null, when there is none.
    ///
    /// Suspends:  only where the generator suspends.
    /// Resumes:   at the next co_yield or the end, in the same step of the task.
    /// Cancelled: passes to whatever the generator waits for.
    /// Lifetime:  keeps the generator alive; its arguments must be.
    /// Throws RuntimeError while another task is in the generator.
    auto next() const { return call(detail::GeneratorCall::next, nullptr, std::nullopt); }

    /// As next(), and the co_yield gives \p value to the generator; after next()
    /// it gives an empty optional. Throws TypeError before the first next().
    template <class U = Sent>
        requires(!std::is_void_v<Sent> && std::constructible_from<Sent, U>)
    auto asend(U&& value) const {
        return call(detail::GeneratorCall::send, nullptr, std::optional<Sent>(std::forward<U>(value)));
    }

    /// As next(), and \p error is thrown at the co_yield. A generator that has not
    /// begun ends with it.
    auto athrow(std::exception_ptr error) const {
        return call(detail::GeneratorCall::raise, std::move(error), std::nullopt);
    }

    /// Throws GeneratorExit at the co_yield and waits until the generator ends.
    ///
    /// Suspends:  only where the generator suspends while it cleans up.
    /// Resumes:   when it has ended, in the same step of the task.
    /// Cancelled: passes to whatever the generator waits for.
    /// Lifetime:  keeps the generator alive; its arguments must be.
    /// Throws RuntimeError when the generator yields again, or is running.
    auto aclose() const { return detail::GeneratorClose(core_); }

    /// False once it was moved from.
    [[nodiscard]] bool valid() const noexcept { return static_cast<bool>(core_); }

private:
    friend promise_type;
    explicit AsyncGenerator(detail::GeneratorPromiseBase& promise) : core_(new detail::GeneratorCore(promise)) {}

    auto call(detail::GeneratorCall call, std::exception_ptr thrown,
              std::optional<typename promise_type::SentValue> sent) const {
        return detail::GeneratorNext<T, Sent>(core_, call, std::move(thrown), std::move(sent));
    }

    detail::Ref<detail::GeneratorCore> core_;
};

namespace detail {

template <class T, class Sent>
AsyncGenerator<T, Sent> GeneratorPromise<T, Sent>::get_return_object() {
    static_assert(alignof(GeneratorPromise) <= alignof(std::max_align_t), "promises are found by their alignment");
    return AsyncGenerator<T, Sent>(*this);
}

/// Calls \p f with each value; stops when it returns false.
template <class T, class Sent, class F>
Coro<void> visit_each(AsyncGenerator<T, Sent>& generator, F f) {
    while (auto value = co_await generator.next()) {
        using Result = std::invoke_result_t<F&, decltype(*std::move(value))>;
        if constexpr (std::is_void_v<Result>) {
            std::invoke(f, *std::move(value));
        } else if constexpr (std::convertible_to<Result, bool>) {
            if (!std::invoke(f, *std::move(value))) break;
        } else if constexpr (std::is_void_v<typename Result::value_type>) {
            co_await std::invoke(f, *std::move(value));
        } else {
            if (!co_await std::invoke(f, *std::move(value))) break;
        }
    }
}

template <class T, class Sent, class F>
Coro<void> visit_and_close(AsyncGenerator<T, Sent> generator, F f) {
    std::exception_ptr error;
    try {
        co_await visit_each<T, Sent, F&>(generator, f);
    } catch (...) {
        error = std::current_exception();
    }
    try {
        co_await generator.aclose();
    } catch (...) {
        rethrow_in_context(std::move(error));
    }
    if (error) std::rethrow_exception(std::move(error));
}

}  // namespace detail

/// Calls \p f with each value of \p generator, one after the other.
///
/// \p f may be a function or a coroutine; when it returns bool, false ends the
/// loop, and the generator can go on later.
///
/// Suspends:  where the generator or \p f suspends.
/// Resumes:   after the last value, in the same step of the task.
/// Cancelled: passes to whatever the generator or \p f waits for.
/// Lifetime:  \p generator must outlive the call; \p f is kept.
template <class T, class Sent, class F>
Coro<void> for_each(AsyncGenerator<T, Sent>& generator, F f) {
    return detail::visit_each<T, Sent, F>(generator, std::move(f));
}

/// As above, but owns \p generator, and closes it however the loop ends. When
/// that throws too, its error wins; see with_cleanup() for what becomes of the
/// other.
template <class T, class Sent, class F>
Coro<void> for_each(AsyncGenerator<T, Sent>&& generator, F f) {
    return detail::visit_and_close<T, Sent, F>(std::move(generator), std::move(f));
}

}  // namespace aio
