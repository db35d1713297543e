// thread_future_state.h - the shared part of a ThreadFuture
#pragma once

#include "aio/detail/external_op.h"
#include "aio/detail/future_awaiter.h"

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace aio::detail {

/// The part of a ThreadFuture that does not depend on its type.
class ThreadFutureCore : public std::enable_shared_from_this<ThreadFutureCore> {
public:
    explicit ThreadFutureCore(std::shared_ptr<Inbox> inbox) noexcept : inbox_(std::move(inbox)) {}
    virtual ~ThreadFutureCore() = default;

    void wait(std::optional<Seconds> timeout);
    [[nodiscard]] bool done();
    [[nodiscard]] bool cancelled();
    bool cancel();
    /// Calls \p callback when done, at once if it is; on the completing thread.
    void on_done(Callback callback);

    /// The loop takes the coroutine up; false when it was cancelled before.
    bool begin();
    /// Cancelling reaches \p task from now on. Loop's thread.
    void follow(TaskCore& task);
    void fail(std::exception_ptr error, bool cancelled);

protected:
    enum class Status { waiting, running, finished, failed, cancelled };

    [[nodiscard]] bool is_done() const noexcept { return status_ >= Status::finished; }
    /// Sets the status and calls the callbacks; the lock is released.
    void complete(std::unique_lock<std::mutex> lock, Status status);

    std::mutex mutex_;
    std::condition_variable done_;
    Status status_ = Status::waiting;
    std::exception_ptr error_;

private:
    class CancelRequest;

    std::vector<Callback> callbacks_;
    std::shared_ptr<Inbox> inbox_;
    TaskCore* task_ = nullptr;  // loop's thread only; null once the task is done
};

template <class T>
class ThreadFutureState final : public ThreadFutureCore {
public:
    using ThreadFutureCore::ThreadFutureCore;

    void finish(Stored<T> value) {
        std::unique_lock lock(mutex_);
        if (is_done()) return;
        value_.emplace(std::move(value));
        complete(std::move(lock), Status::finished);
    }

    /// The value or error of a future that is done.
    T result() {
        const std::unique_lock lock(mutex_);
        if (error_) std::rethrow_exception(error_);
        if constexpr (copyable<Stored<T>>)
            return unwrap<T>(Stored<T>(*value_));
        else
            return unwrap<T>(std::move(*value_));
    }

private:
    std::optional<Stored<T>> value_;
};

/// Completes a ThreadFuture; one that is dropped completes it with an error.
template <class T>
class ThreadFuturePromise {
public:
    explicit ThreadFuturePromise(std::shared_ptr<ThreadFutureState<T>> state) noexcept : state_(std::move(state)) {}
    ThreadFuturePromise(ThreadFuturePromise&&) noexcept = default;
    ThreadFuturePromise& operator=(ThreadFuturePromise&&) = delete;
    ~ThreadFuturePromise() {
        if (state_) state_->fail(std::make_exception_ptr(RuntimeError("Event loop is closed")), false);
    }

    bool begin() {
        if (state_->begin()) return true;
        state_.reset();
        return false;
    }
    void follow(TaskCore& task) { state_->follow(task); }
    void complete(FutureState& ended) {
        const auto state = std::move(state_);
        // Cancelled before: an error of the task is nobody's any more.
        if (state->done()) return;
        if (ended.status() == FutureStatus::finished) {
            try {
                state->finish(ValueAccess::copy_or_take<T>(ended));
            } catch (...) {
                state->fail(std::current_exception(), false);
            }
        } else {
            ended.mark_retrieved();
            state->fail(ended.error(), ended.cancelled());
        }
    }

private:
    std::shared_ptr<ThreadFutureState<T>> state_;
};

/// Carries the result of a ThreadFuture into a future of this loop.
template <class T>
class WrapOp final : public ExternalOp {
public:
    WrapOp(LoopCore& loop, Ref<FutureState> future, std::shared_ptr<ThreadFutureState<T>> source)
        : ExternalOp(loop.inbox()), future_(std::move(future)), source_(std::move(source)) {}

    void abandon() noexcept override { future_ = nullptr; }

private:
    void deliver() override {
        const Ref<FutureState> future = std::move(future_);
        if (!future || future->done()) return;
        auto& plain = static_cast<PlainFuture<T>&>(*future);
        try {
            if constexpr (std::is_void_v<T>) {
                source_->result();
                plain.emplace();
            } else if constexpr (std::is_reference_v<T>) {
                plain.emplace(&source_->result());
            } else {
                plain.emplace(source_->result());
            }
            plain.settle(FutureStatus::finished);
        } catch (const CancelledError&) {
            plain.settle(FutureStatus::cancelled, std::current_exception());
        } catch (...) {
            plain.settle(FutureStatus::failed, std::current_exception());
        }
    }

    Ref<FutureState> future_;
    std::shared_ptr<ThreadFutureState<T>> source_;
};

}  // namespace aio::detail
