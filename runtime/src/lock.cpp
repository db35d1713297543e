// lock.cpp - lets one task at a time into a section
#include "aio/lock.h"

#include "aio/detail/promise.h"

namespace aio {

bool Lock::try_acquire() noexcept {
    if (locked_ || !waiters_.all_cancelled()) return false;
    locked_ = true;
    return true;
}

void Lock::release() {
    if (!locked_) throw RuntimeError("Lock is not acquired.");
    locked_ = false;
    waiters_.wake_first();
}

void Lock::Acquire::await_resume() {
    if (!waited()) return;
    try {
        leave();
    } catch (...) {
        // The turn may have been given to this waiter: pass it on.
        if (!lock_.locked_) lock_.waiters_.wake_first();
        throw;
    }
    lock_.locked_ = true;
}

namespace detail {

Waiter::~Waiter() {
    if (list_) list_->remove(*this);
}

void Waiter::wait(PromiseBase& waiter, WaiterList& list) {
    task_ = waiter.task;
    list_ = &list;
    list.add(*this);
    task_->suspend(waiter, *this);
}

void Waiter::leave() {
    std::exchange(list_, nullptr)->remove(*this);
    task_->deliver_cancel();
    if (cancelled_) throw CancelledError(message_);
}

bool Waiter::cancel(const std::string& message) {
    if (woken_ || cancelled_) return false;
    cancelled_ = true;
    message_ = message;
    task_->wake();
    return true;
}

bool WaiterList::all_cancelled() const noexcept {
    for (const Waiter* waiter = first_; waiter; waiter = waiter->next_) {
        if (!waiter->cancelled_) return false;
    }
    return true;
}

bool WaiterList::wake_first() noexcept {
    if (!first_) return false;
    if (!first_->woken_ && !first_->cancelled_) {
        first_->woken_ = true;
        first_->task_->wake();
    }
    return true;
}

void WaiterList::add(Waiter& waiter) noexcept {
    waiter.previous_ = last_;
    (last_ ? last_->next_ : first_) = &waiter;
    last_ = &waiter;
}

void WaiterList::remove(Waiter& waiter) noexcept {
    (waiter.previous_ ? waiter.previous_->next_ : first_) = waiter.next_;
    (waiter.next_ ? waiter.next_->previous_ : last_) = waiter.previous_;
}

}  // namespace detail
}  // namespace aio
