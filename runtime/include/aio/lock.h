// lock.h - lets one task at a time into a section
#pragma once

#include "aio/detail/operation.h"
#include "aio/detail/waiter_list.h"

#include <utility>

namespace aio {

/// A mutual exclusion lock for tasks. Not for threads.
///
/// Waiting tasks get the lock in the order in which they began to wait; nobody
/// overtakes them. Belongs to one loop from the first wait on.
///
///     auto guard = co_await lock.scoped();  // released at the end of the block
class Lock {
public:
    /// Releases the lock when it is destroyed.
    class [[nodiscard]] Guard {
    public:
        /// Takes over \p lock, which the task holds.
        explicit Guard(Lock& lock) noexcept : lock_(&lock) {}
        Guard(Guard&& other) noexcept : lock_(std::exchange(other.lock_, nullptr)) {}
        Guard& operator=(Guard&&) = delete;
        /// A task that is destroyed inside Condition::wait() does not have the lock.
        ~Guard() {
            if (lock_ && lock_->locked()) lock_->release();
        }

    private:
        Lock* lock_;
    };

    Lock() = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    /// True while a task holds the lock.
    [[nodiscard]] bool locked() const noexcept { return locked_; }

    /// Takes the lock; always gives true.
    ///
    /// Suspends:  while another task has it or waits for it.
    /// Resumes:   from the loop, in the iteration after release().
    /// Cancelled: gives its turn to the next waiter and throws CancelledError.
    /// Lifetime:  the lock must outlive the wait.
    auto acquire() noexcept { return detail::Operation<bool, Acquire, Lock>(*this); }

    /// Takes the lock and gives a guard that releases it; waits as acquire().
    auto scoped() noexcept { return detail::Operation<Guard, AcquireScoped, Lock>(*this); }

    /// Gives the lock back; throws RuntimeError when it is not locked.
    void release();

private:
    template <class, class, class>
    friend class detail::Operation;

    class Acquire : public detail::Waiter {
    public:
        explicit Acquire(Lock& lock) noexcept : lock_(lock) {}

        bool await_ready() { return lock_.try_acquire(); }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiter) {
            wait(waiter.promise(), lock_.waiters_);
        }
        bool await_resume();

    protected:
        [[nodiscard]] const char* what() const noexcept override { return "Lock.acquire"; }

        Lock& lock_;
    };

    class AcquireScoped : public Acquire {
    public:
        using Acquire::Acquire;
        Guard await_resume() {
            Acquire::await_resume();
            return Guard(lock_);
        }
    };

    bool try_acquire();

    bool locked_ = false;
    detail::WaiterList waiters_;
};

}  // namespace aio
