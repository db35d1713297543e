// condition.h - waits until something under a lock has changed
#pragma once

#include "aio/coro.h"
#include "aio/detail/operation.h"
#include "aio/detail/waiter_list.h"
#include "aio/lock.h"

#include <coroutine>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace aio {

/// A lock, and a place to wait for a change to what it protects. Not for threads.
///
///     auto guard = co_await condition.scoped();
///     co_await condition.wait_for([&] { return ready; });
class Condition {
public:
    /// With a lock of its own.
    Condition() noexcept : lock_(&own_) {}
    /// With \p lock, which must outlive the condition.
    explicit Condition(Lock& lock) noexcept : lock_(&lock) {}
    Condition(const Condition&) = delete;
    Condition& operator=(const Condition&) = delete;

    /// Lock::acquire() of the lock.
    auto acquire() noexcept { return lock_->acquire(); }
    /// Lock::scoped() of the lock.
    auto scoped() noexcept { return lock_->scoped(); }
    /// Lock::release() of the lock.
    void release() { lock_->release(); }
    /// True while a task holds the lock.
    [[nodiscard]] bool locked() const noexcept { return lock_->locked(); }

    /// Releases the lock, waits for a notification and takes the lock again;
    /// always gives true. Throws RuntimeError when the lock is not taken.
    ///
    /// Suspends:  always.
    /// Resumes:   from the loop, when it was notified and has the lock.
    /// Cancelled: gives a notification that it has got to the next waiter, unless
    ///            all were notified, takes the lock again, and then throws
    ///            CancelledError.
    /// Lifetime:  the condition must outlive the wait.
    Coro<bool> wait();

    /// Waits until `predicate()` is true and gives what it gave. The predicate is
    /// called with the lock taken, first at once.
    ///
    /// Suspends:  while the predicate is false.
    /// Resumes:   as wait().
    /// Cancelled: as wait().
    /// Lifetime:  the predicate is kept in this coroutine.
    template <class Predicate>
    Coro<std::decay_t<std::invoke_result_t<Predicate&>>> wait_for(Predicate predicate) {
        while (true) {
            auto result = predicate();
            if (result) co_return result;
            co_await wait();
        }
    }

    /// Wakes at most \p count waiters, in the order in which they began to wait;
    /// throws RuntimeError when the lock is not taken.
    void notify(std::size_t count = 1);

    /// Wakes all waiters; throws RuntimeError when the lock is not taken.
    void notify_all();

private:
    template <class, class, class>
    friend class detail::Operation;

    class Turn : public detail::Waiter {
    public:
        explicit Turn(Condition& condition) noexcept : condition_(condition) {}

        bool await_ready() const noexcept { return false; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiter) {
            wait(waiter.promise(), condition_.waiters_);
        }
        /// True when the notification was for this waiter alone.
        bool await_resume();

    private:
        [[nodiscard]] const char* what() const noexcept override { return "Condition.wait"; }

        Condition& condition_;
    };

    auto turn() noexcept { return detail::Operation<bool, Turn, Condition>(*this); }
    void check_can_notify() const;

    Lock own_;
    Lock* lock_;
    detail::WaiterList waiters_;
};

}  // namespace aio
