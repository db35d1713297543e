// thread_future.cpp - carries a result from a loop to other threads
#include "aio/thread_future.h"

namespace aio::detail {

void ThreadFutureCore::wait(std::optional<Seconds> timeout) {
    // What is longer cannot be counted in nanoseconds.
    constexpr Seconds century(100.0 * 365 * 24 * 3600);
    std::unique_lock lock(mutex_);
    const auto ready = [this] { return is_done(); };
    if (!timeout || *timeout > century)
        done_.wait(lock, ready);
    else if (!done_.wait_for(lock, *timeout, ready))
        throw TimeoutError();
}

bool ThreadFutureCore::done() {
    const std::lock_guard lock(mutex_);
    return is_done();
}

bool ThreadFutureCore::cancelled() {
    const std::lock_guard lock(mutex_);
    return status_ == Status::cancelled;
}

/// Carries a cancellation to the loop's thread.
class ThreadFutureCore::CancelRequest final : public Runnable {
public:
    explicit CancelRequest(std::shared_ptr<ThreadFutureCore> future) : future_(std::move(future)) {}

    void run(LoopCore&) override {
        const std::unique_ptr<CancelRequest> self(this);
        if (future_->task_) future_->task_->cancel({});
    }
    void discard() noexcept override { delete this; }

private:
    std::shared_ptr<ThreadFutureCore> future_;
};

bool ThreadFutureCore::cancel() {
    std::unique_lock lock(mutex_);
    if (is_done()) return status_ == Status::cancelled;
    const bool started = status_ == Status::running;
    error_ = std::make_exception_ptr(CancelledError());
    complete(std::move(lock), Status::cancelled);
    if (!started) return true;
    auto request = std::make_unique<CancelRequest>(shared_from_this());
    if (inbox_->post(*request)) static_cast<void>(request.release());
    return true;
}

void ThreadFutureCore::on_done(Callback callback) {
    {
        const std::lock_guard lock(mutex_);
        if (!is_done()) return callbacks_.push_back(std::move(callback));
    }
    callback();
}

bool ThreadFutureCore::begin() {
    const std::lock_guard lock(mutex_);
    if (status_ != Status::waiting) return false;
    status_ = Status::running;
    return true;
}

void ThreadFutureCore::follow(TaskCore& task) {
    task_ = &task;
    task.add_callback([self = shared_from_this()](FutureBase&) { self->task_ = nullptr; });
}

void ThreadFutureCore::fail(std::exception_ptr error, bool cancelled) {
    std::unique_lock lock(mutex_);
    if (is_done()) return;
    error_ = std::move(error);
    complete(std::move(lock), cancelled ? Status::cancelled : Status::failed);
}

void ThreadFutureCore::complete(std::unique_lock<std::mutex> lock, Status status) {
    status_ = status;
    std::vector<Callback> callbacks = std::move(callbacks_);
    done_.notify_all();
    lock.unlock();
    for (Callback& callback : callbacks) callback();
}

}  // namespace aio::detail
