// sleep.cpp - a timer inside the frame that sleeps
#include "aio/detail/promise.h"
#include "aio/detail/sleep_awaiter.h"

namespace aio::detail {

Pause::~Pause() {
    if (in_heap()) task_->loop().remove_timer(*this);
}

void Pause::suspend(PromiseBase& waiter) {
    task_ = waiter.task;
    if (delay_ > 0) {
        LoopCore& loop = task_->loop();
        set_when(loop.time() + delay_);
        loop.add_timer(*this);
    } else {
        over_ = true;
        task_->wake();
    }
    task_->suspend(waiter, *this);
}

void Pause::resume() const {
    if (!cancelled_) return task_->deliver_cancel();
    task_->drop_cancel();
    throw CancelledError(message_ ? *message_ : std::string());
}

void Pause::run(LoopCore&) {
    if (cancelled_) return;
    over_ = true;
    task_->wake();
}

bool Pause::cancel(const std::string& message) {
    if (over_ || cancelled_) return false;
    cancelled_ = true;
    if (!message.empty()) message_ = std::make_unique<std::string>(message);
    if (in_heap()) task_->loop().remove_timer(*this);
    task_->wake();
    return true;
}

}  // namespace aio::detail
