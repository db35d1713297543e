// fd_wait.h - waits once until a descriptor is ready
#pragma once

#include "aio/coro.h"
#include "aio/detail/fd_watch.h"

#include <coroutine>
#include <cstdint>
#include <string>

namespace aio::detail {

/// What `co_await ready(fd, events)` waits with, inside the waiting frame.
class FdReadyAwaiter : public AwaiterTag, private FdWatch, private Suspension {
public:
    FdReadyAwaiter(int fd, std::uint32_t events) noexcept : fd_(fd), events_(events) {}
    ~FdReadyAwaiter();

    bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiter) {
        suspend(waiter.promise());
    }
    void await_resume();

private:
    void suspend(PromiseBase& waiter);
    void end() noexcept;
    void on_ready(std::uint32_t events) noexcept override;
    /// Whoever waits finds out by using the descriptor.
    void on_lost(int) noexcept override { on_ready(FdEvents::error); }
    bool cancel(const std::string& message) override;
    [[nodiscard]] const char* what() const noexcept override { return "file descriptor"; }

    int fd_;
    std::uint32_t events_;
    TaskCore* task_ = nullptr;
    bool ready_ = false;
    bool cancelled_ = false;
    std::string message_;
};

/// Waits until \p fd is ready for one of \p events (FdEvents), or broken.
///
/// Suspends:  always.
/// Resumes:   from the loop, in the iteration in which the descriptor is ready.
/// Cancelled: ends the watch and throws CancelledError; the descriptor stays open.
/// Lifetime:  the descriptor must stay open; nothing else may watch it.
/// Throws what Poller::add() throws.
class [[nodiscard("nothing happens until it is awaited")]] FdReady {
public:
    FdReady(int fd, std::uint32_t events) noexcept : fd_(fd), events_(events) {}
    auto operator co_await() const noexcept { return FdReadyAwaiter(fd_, events_); }

private:
    int fd_;
    std::uint32_t events_;
};

}  // namespace aio::detail
