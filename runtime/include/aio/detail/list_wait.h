// list_wait.h - waits for a turn in a list
#pragma once

#include "aio/coro.h"
#include "aio/detail/waiter_list.h"

#include <coroutine>

namespace aio::detail {

/// Waits until the list gives a turn.
class ListWaiter : public Waiter {
public:
    ListWaiter(WaiterList& list, const char* what) noexcept : list_(list), what_(what) {}

    bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiter) {
        wait(waiter.promise(), list_);
    }
    void await_resume() { leave(); }

private:
    [[nodiscard]] const char* what() const noexcept override { return what_; }

    WaiterList& list_;
    const char* what_;
};

/// Waits in \p list; \p what is a word for Task::stack().
///
/// Suspends:  always.
/// Resumes:   from the loop, after WaiterList::wake_all() or its like.
/// Cancelled: leaves the list and throws CancelledError.
/// Lifetime:  the list may go first; the task then waits for ever.
class [[nodiscard("nothing happens until it is awaited")]] ListWait {
public:
    ListWait(WaiterList& list, const char* what) noexcept : list_(&list), what_(what) {}
    auto operator co_await() const noexcept { return ListWaiter(*list_, what_); }

private:
    WaiterList* list_;
    const char* what_;
};

}  // namespace aio::detail
