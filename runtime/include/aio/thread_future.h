// thread_future.h - carries a result from a loop to other threads
#pragma once

#include "aio/detail/annotations.h"
#include "aio/detail/thread_future_state.h"
#include "aio/task.h"

#include <memory>
#include <optional>
#include <source_location>
#include <utility>

namespace aio {

/// The result of a coroutine that runs on the loop of another thread.
///
/// Any thread may use it. Copies refer to the same result.
template <class T = void>
class ThreadFuture {
public:
    using value_type = T;

    explicit ThreadFuture(std::shared_ptr<detail::ThreadFutureState<T>> state) : state_(std::move(state)) {}

    /// Blocks the thread until the result is there; returns or rethrows it.
    ///
    /// Throws TimeoutError after \p timeout and CancelledError when cancelled.
    /// The value is copied if that is possible, else moved, once.
    AIO_ANY_THREAD AIO_BLOCKING T get(std::optional<Seconds> timeout = std::nullopt) const {
        state_->wait(timeout);
        return state_->result();
    }

    /// Cancels this future at once, and the coroutine as soon as its loop gets to
    /// it. False when there is a result or an error already.
    AIO_ANY_THREAD bool cancel() const { return state_->cancel(); }

    /// True once there is a result, an error or a cancellation.
    AIO_ANY_THREAD [[nodiscard]] bool done() const { return state_->done(); }
    /// True when the coroutine was cancelled, or never started for that reason.
    AIO_ANY_THREAD [[nodiscard]] bool cancelled() const { return state_->cancelled(); }

    /// For the other headers of aio.
    [[nodiscard]] const std::shared_ptr<detail::ThreadFutureState<T>>& state() const noexcept { return state_; }

private:
    std::shared_ptr<detail::ThreadFutureState<T>> state_;
};

/// Runs \p coro as a task of \p loop, which another thread runs.
///
/// Any thread, but not from the loop's own with a blocking get(). When the loop
/// is closed before the coroutine has ended, the result is a RuntimeError.
template <class T>
AIO_ANY_THREAD ThreadFuture<T> run_coroutine_threadsafe(Loop& loop, Coro<T> coro,
                                                        std::source_location where = std::source_location::current()) {
    auto state = std::make_shared<detail::ThreadFutureState<T>>(loop.core().inbox());
    detail::ThreadFuturePromise<T> promise(state);
    auto start = [&loop, coro = std::move(coro), promise = std::move(promise), where]() mutable {
        if (!promise.begin()) return coro.close();
        const Task<T> task = loop.create_task(std::move(coro), where);
        promise.follow(static_cast<detail::TaskCore&>(*task.state()));
        task.add_done_callback(
            [promise = std::move(promise)](Task<T>& ended) mutable { promise.complete(*ended.state()); });
    };
    try {
        loop.core().post(std::move(start), false);
    } catch (const RuntimeError&) {
        // The closure goes away, and its promise tells the future.
    }
    return ThreadFuture<T>(std::move(state));
}

/// A future of the running loop that gets the result of \p source.
template <class T>
Future<T> wrap_future(const ThreadFuture<T>& source, std::source_location where = std::source_location::current()) {
    Loop& loop = get_running_loop();
    Future<T> future = loop.create_future<T>(where);
    auto op = std::make_shared<detail::WrapOp<T>>(loop.core(), future.state(), source.state());
    loop.core().external_ops().add(*op);
    future.add_done_callback([source](Future<T>& ended) {
        if (ended.cancelled()) source.cancel();
    });
    source.state()->on_done([op] { op->finish(); });
    return future;
}

}  // namespace aio
