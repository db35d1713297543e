// coro.h - a coroutine that starts when it is awaited
#pragma once

#include "aio/detail/future_awaiter.h"
#include "aio/detail/promise.h"
#include "aio/detail/result_slot.h"
#include "aio/errors.h"
#include "aio/warning.h"

#include <concepts>
#include <coroutine>
#include <memory>
#include <new>
#include <source_location>
#include <string>
#include <string_view>

// The frame of a coroutine that is awaited at once may lie in that of its caller.
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::coro_await_elidable)
#define AIO_AWAIT_ELIDABLE [[clang::coro_await_elidable]]
#endif
#endif
#ifndef AIO_AWAIT_ELIDABLE
#define AIO_AWAIT_ELIDABLE
#endif

namespace aio {

namespace detail {

template <class T>
class CoroAwaiter;

/// What Coro::describe() says of \p coroutine, which may be null.
[[nodiscard]] std::string describe_coroutine(const PromiseBase* coroutine);
[[nodiscard]] std::string_view coroutine_name(const std::source_location& where) noexcept;
/// True for the coroutine in which aio awaits what is none; its place tells nothing.
[[nodiscard]] bool is_await_frame(const std::source_location& where) noexcept;
void warn_never_awaited(const std::source_location& where) noexcept;
[[noreturn]] void throw_reused_coroutine();

template <class T>
struct PromiseValue : PromiseBase {
    using PromiseBase::PromiseBase;

    template <class U>
        requires(!std::is_reference_v<T> && std::constructible_from<Stored<T>, U>)
    void return_value(U&& result) {
        slot.emplace(std::forward<U>(result));
    }
    void return_value(T result) noexcept
        requires std::is_reference_v<T>
    {
        slot.emplace(&result);
    }

    Stored<T>& value() noexcept { return slot.get(); }

    [[no_unique_address]] ResultSlot<Stored<T>> slot;
};

template <class T>
    requires std::is_void_v<T>
struct PromiseValue<T> : PromiseBase {
    using PromiseBase::PromiseBase;
    void return_void() const noexcept {}
};

template <class T>
struct CoroPromise : PromiseValue<T> {
    explicit CoroPromise(std::source_location location = std::source_location::current()) noexcept
        : PromiseValue<T>(location) {}
    template <std::same_as<StandsFor> Other, class... Args>
    explicit CoroPromise(const Other& other, const Args&...) noexcept : PromiseValue<T>(other.where) {
        this->stands_in = true;
    }
    Coro<T> get_return_object() noexcept;
};

}  // namespace detail

/// A coroutine: nothing of it runs before it is awaited or becomes a task.
///
/// Owns the coroutine and its parameters, which live until it has ended and its
/// awaiter has the result. Dropping one that never ran destroys the parameters;
/// in debug mode this is reported as a warning.
///
/// Awaiting it (only as an rvalue: `co_await f()`, `co_await std::move(c)`):
/// Suspends:  only where the coroutine itself suspends.
/// Resumes:   when the coroutine has ended, in the same step of the task.
/// Cancelled: passes to whatever the coroutine waits for.
/// Lifetime:  the awaiting coroutine owns it; references that it was given must
///            outlive it.
/// Awaiting one that was moved from or awaited before throws RuntimeError.
template <class T>
class [[nodiscard("a coroutine does nothing until it is awaited")]] AIO_AWAIT_ELIDABLE Coro {
public:
    using value_type = T;
    using promise_type = detail::CoroPromise<T>;

    Coro(Coro&&) noexcept = default;
    Coro& operator=(Coro&& other) noexcept {
        if (this != &other) {
            warn_unused();
            owner_ = std::move(other.owner_);
        }
        return *this;
    }
    ~Coro() { warn_unused(); }

    auto operator co_await() && { return detail::CoroAwaiter<T>(owner_.release()); }

    /// Destroys the coroutine without running it and without a warning.
    void close() noexcept { owner_.reset(nullptr); }

    /// False once it was awaited, closed or moved from.
    [[nodiscard]] bool valid() const noexcept { return owner_.get() != nullptr; }

    /// The name of the coroutine function; empty when not valid.
    [[nodiscard]] std::string_view name() const noexcept {
        return valid() ? detail::coroutine_name(owner_.get()->where) : std::string_view();
    }

    /// "<coroutine object f at 0x5581>", as Python shows it; "<coroutine object>"
    /// when not valid.
    [[nodiscard]] std::string describe() const { return detail::describe_coroutine(owner_.get()); }

    /// Where the coroutine function is defined.
    [[nodiscard]] std::source_location where() const noexcept {
        return valid() ? owner_.get()->where : std::source_location();
    }

    /// Gives up the coroutine, for the other headers of aio; null if not valid.
    [[nodiscard]] detail::PromiseBase* release() noexcept { return owner_.release(); }

private:
    friend promise_type;
    explicit Coro(detail::PromiseBase& promise) noexcept : owner_(&promise) {}

    void warn_unused() const noexcept {
        if (owner_.get()) detail::warn_never_awaited(owner_.get()->where);
    }

    detail::CoroOwner owner_;
};

namespace detail {

template <class T>
Coro<T> CoroPromise<T>::get_return_object() noexcept {
    static_assert(alignof(CoroPromise) <= alignof(std::max_align_t));
    return Coro<T>(*this);
}

/// Runs a child coroutine to its end, inside the step of the parent's task.
template <class T>
class CoroAwaiter : public AwaiterTag {
public:
    explicit CoroAwaiter(PromiseBase* child) noexcept : child_(child) {}
    CoroAwaiter(const CoroAwaiter&) = delete;
    CoroAwaiter& operator=(const CoroAwaiter&) = delete;

    bool await_ready() const {
        if (!child_) throw_reused_coroutine();
        return false;
    }

    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> parent) noexcept {
        child_->continuation = std::coroutine_handle<PromiseBase>::from_address(parent.address());
        child_->task = parent.promise().task;
        child_->task->transfer(*child_);
    }

    /// The child's frame is gone when the parent goes on.
    T await_resume() {
        const CoroOwner ended(child_);
        auto& child = static_cast<CoroPromise<T>&>(*child_);
        if (child.failed) std::rethrow_exception(child.task->loop().take_failure());
        if constexpr (!std::is_void_v<T>) return unwrap<T>(std::move(child.value()));
    }

private:
    PromiseBase* child_;
};

}  // namespace detail
}  // namespace aio
