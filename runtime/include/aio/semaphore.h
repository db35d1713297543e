// semaphore.h - lets a limited number of tasks into a section
#pragma once

#include "aio/detail/operation.h"
#include "aio/detail/waiter_list.h"

#include <coroutine>
#include <cstddef>
#include <utility>

namespace aio {

/// A counter that acquire() takes from and release() adds to. Not for threads.
///
/// Waiting tasks are served in the order in which they began to wait; nobody
/// overtakes them. Belongs to one loop from the first wait on.
///
///     auto permit = co_await semaphore.scoped();  // given back at the end of the block
class Semaphore {
public:
    /// Gives one permit back when it is destroyed.
    class [[nodiscard]] Guard {
    public:
        /// Takes over one permit of \p semaphore.
        explicit Guard(Semaphore& semaphore) noexcept : semaphore_(&semaphore) {}
        Guard(Guard&& other) noexcept : semaphore_(std::exchange(other.semaphore_, nullptr)) {}
        Guard& operator=(Guard&&) = delete;
        ~Guard() {
            if (semaphore_) semaphore_->release();
        }

    private:
        Semaphore* semaphore_;
    };

    /// Starts with \p value permits; throws ValueError when it is negative.
    explicit Semaphore(std::ptrdiff_t value = 1);
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;
    virtual ~Semaphore() = default;

    /// True when acquire() would wait: no permit is left or tasks wait already.
    [[nodiscard]] bool locked() const noexcept { return value_ == 0 || !waiters_.all_cancelled(); }

    /// Takes a permit; always gives true.
    ///
    /// Suspends:  only when locked().
    /// Resumes:   from the loop, in the iteration after release().
    /// Cancelled: gives a permit that it has got to the next waiter and throws
    ///            CancelledError.
    /// Lifetime:  the semaphore must outlive the wait.
    auto acquire() noexcept { return detail::Operation<bool, Acquire, Semaphore>(*this); }

    /// Takes a permit and gives a guard that returns it; waits as acquire().
    auto scoped() noexcept { return detail::Operation<Guard, AcquireScoped, Semaphore>(*this); }

    /// Gives a permit back, or adds one.
    virtual void release();

protected:
    /// The number of permits that are left.
    [[nodiscard]] std::ptrdiff_t value() const noexcept { return value_; }

private:
    template <class, class, class>
    friend class detail::Operation;

    class Acquire : public detail::Waiter {
    public:
        explicit Acquire(Semaphore& semaphore) noexcept : semaphore_(semaphore) {}
        /// A permit that a destroyed task never took goes back.
        ~Acquire() {
            if (queued() && woken()) ++semaphore_.value_;
        }

        bool await_ready() { return semaphore_.try_acquire(); }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiter) {
            wait(waiter.promise(), semaphore_.waiters_);
        }
        bool await_resume();

    protected:
        [[nodiscard]] const char* what() const noexcept override { return "Semaphore.acquire"; }

        Semaphore& semaphore_;
    };

    class AcquireScoped : public Acquire {
    public:
        using Acquire::Acquire;
        Guard await_resume() {
            Acquire::await_resume();
            return Guard(semaphore_);
        }
    };

    bool try_acquire();
    void add_permit() noexcept;
    void serve_next() noexcept;

    std::ptrdiff_t value_;
    detail::WaiterList waiters_;
};

/// A semaphore that refuses to hold more permits than it started with.
class BoundedSemaphore : public Semaphore {
public:
    /// At most \p value permits; throws ValueError when it is negative.
    explicit BoundedSemaphore(std::ptrdiff_t value = 1) : Semaphore(value), bound_(value) {}

    /// Gives a permit back; throws ValueError when all are back already.
    void release() override;

private:
    std::ptrdiff_t bound_;
};

}  // namespace aio
