// promise.h - what all coroutine promises of aio share
#pragma once

#include "aio/detail/foreign_awaiter.h"
#include "aio/detail/task_core.h"
#include "aio/frame_allocator.h"

#include <concepts>
#include <coroutine>
#include <exception>
#include <source_location>
#include <utility>

namespace aio::detail {

/// The first parameter of a coroutine that only awaits another one: where that
/// one is defined. Reports name and show the other one alone.
struct StandsFor {
    std::source_location where;
};

/// The part of a promise that does not depend on the type of the result.
struct PromiseBase {
    /// Ends a coroutine: hands control to its awaiter through the trampoline.
    struct FinalAwaiter {
        bool await_ready() const noexcept { return false; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
            PromiseBase& promise = ended.promise();
            if (promise.continuation)
                promise.task->transfer(promise.continuation.promise());
            else
                promise.task->root_ended();
        }
        void await_resume() const noexcept {}
    };

    explicit PromiseBase(std::source_location location) noexcept : where(location) {}
    PromiseBase(const PromiseBase&) = delete;
    PromiseBase& operator=(const PromiseBase&) = delete;

    static void* operator new(std::size_t size) { return allocate_frame(size); }
    static void operator delete(void* frame, std::size_t size) noexcept { deallocate_frame(frame, size); }

    std::suspend_always initial_suspend() const noexcept { return {}; }
    FinalAwaiter final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept {
        failed = true;
        task->loop().set_failure(std::current_exception());
    }

    /// Awaitables of aio pass; any other gets a handle that the loop resumes.
    template <class A>
    decltype(auto) await_transform(A&& awaitable) {
        static_assert(!std::derived_from<std::remove_cvref_t<A>, AwaiterTag>,
                      "GCC 12 would copy the awaiter: give its class an operator co_await");
        if constexpr (native_awaitable<A>)
            return std::forward<A>(awaitable);
        else
            return ForeignAwaiter<A&&>(std::forward<A>(awaitable));
    }

    /// The promise of the coroutine that awaits this one, or null.
    [[nodiscard]] PromiseBase* awaiter() const noexcept { return continuation ? &continuation.promise() : nullptr; }

    /// The coroutine. Its promise must begin with this object, and be aligned to
    /// no more than max_align_t, because its handle is computed from it.
    [[nodiscard]] std::coroutine_handle<PromiseBase> self() noexcept {
        return std::coroutine_handle<PromiseBase>::from_promise(*this);
    }

    // The coroutine that awaits this one; debuggers follow members of this name.
    std::coroutine_handle<PromiseBase> continuation;
    TaskCore* task = nullptr;  // set when the coroutine is started
    std::source_location where;
    bool failed = false;     // ended by an exception, which the loop keeps
    bool stands_in = false;  // only awaits the coroutine whose place it bears
};

/// Owns the frame of a coroutine that has not started, or that has ended.
///
/// In between its task owns it.
class CoroOwner {
public:
    CoroOwner() noexcept = default;
    explicit CoroOwner(PromiseBase* promise) noexcept : promise_(promise) {}
    CoroOwner(CoroOwner&& other) noexcept : promise_(other.release()) {}
    CoroOwner& operator=(CoroOwner&& other) noexcept {
        if (this != &other) reset(other.release());
        return *this;
    }
    ~CoroOwner() { reset(nullptr); }

    [[nodiscard]] PromiseBase* get() const noexcept { return promise_; }
    [[nodiscard]] PromiseBase* release() noexcept { return std::exchange(promise_, nullptr); }
    void reset(PromiseBase* promise) noexcept {
        if (PromiseBase* old = std::exchange(promise_, promise)) old->self().destroy();
    }

private:
    PromiseBase* promise_ = nullptr;
};

}  // namespace aio::detail
