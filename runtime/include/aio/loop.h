// loop.h - the event loop
#pragma once

#include "aio/detail/annotations.h"
#include "aio/detail/callback_rule.h"
#include "aio/detail/placed.h"
#include "aio/detail/task_starter.h"
#include "aio/handle.h"

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <source_location>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace aio {

/// How a Loop is set up.
struct LoopOptions {
    /// Thread checks and reports of coroutines that were never awaited; also on
    /// when the environment has AIO_DEBUG=1.
    bool debug = false;
    /// The time source; null means the system's monotonic clock. Not owned.
    Clock* clock = nullptr;
    /// Observes the loop from its first task on: see tracer.h. Not owned.
    Tracer* tracer = nullptr;
};

/// Runs callbacks and tasks, one at a time, on the thread that runs the loop.
///
/// An iteration waits for work or, when there is some, only looks which
/// descriptors are ready; it moves the timers that are due behind what is already
/// ready, and runs everything that was ready at that moment. What these callbacks
/// schedule waits for the next iteration.
///
/// Only call_soon_threadsafe(), time() and is_closed() may be called from
/// another thread. In debug mode calls that change something of the loop, of its
/// futures, handles, streams and servers, or of locks, queues and their like that
/// tasks of it wait for, throw RuntimeError on another thread while it runs.
class Loop : public detail::TaskStarter<Loop> {
public:
    /// An idle loop; throws std::system_error without file descriptors for it.
    explicit Loop(LoopOptions options = {});

    /// Closes the loop, reports the tasks that are still pending and destroys
    /// their coroutines, innermost first, without resuming them. To leave the
    /// closing to the destructor is no mistake and gives no warning.
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// Runs \p coro as a task until it is done; returns or rethrows its outcome.
    ///
    /// Blocks the thread. Other tasks are left as they are. Throws RuntimeError
    /// when a loop runs on this thread already, when stop() came first, and, with
    /// a virtual clock, when the task can never finish because nothing at all is
    /// scheduled ("deadlock: N tasks pending, nothing scheduled").
    template <class T>
    AIO_BLOCKING T run_until_complete(Coro<T> coro, std::source_location where = std::source_location::current());
    template <class T>
    AIO_BLOCKING T run_until_complete(Coro<T> coro, TaskOpts options,
                                      std::source_location where = std::source_location::current());

    /// The same for anything else that can be awaited, such as sleep(1s).
    template <detail::OtherAwaitable A>
    AIO_BLOCKING auto run_until_complete(A awaitable, std::source_location where = std::source_location::current());

    /// Runs until \p future is done; returns or rethrows its outcome.
    template <class T>
    AIO_BLOCKING T run_until_complete(Future<T> future);

    /// Runs until stop(). Blocks the thread.
    AIO_BLOCKING void run_forever();

    /// Runs one iteration, waiting for work at most \p max_wait.
    AIO_BLOCKING void run_once(Seconds max_wait = Seconds(0));

    /// A descriptor that is readable when run_once() has something to do: a
    /// watched descriptor is ready, or another thread has posted a callback.
    ///
    /// With it the loop can be a guest in another event loop, which waits for this
    /// descriptor, no longer than wait_hint(), and then calls run_once(). Only
    /// wait for it; close() closes it.
    [[nodiscard]] int fileno() const;

    /// How long nothing is due: zero when callbacks wait to run, else the time
    /// until the first timer; empty when there is no timer.
    [[nodiscard]] std::optional<Seconds> wait_hint() const;

    /// Makes the loop return after the iteration that is running. Before a run,
    /// makes that run last one iteration.
    void stop();

    /// Frees what the loop holds. Idempotent; throws RuntimeError while running.
    ///
    /// Callbacks of call_soon_threadsafe() that did not run yet do so now; others
    /// are dropped. Waits for jobs of the default executor that are running.
    /// Tasks that are not done stay pending; ~Loop destroys them. In debug mode
    /// their coroutines are listed in a warning. May block the thread.
    AIO_BLOCKING void close();

    /// True inside run_forever(), run_until_complete() and run_once().
    [[nodiscard]] bool is_running() const noexcept { return core_->is_running(); }
    /// True after close(). Any thread.
    AIO_ANY_THREAD [[nodiscard]] bool is_closed() const noexcept { return core_->is_closed(); }
    /// Seconds on the loop's clock. Any thread.
    AIO_ANY_THREAD [[nodiscard]] double time() const noexcept { return core_->time(); }

    /// Runs \p callback in the next iteration, after what is already scheduled.
    ///
    /// It runs in \p context; without one, as with the functions below, in a copy
    /// that is made of the current context at once. A function that returns a
    /// coroutine, task or future does not compile, here and below: nobody would
    /// await that. Call create_task() in the callback.
    template <class F>
        requires std::invocable<std::decay_t<F>&>
    Handle call_soon(F&& callback) {
        return schedule(std::forward<F>(callback), detail::inherit_context());
    }
    template <class F>
        requires std::invocable<std::decay_t<F>&>
    Handle call_soon(F&& callback, const std::optional<Context>& context) {
        return schedule(std::forward<F>(callback), detail::context_or_copy(context));
    }

    /// Runs \p callback once \p delay has passed.
    TimerHandle call_later(Seconds delay, detail::Callback callback, const std::optional<Context>& context = {});

    /// Runs \p callback when time() reaches \p when; ties run in order of call.
    TimerHandle call_at(double when, detail::Callback callback, const std::optional<Context>& context = {});

    /// As call_soon(), and wakes the loop. Any thread; throws RuntimeError when
    /// the loop is closed, and otherwise \p callback runs exactly once. Cancel the
    /// handle only on the loop's thread.
    AIO_ANY_THREAD Handle call_soon_threadsafe(detail::Callback callback, const std::optional<Context>& context = {});

    /// Runs \p callback in the loop whenever the signal \p sig reaches the process,
    /// on whatever thread; replaces the handler that this loop had for it.
    ///
    /// Several signals of one number that come in quick succession may be one
    /// call. Throws ValueError for a number that is no signal, and RuntimeError
    /// for one that cannot be caught or that another loop handles.
    void add_signal_handler(int sig, detail::Callback callback);

    /// Restores what the signal did before add_signal_handler(), as close() does
    /// for all signals; false when there was no handler.
    bool remove_signal_handler(int sig);

    /// Schedules \p coro as a task, which starts in the next iteration. The loop
    /// need not be running. Declared here, defined in task.h.
    template <class T>
    Task<T> create_task(Coro<T> coro, TaskOpts options, std::source_location where = std::source_location::current());
    template <class T>
    Task<T> create_task(Coro<T> coro, std::source_location where = std::source_location::current());
    template <detail::OtherAwaitable A>
    auto create_task(A awaitable, TaskOpts options, std::source_location where = std::source_location::current());
    template <detail::OtherAwaitable A>
    auto create_task(A awaitable, std::source_location where = std::source_location::current());
    /// Schedules `f(args...)`, a coroutine; the task owns \p f and \p args.
    using detail::TaskStarter<Loop>::create_task;

    /// A future of this loop that is not done. Defined in future.h.
    template <class T = void>
    [[nodiscard]] Future<T> create_future(std::source_location where = std::source_location::current());

    /// Runs \p f with \p args on \p executor, a pointer, or on the default executor
    /// when null; the future gets what it returns or throws. A coroutine function
    /// does not compile: it would belong to no loop. Defined in executor.h.
    template <class F, class... Args>
    auto run_in_executor(detail::Placed<Executor, true> executor, F f, Args... args);

    /// Runs the function \p f with \p args in a process of \p pool. The arguments
    /// are converted and serialised at once; what that throws leaves this call.
    /// Defined in process_pool.h.
    template <class F, class... Args>
    auto run_in_executor(detail::Placed<ProcessPoolExecutor> pool, F f, Args&&... args);

    /// Replaces the executor that run_in_executor(nullptr, ...) uses.
    void set_default_executor(std::shared_ptr<Executor> executor);

    /// Waits until the jobs of the default executor have ended and joins its
    /// threads. From then on run_in_executor(nullptr, ...) throws RuntimeError.
    ///
    /// After \p timeout it waits no longer: this is reported to the exception
    /// handler, and the jobs that are left end on their own.
    /// Suspends:  while jobs are running; not without a default executor.
    /// Resumes:   from the loop, which the last thread wakes, or after \p timeout.
    /// Cancelled: blocks the thread until the jobs have ended, as asyncio does, then
    ///            throws CancelledError.
    /// Lifetime:  the loop must outlive the wait.
    Coro<void> shutdown_default_executor(Seconds timeout = forever);

    /// The addresses of \p host, in the order in which to try them. An empty host
    /// is this machine, or with AI_PASSIVE all of its interfaces.
    ///
    /// A host in numbers is translated at once, a name in the default executor.
    /// Throws std::system_error of resolver_category().
    /// Suspends:  while a name is looked up.
    /// Resumes:   from the loop, which the thread wakes.
    /// Cancelled: throws CancelledError; the look-up goes on and its result is lost.
    /// Lifetime:  owns its arguments.
    Coro<std::vector<AddrInfo>> getaddrinfo(std::string host, std::uint16_t port, AddrInfoOpts options);

    /// The names of host and service of \p address; \p flags are NI_... bits.
    /// Awaited and failing as getaddrinfo().
    Coro<std::pair<std::string, std::string>> getnameinfo(Address address, int flags = 0);

    /// Closes the asynchronous generators that have begun and not ended, all at
    /// the same time. Errors go to the exception handler; a generator that begins
    /// afterwards causes a warning.
    /// Suspends:  unless there is no generator to close.
    /// Resumes:   from the loop, when all of them have ended.
    /// Cancelled: cancels what closes them, waits for that, then throws
    ///            CancelledError.
    /// Lifetime:  the loop must outlive the wait; generators are kept.
    Coro<void> shutdown_asyncgens();

    /// Runs \p callback in every iteration in which \p fd can be read (data, end
    /// of file, hang-up or error), until remove_reader(); replaces the callback
    /// that \p fd had.
    ///
    /// Level-triggered: a callback that does not read runs again. Remove it before
    /// closing \p fd; if that was forgotten, the callback goes with the descriptor,
    /// and registering the number anew starts afresh. While a duplicate of \p fd
    /// is open the old one is still reported.
    ///
    /// Throws RuntimeError when the loop is closed or a stream owns \p fd, and
    /// std::system_error for a descriptor that is not open (EBADF) or cannot be
    /// waited for, such as a regular file (EPERM).
    void add_reader(int fd, detail::Callback callback);
    /// Ends it; true when there was a callback.
    bool remove_reader(int fd);
    /// As add_reader(), for iterations in which \p fd can be written.
    void add_writer(int fd, detail::Callback callback);
    /// Ends it; true when there was a callback.
    bool remove_writer(int fd);

    /// Switches debug mode: see LoopOptions::debug.
    void set_debug(bool on) noexcept { core_->set_debug(on); }
    /// True in debug mode.
    [[nodiscard]] bool get_debug() const noexcept { return core_->debug(); }

    /// In debug mode a callback or a step of a task that takes at least this
    /// long, on the loop's clock, is reported as a warning.
    Seconds slow_callback_duration{0.1};

    /// Lets \p tracer observe the loop; null ends that.
    void set_tracer(Tracer* tracer) {
        core_->check_thread();
        core_->set_tracer(tracer);
    }

    /// Calls \p handler for errors that nobody else can see; empty: the default.
    template <class F = std::function<void(Loop&, const ExceptionContext&)>>
        requires std::constructible_from<std::function<void(Loop&, const ExceptionContext&)>, F>
    void set_exception_handler(F handler) {
        if constexpr (std::invocable<F&, Loop&, const ExceptionContext&>)
            detail::check_callback<F, Loop&, const ExceptionContext&>();
        replace_exception_handler(std::move(handler));
    }
    /// Writes the report to standard error.
    void default_exception_handler(const ExceptionContext& context);
    /// Passes \p context to the handler. SystemExit and KeyboardInterrupt of the
    /// handler are thrown on, another exception of it is reported with \p context.
    /// Reports that a destructor makes cannot throw: there both are only reported.
    void call_exception_handler(const ExceptionContext& context);

    /// For the other headers of aio.
    [[nodiscard]] detail::LoopCore& core() const noexcept { return *core_; }

private:
    void replace_exception_handler(std::function<void(Loop&, const ExceptionContext&)> handler);
    template <class F>
    Handle schedule(F&& callback, detail::ContextSlot context);

    detail::Ref<detail::LoopCore> core_;
};

template <class F>
Handle Loop::schedule(F&& callback, detail::ContextSlot context) {
    detail::check_callback<std::decay_t<F>>();
    if (core_->needs_checks()) [[unlikely]] {
        // NOLINTNEXTLINE(coro-task-as-void-callback): reported where call_soon() is called
        return Handle(core_->schedule_checked(std::forward<F>(callback), std::move(context)));
    }
    auto state = detail::Ref<detail::HandleState>::adopt(
        new detail::HandleOf<std::decay_t<F>>(std::forward<F>(callback), std::move(context)));
    core_->schedule_at_once(*state);
    return Handle(std::move(state));
}

/// The loop that runs on this thread; throws RuntimeError when there is none.
[[nodiscard]] Loop& get_running_loop();

/// The loop that runs on this thread, or null.
AIO_ANY_THREAD [[nodiscard]] Loop* running_loop_or_null() noexcept;

}  // namespace aio
