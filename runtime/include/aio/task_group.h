// task_group.h - tasks that end before the block that started them
#pragma once

#include "aio/detail/kept_result.h"
#include "aio/detail/reserved_coro.h"
#include "aio/exception_group.h"
#include "aio/task.h"

#include <exception>
#include <list>
#include <optional>
#include <source_location>
#include <type_traits>
#include <utility>
#include <vector>

namespace aio {

/// Tasks that are waited for together: when one fails, the rest is cancelled.
///
/// Prefer with_task_group(), which cannot forget to join. A group belongs to the
/// task that creates it.
class TaskGroup : public detail::TaskStarter<TaskGroup> {
public:
    /// A group of the current task; throws RuntimeError outside tasks.
    explicit TaskGroup(std::source_location where = std::source_location::current());
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    /// Calls std::terminate when tasks are still running: they might use what
    /// the block is about to destroy. Reports errors of tasks that no join() has
    /// thrown, and in debug mode, as a warning, that there was none.
    ~TaskGroup();

    /// Starts \p coro in the group; it first runs in the next iteration.
    ///
    /// Throws RuntimeError once the group has ended or is being cancelled.
    template <class T>
    Task<T> create_task(Coro<T> coro, TaskOpts options, std::source_location where = std::source_location::current()) {
        if (const char* refusal = refuses()) {
            coro.close();
            throw RuntimeError("TaskGroup " + describe() + refusal);
        }
        Task<T> task = detail::spawn(*loop_, coro, options, where);
        add(static_cast<detail::TaskCore&>(*task.state()));
        return task;
    }
    template <class T>
    Task<T> create_task(Coro<T> coro, std::source_location where = std::source_location::current()) {
        return create_task(std::move(coro), TaskOpts{}, where);
    }

    /// Awaits \p awaitable, such as sleep(1s), in a task of the group.
    template <detail::OtherAwaitable A>
    auto create_task(A awaitable, TaskOpts options = {}, std::source_location where = std::source_location::current()) {
        return create_task(detail::await_in_frame(std::move(awaitable)), options, where);
    }

    /// Starts `f(args...)`, a coroutine; the task owns \p f and \p args.
    using detail::TaskStarter<TaskGroup>::create_task;

    /// Cancels the tasks that are running; later create_task() calls throw.
    void cancel();

    /// Waits for all tasks of the group.
    ///
    /// Throws ExceptionGroup with what they threw. A child that was cancelled is
    /// no error. SystemExit and KeyboardInterrupt are thrown bare.
    ///
    /// Suspends:  while a task of the group is running.
    /// Resumes:   from the loop, after the last one has ended.
    /// Cancelled: cancels the tasks, waits for them, then throws CancelledError.
    /// Lifetime:  the group must outlive the wait.
    Coro<void> join();

    /// "<TaskGroup tasks=2 entered>": how many tasks are running, how many errors
    /// there are, and what the group does, as Python shows it.
    [[nodiscard]] std::string describe() const;

    /// Notes that the block ended with \p error: join() then cancels the tasks,
    /// and the error is part of what it throws.
    void fail(std::exception_ptr error) noexcept { body_error_ = std::move(error); }

private:
    [[nodiscard]] const char* refuses() const noexcept;
    void add(detail::TaskCore& task);
    void abort();
    using Position = std::list<detail::Ref<detail::TaskCore>>::iterator;
    void on_task_done(Position position);
    [[noreturn]] void die_of_running_tasks() const;
    void note_error(const std::exception_ptr& error);

    detail::Ref<detail::TaskCore> parent_;
    detail::LoopCore* loop_;
    std::source_location where_;
    std::list<detail::Ref<detail::TaskCore>> running_;
    std::optional<Future<void>> all_done_;
    std::vector<std::exception_ptr> errors_;
    std::exception_ptr body_error_;
    std::exception_ptr exit_request_;
    bool used_ = false;
    bool exiting_ = false;
    bool aborting_ = false;
    bool parent_cancelled_ = false;
};

/// Runs `body(group)` and then waits for every task that it started in the group.
///
/// When a task fails, the others and \p body are cancelled, and ExceptionGroup is
/// thrown after all have ended. When \p body throws, the tasks are cancelled and
/// its exception is part of the group. Cancellation, SystemExit and
/// KeyboardInterrupt are thrown bare.
///
/// Suspends:  while \p body or a task of the group is running.
/// Resumes:   from the loop, after the last one has ended.
/// Cancelled: cancels body and tasks, waits for them, then throws CancelledError.
/// Lifetime:  \p body is kept in this coroutine and outlives all tasks, so its
///            captures by reference are safe.
template <class Body>
    requires(detail::is_coro<std::invoke_result_t<Body&, TaskGroup&>>)
std::invoke_result_t<Body&, TaskGroup&> with_task_group(Body body,
                                                        std::source_location where = std::source_location::current()) {
    using T = typename std::invoke_result_t<Body&, TaskGroup&>::value_type;
    TaskGroup group(where);
    // Made before there are tasks: without memory for it, nothing could join them.
    detail::ReservedCoro<void> joining(group.join());
    detail::KeptResult<T> result;
    try {
        co_await result.await(body(group));
    } catch (...) {
        group.fail(std::current_exception());
    }
    co_await std::move(joining.coro);
    co_return result.take();
}

}  // namespace aio
