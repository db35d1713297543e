// event.h - tells any number of tasks that something has happened
#pragma once

#include "aio/detail/operation.h"
#include "aio/detail/waiter_list.h"

#include <coroutine>

namespace aio {

/// A flag that tasks can wait for. Not for threads.
///
/// Belongs to one loop from the first wait on.
class Event {
public:
    Event() = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    /// True from set() until the next clear().
    [[nodiscard]] bool is_set() const noexcept { return set_; }

    /// Sets the flag; all that wait now go on, in the order in which they began
    /// to wait, even when clear() comes before they run.
    void set();

    /// Clears the flag: wait() waits again.
    void clear();

    /// Waits for the flag; always gives true.
    ///
    /// Suspends:  only while the flag is not set.
    /// Resumes:   from the loop, in the iteration after set().
    /// Cancelled: throws CancelledError.
    /// Lifetime:  the event must outlive the wait.
    auto wait() noexcept { return detail::Operation<bool, Wait, Event>(*this); }

    /// For the other headers of aio.
    void check_thread() const { waiters_.check_thread(); }

private:
    template <class, class, class>
    friend class detail::Operation;

    class Wait : public detail::Waiter {
    public:
        explicit Wait(Event& event) noexcept : event_(event) {}

        bool await_ready() const {
            event_.waiters_.check_thread();
            return event_.set_;
        }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiter) {
            wait(waiter.promise(), event_.waiters_);
        }
        bool await_resume() {
            if (waited()) leave();
            return true;
        }

    private:
        [[nodiscard]] const char* what() const noexcept override { return "Event.wait"; }

        Event& event_;
    };

    bool set_ = false;
    detail::WaiterList waiters_;
};

}  // namespace aio
