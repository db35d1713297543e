// loop_core.h - the state of a loop, shared with its futures
#pragma once

#include "aio/detail/callback_list.h"
#include "aio/detail/context_state.h"
#include "aio/detail/external_op.h"
#include "aio/detail/fd_callbacks.h"
#include "aio/detail/fork_mark.h"
#include "aio/detail/forward.h"
#include "aio/detail/generator_list.h"
#include "aio/detail/inbox.h"
#include "aio/detail/poller.h"
#include "aio/detail/ready_queue.h"
#include "aio/detail/ref.h"
#include "aio/detail/timer_heap.h"
#include "aio/detail/unique_function.h"
#include "aio/detail/watch.h"
#include "aio/errors.h"
#include "aio/timing.h"

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace aio::detail {

class HandleState;
class SignalWatch;

/// The state behind a Loop.
///
/// Futures and handles keep it alive, so that they can outlive their loop;
/// owner() is null from then on.
class LoopCore {
public:
    LoopCore(Loop& owner, Clock* clock, bool debug);
    LoopCore(const LoopCore&) = delete;
    LoopCore& operator=(const LoopCore&) = delete;

    void retain() noexcept { ++refs_; }
    void release() noexcept {
        if (--refs_ == 0) delete this;
    }

    [[nodiscard]] Loop* owner() const noexcept { return owner_; }
    [[nodiscard]] bool is_running() const noexcept { return running_.load(std::memory_order_relaxed); }
    [[nodiscard]] bool is_closed() const noexcept { return state_.load(std::memory_order_relaxed) & closed; }
    [[nodiscard]] bool is_tearing_down() const noexcept { return tearing_down_; }
    /// True when callbacks have no chance any more to run, or to be dropped later.
    [[nodiscard]] bool is_torn_down() const noexcept { return torn_down_; }
    [[nodiscard]] double time() const noexcept { return clock_->now(); }
    [[nodiscard]] bool has_virtual_clock() const noexcept { return clock_->is_virtual(); }
    [[nodiscard]] bool debug() const noexcept { return state_.load(std::memory_order_relaxed) & debugged; }
    void set_debug(bool on) noexcept {
        if (on)
            state_.fetch_or(debugged, std::memory_order_relaxed);
        else
            state_.fetch_and(closed, std::memory_order_relaxed);
        watched_ = on || tracer_;
    }
    [[nodiscard]] Tracer* tracer() const noexcept { return tracer_; }
    void set_tracer(Tracer* tracer) noexcept;
    /// This loop if somebody wants to know what runs and how long, or null.
    [[nodiscard]] LoopCore* if_watched() noexcept { return watched_ ? this : nullptr; }

    /// True unless check_usable() has nothing to say.
    [[nodiscard]] bool needs_checks() const noexcept {
        return fork_mark_.forked() || state_.load(std::memory_order_relaxed);
    }
    /// Throws RuntimeError when closed, in a child of fork(), or in debug mode on
    /// a foreign thread.
    void check_usable() const {
        if (needs_checks()) [[unlikely]]
            check_state();
    }
    /// Throws RuntimeError in debug mode on a foreign thread while running.
    void check_thread() const {
        if (debug()) [[unlikely]]
            check_running_thread();
    }
    /// Throws RuntimeError when closed or in a child of fork().
    void check_open() const;
    /// Throws RuntimeError when this loop, or another one here, is running.
    void check_not_running() const;

    /// Appends to the ready queue; once closed, discards instead.
    void schedule(Runnable& item) noexcept {
        if (is_closed())
            item.discard();
        else
            ready_.push(item);
    }
    /// schedule() for those who have seen that no checks are needed.
    void schedule_at_once(Runnable& item) noexcept { ready_.push(item); }
    /// As check_usable(); then schedules \p callback for a handle whose use on other threads is noticed.
    Ref<HandleState> schedule_checked(Callback callback, ContextSlot context);
    void add_timer(Timer& timer) { timers_.push(timer); }
    void remove_timer(Timer& timer) noexcept { timers_.remove(timer); }
    /// Hands \p callback over from any thread; throws RuntimeError when closed.
    /// A \p promised one runs in close() at the latest, others are dropped there.
    Ref<HandleState> post(Callback callback, bool promised, ContextSlot context = inherit_context());
    [[nodiscard]] const std::shared_ptr<Inbox>& inbox() const noexcept { return inbox_; }
    [[nodiscard]] ExternalOps& external_ops() noexcept { return external_ops_; }
    /// The signals that this loop handles; made at the first call.
    [[nodiscard]] SignalWatch& signals();
    /// True in a child of fork(): nothing of the loop may be used any more.
    [[nodiscard]] bool forked() const noexcept { return fork_mark_.forked(); }
    [[nodiscard]] CallbackList& callbacks() noexcept { return callbacks_; }
    [[nodiscard]] std::uint64_t next_callback_id() noexcept { return ++last_callback_id_; }

    /// Watches descriptors; null once the loop is closed.
    [[nodiscard]] Poller* poller() const noexcept { return poller_.get(); }
    [[nodiscard]] FdCallbacks& fd_callbacks() noexcept { return fd_callbacks_; }

    void run_forever();
    void run_once(double max_wait);
    [[nodiscard]] int fileno() const;
    [[nodiscard]] std::optional<Seconds> wait_hint() const;
    /// Runs until stop(), or until \p awaited is done in a deadlock-free run.
    void run_for(const FutureState& awaited);
    /// As run_for(), but SIGINT cancels \p main as run() says.
    void run_main(TaskCore& main);
    /// One iteration that sleeps at most \p max_wait seconds; negative: for ever.
    void iterate(double max_wait);
    void stop() noexcept { stopping_ = true; }
    void close();
    /// Destroys pending tasks; futures keep the rest alive.
    void tear_down() noexcept;

    [[nodiscard]] TaskCore* current() const noexcept { return current_; }
    void set_current(TaskCore* task) noexcept { current_ = task; }

    /// Keeps what the coroutine that has just ended threw, for its awaiter.
    void set_failure(std::exception_ptr error) noexcept { failure_ = std::move(error); }
    [[nodiscard]] std::exception_ptr take_failure() noexcept { return std::exchange(failure_, {}); }

    /// Links an unfinished task; the loop keeps it alive until it is done.
    void add_task(TaskCore& task) noexcept;
    void remove_task(TaskCore& task) noexcept;
    [[nodiscard]] std::vector<Ref<TaskCore>> unfinished_tasks() const;

    /// Calls \p call; what it throws, but for exit requests, is reported with
    /// what \p type gives, the type of the callback.
    template <class F, class Type>
    void guard(F&& call, Type&& type, HandleState* handle, FutureState* future) {
        const auto run = [&]() __attribute__((always_inline)) {
            try {
                call();
            } catch (...) {
                report_callback(type(), handle, future);
            }
        };
        if (!watched_) [[likely]]
            return run();
        const Watch watch(this, type(), handle);
        run();
    }
    /// Exit requests of the handler are thrown on; its other errors are reported.
    void call_exception_handler(const ExceptionContext& context);
    /// The same for destructors and for loops that close: nothing is thrown on.
    void report(const ExceptionContext& context) noexcept;

    using ExceptionHandler = std::function<void(Loop&, const ExceptionContext&)>;
    void set_exception_handler(ExceptionHandler handler) { exception_handler_ = std::move(handler); }

    std::shared_ptr<Executor> default_executor;
    bool executor_shut_down = false;
    GeneratorList generators;

private:
    class RunScope;

    ~LoopCore();
    void check_state() const;
    void check_running_thread() const;
    /// Reports the current exception, which \p callback threw; throws exit requests on.
    void report_callback(const std::type_info& callback, HandleState* handle, FutureState* future);
    void run_while_not_stopped(const FutureState* awaited);
    void take_posted();
    /// Nobody looks for work until the next run: makes fileno() tell of it.
    void leave_alone() const noexcept;
    void wait_for_work(double max_wait);
    bool poll(double wait);
    bool look_again();
    void skip_time(double max_wait);
    /// True when a timer will fall due; one of an infinite delay never does.
    [[nodiscard]] bool has_deadline() const noexcept {
        return !timers_.empty() && timers_.earliest() < std::numeric_limits<double>::infinity();
    }
    /// "deadlock: N tasks pending, nothing scheduled", and a line for each task.
    [[nodiscard]] std::string deadlock_text() const;
    void warn_of_live_frames() const noexcept;
    void collect_due_timers();
    void run_ready();
    void finish_ready() noexcept;

    std::uint32_t refs_ = 0;
    Loop* owner_;
    Clock* clock_;
    TaskCore* current_ = nullptr;
    std::exception_ptr failure_;
    ReadyQueue ready_;
    TimerHeap timers_;
    std::shared_ptr<Inbox> inbox_;
    std::unique_ptr<Poller> poller_;
    FdCallbacks fd_callbacks_;
    ExternalOps external_ops_;
    std::unique_ptr<SignalWatch> signals_;
    ForkMark fork_mark_;
    CallbackList callbacks_;
    std::uint64_t last_callback_id_ = 0;
    TaskCore* first_task_ = nullptr;
    TaskCore* last_task_ = nullptr;
    std::size_t task_count_ = 0;
    std::atomic<bool> running_{false};
    // Both in one, to be asked with one question.
    static constexpr std::uint8_t closed = 1;
    static constexpr std::uint8_t debugged = 2;
    std::atomic<std::uint8_t> state_;
    std::atomic<std::thread::id> thread_{};
    Tracer* tracer_ = nullptr;
    bool watched_;  // a tracer or debug mode
    bool posts_expected_ = false;
    bool stopping_ = false;
    bool tearing_down_ = false;
    bool torn_down_ = false;
    const FutureState* awaited_ = nullptr;
    ExceptionHandler exception_handler_;
};

/// The loop that runs on this thread, or null. Never inlined: a coroutine may
/// resume on another thread, and compilers cache the address of thread_locals.
[[nodiscard]] LoopCore* running_core() noexcept;

/// Makes this thread run no loop: it is that of a forked child.
void leave_running_core() noexcept;

/// As running_core(), but throws RuntimeError("no running event loop").
[[nodiscard]] LoopCore& require_running_core();

/// True for CancelledError.
[[nodiscard]] bool is_cancellation(const std::exception_ptr& error) noexcept;

/// True for SystemExit and KeyboardInterrupt.
[[nodiscard]] bool is_exit_request(const std::exception_ptr& error) noexcept;

/// True when the environment has AIO_DEBUG=1.
[[nodiscard]] bool debug_from_environment() noexcept;

}  // namespace aio::detail
