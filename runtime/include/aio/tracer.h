// tracer.h - observes what a loop does
#pragma once

#include "aio/task.h"
#include "aio/timing.h"

#include <cstddef>
#include <string_view>

namespace aio {

/// What a task has begun to wait for.
struct Awaiting {
    /// "sleep", "Lock.acquire", "Future", "Task" and the like.
    std::string_view what;
    /// The awaited task, or an empty handle.
    TaskBase task;
};

/// Observes a loop: Loop::set_tracer() or LoopOptions::tracer.
///
/// Every function does nothing unless a derived class overrides it. All are
/// called on the loop's thread, must return soon and must not throw. A tracer
/// observes one loop at a time, and stops when either of the two is destroyed.
/// Without one, a loop only compares a pointer with null.
///
/// A tracer that is set while tasks are running sees the rest of their story.
class Tracer {
public:
    Tracer() = default;
    Tracer(const Tracer&) = delete;
    Tracer& operator=(const Tracer&) = delete;
    virtual ~Tracer();

    /// \p task was created; current_task() is its creator, if that is a task.
    virtual void on_task_create(const TaskBase& task) { static_cast<void>(task); }

    /// The coroutines of \p task are about to run until they suspend or end.
    virtual void on_step_begin(const TaskBase& task) { static_cast<void>(task); }
    /// They have suspended or ended.
    virtual void on_step_end(const TaskBase& task) { static_cast<void>(task); }

    /// \p task suspends because \p awaiting is not ready.
    virtual void on_suspend(const TaskBase& task, const Awaiting& awaiting) {
        static_cast<void>(task);
        static_cast<void>(awaiting);
    }

    /// The next step of \p task is scheduled; current_task() has caused it, or else a callback or a timer.
    virtual void on_wake(const TaskBase& task) { static_cast<void>(task); }

    /// Somebody requests the cancellation of \p task, which is not done.
    virtual void on_cancel(const TaskBase& task) { static_cast<void>(task); }

    /// \p task is done; who waits for it is woken next.
    virtual void on_task_done(const TaskBase& task) { static_cast<void>(task); }

    /// A callback is about to run; \p callback is its type as C++ writes it.
    virtual void on_handle_run_begin(std::string_view callback) { static_cast<void>(callback); }
    /// It has returned or thrown.
    virtual void on_handle_run_end(std::string_view callback) { static_cast<void>(callback); }

    /// An iteration is about to run \p ready callbacks and steps.
    virtual void on_iteration(std::size_t ready) { static_cast<void>(ready); }

    /// The loop is about to sleep for at most \p wait, infinite when there is no
    /// timer. With a virtual clock this happens only while threads are at work.
    virtual void on_select(Seconds wait) { static_cast<void>(wait); }

    /// A run of the loop ends, perhaps by an exception.
    virtual void on_run_end() {}

protected:
    /// The loop that is observed, or null.
    [[nodiscard]] const detail::LoopCore* observed() const noexcept { return loop_; }

private:
    friend class detail::LoopCore;
    detail::LoopCore* loop_ = nullptr;
};

}  // namespace aio
