// waiter_list.cpp - tasks that wait for a synchronisation object
#include "aio/detail/waiter_list.h"

#include "aio/detail/promise.h"

#include <utility>

namespace aio::detail {

Waiter::~Waiter() {
    if (list_) list_->remove(*this);
}

void Waiter::wait(PromiseBase& waiter, WaiterList& list) {
    list.bind(waiter.task->loop(), what());
    task_ = waiter.task;
    list_ = &list;
    list.add(*this);
    task_->suspend(waiter, *this);
}

void Waiter::leave() {
    if (WaiterList* list = std::exchange(list_, nullptr)) list->remove(*this);
    if (!cancelled_) return task_->deliver_cancel();
    task_->drop_cancel();
    throw CancelledError(message_ ? *message_ : std::string());
}

bool Waiter::cancel(const std::string& message) {
    if (woken_ || cancelled_) return false;
    cancelled_ = true;
    if (!message.empty()) message_ = std::make_unique<std::string>(message);
    task_->wake();
    return true;
}

WaiterList::~WaiterList() {
    for (Waiter* waiter = first_; waiter; waiter = waiter->next_) waiter->list_ = nullptr;
}

void WaiterList::bind(LoopCore& loop, const char* what) {
    if (!loop_) loop_ = Ref<LoopCore>(&loop);
    if (loop_.get() != &loop) throw RuntimeError(std::string(what) + " is bound to a different event loop");
}

bool WaiterList::all_cancelled() const noexcept {
    for (const Waiter* waiter = first_; waiter; waiter = waiter->next_) {
        if (!waiter->cancelled_) return false;
    }
    return true;
}

bool WaiterList::wake_first() noexcept {
    if (!first_) return false;
    if (!first_->woken_ && !first_->cancelled_) wake(*first_, true);
    return true;
}

bool WaiterList::wake_next() noexcept {
    for (Waiter* waiter = first_; waiter; waiter = waiter->next_) {
        if (waiter->woken_ || waiter->cancelled_) continue;
        wake(*waiter, true);
        return true;
    }
    return false;
}

void WaiterList::wake_all() noexcept {
    for (Waiter* waiter = first_; waiter; waiter = waiter->next_) {
        if (!waiter->woken_ && !waiter->cancelled_) wake(*waiter, false);
    }
}

void WaiterList::wake(Waiter& waiter, bool alone) noexcept {
    waiter.woken_ = true;
    waiter.woken_alone_ = alone;
    waiter.task_->wake();
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

}  // namespace aio::detail
