// fd_wait.cpp - waits once until a descriptor is ready
#include "aio/detail/fd_wait.h"

#include "aio/detail/poller.h"

namespace aio::detail {

FdReadyAwaiter::~FdReadyAwaiter() { end(); }

void FdReadyAwaiter::suspend(PromiseBase& waiter) {
    TaskCore& task = *waiter.task;
    task.loop().poller()->add(*this, fd_, events_);
    task_ = &task;
    task_->suspend(waiter, *this);
}

void FdReadyAwaiter::end() noexcept {
    if (watching()) task_->loop().poller()->remove(*this);
}

void FdReadyAwaiter::on_ready(std::uint32_t) noexcept {
    ready_ = true;
    end();
    task_->wake();
}

bool FdReadyAwaiter::cancel(const std::string& message) {
    if (ready_ || cancelled_) return false;
    cancelled_ = true;
    message_ = message;
    end();
    task_->wake();
    return true;
}

void FdReadyAwaiter::await_resume() {
    task_->deliver_cancel();
    if (cancelled_) throw CancelledError(message_);
}

}  // namespace aio::detail
