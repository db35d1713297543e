// queue_core.cpp - who waits for a queue, whatever it holds
#include "aio/detail/queue_core.h"

#include "aio/errors.h"

namespace aio::detail {

void QueueCore::check_not_full() const {
    if (full()) throw QueueFull();
}

void QueueCore::check_not_empty() const {
    if (size_ == 0) throw QueueEmpty();
}

void QueueCore::added() noexcept {
    ++size_;
    ++unfinished_;
    finished_.clear();
    getters_.wake_next();
}

void QueueCore::removed() noexcept {
    --size_;
    putters_.wake_next();
}

void QueueCore::task_done() {
    check_thread();
    if (unfinished_ == 0) throw ValueError("task_done() called too many times");
    if (--unfinished_ == 0) finished_.set();
}

Coro<void> QueueCore::join() { co_await finished_.wait(); }

void QueueCore::Room::await_resume() {
    if (!waited()) return;
    try {
        leave();
    } catch (...) {
        // The room that woke this one is for the next.
        if (woken() && !queue_.full()) queue_.putters_.wake_next();
        throw;
    }
}

void QueueCore::Item::await_resume() {
    if (!waited()) return;
    try {
        leave();
    } catch (...) {
        // The item that woke this one is for the next.
        if (woken() && queue_.size_ > 0) queue_.getters_.wake_next();
        throw;
    }
}

}  // namespace aio::detail
