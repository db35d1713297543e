// foreign_awaiter.h - lets aio coroutines await what aio did not write
#pragma once

#include "aio/detail/task_core.h"
#include "aio/frame_allocator.h"

#include <concepts>
#include <coroutine>
#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

namespace aio::detail {

template <class A>
concept native_awaitable =
    requires(A&& a) { requires std::derived_from<decltype(std::forward<A>(a).operator co_await()), AwaiterTag>; };

/// A tiny coroutine whose handle is given to a foreign awaitable.
///
/// Resuming it schedules the step of the task that waits: at once on the loop's
/// thread, through the inbox from another one. So the task never runs inside
/// the code that resumes it, and the trampoline stays in charge.
class Resumer {
public:
    struct promise_type {
        static void* operator new(std::size_t size) { return allocate_frame(size); }
        static void operator delete(void* frame, std::size_t size) noexcept { deallocate_frame(frame, size); }

        Resumer get_return_object() noexcept {
            return Resumer(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        std::suspend_always final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const noexcept { std::terminate(); }
    };

    Resumer() noexcept = default;
    Resumer(Resumer&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    Resumer& operator=(Resumer&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Resumer() {
        if (handle_) handle_.destroy();
    }

    [[nodiscard]] std::coroutine_handle<> handle() const noexcept { return handle_; }
    static Resumer of(TaskCore& task);

private:
    explicit Resumer(std::coroutine_handle<promise_type> handle) noexcept : handle_(handle) {}

    std::coroutine_handle<promise_type> handle_;
};

template <class A>
decltype(auto) awaiter_of(A&& awaitable) {
    if constexpr (requires { std::forward<A>(awaitable).operator co_await(); })
        return std::forward<A>(awaitable).operator co_await();
    else if constexpr (requires { operator co_await(std::forward<A>(awaitable)); })
        return operator co_await(std::forward<A>(awaitable));
    else
        return std::forward<A>(awaitable);
}

/// Wraps the awaiter of a foreign awaitable.
///
/// Cancellation: if the awaiter has `bool cancel()` it is asked to end early;
/// otherwise the request is delivered when the awaitable resumes the task.
template <class A>
class ForeignAwaiter : public AwaiterTag, private Suspension {
    using Inner = decltype(awaiter_of(std::declval<A>()));

public:
    explicit ForeignAwaiter(A awaitable) : inner_(awaiter_of(std::forward<A>(awaitable))) {}

    bool await_ready() { return static_cast<bool>(inner_.await_ready()); }

    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> waiter) {
        task_ = waiter.promise().task;
        resumer_ = Resumer::of(*task_);
        if (!suspend_inner()) return false;
        task_->suspend(waiter.promise(), *this);
        return true;
    }

    decltype(auto) await_resume() {
        if (task_) task_->deliver_cancel();
        return inner_.await_resume();
    }

private:
    bool suspend_inner() {
        const std::coroutine_handle<> mine = resumer_.handle();
        using Result = decltype(inner_.await_suspend(mine));
        if constexpr (std::is_void_v<Result>) {
            inner_.await_suspend(mine);
            return true;
        } else if constexpr (std::same_as<Result, bool>) {
            return inner_.await_suspend(mine) || stay();
        } else {
            const std::coroutine_handle<> next = inner_.await_suspend(mine);
            if (next == mine) return stay();
            next.resume();
            return true;
        }
    }

    bool stay() noexcept {
        task_ = nullptr;
        return false;
    }

    bool cancel(const std::string&) override {
        if constexpr (requires {
                          { inner_.cancel() } -> std::convertible_to<bool>;
                      })
            return inner_.cancel();
        else
            return false;
    }
    [[nodiscard]] const char* what() const noexcept override { return "awaitable"; }

    Inner inner_;
    TaskCore* task_ = nullptr;
    Resumer resumer_;
};

}  // namespace aio::detail
