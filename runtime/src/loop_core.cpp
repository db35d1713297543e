// loop_core.cpp - the iterations of a loop
#include "aio/detail/loop_core.h"

#include "aio/detail/signal_watch.h"
#include "aio/detail/task_core.h"
#include "aio/exception_context.h"
#include "aio/handle.h"
#include "aio/tracer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace aio::detail {

namespace {

thread_local LoopCore* running = nullptr;

/// Tells the processor that this thread only waits.
void pause_processor() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

/// Timers that fall due within the clock's resolution count as due.
constexpr double resolution = 1e-9;

}  // namespace

[[gnu::noinline]] LoopCore* running_core() noexcept { return running; }

void leave_running_core() noexcept { running = nullptr; }

LoopCore& require_running_core() {
    LoopCore* core = running_core();
    if (!core) throw RuntimeError("no running event loop");
    return *core;
}

/// Marks the loop as running on this thread.
class LoopCore::RunScope {
public:
    explicit RunScope(LoopCore& loop) : loop_(loop) {
        loop_.check_open();
        loop_.check_not_running();
        loop_.thread_.store(std::this_thread::get_id(), std::memory_order_relaxed);
        loop_.running_.store(true, std::memory_order_relaxed);
        running = &loop_;
    }
    /// Tells the tracer, even when nothing will catch what leaves the run.
    template <class F>
    void run(F&& iterations) {
        try {
            iterations();
        } catch (...) {
            ended();
            throw;
        }
        ended();
    }

    RunScope(const RunScope&) = delete;
    RunScope& operator=(const RunScope&) = delete;
    ~RunScope() {
        // A host of this loop may wait for fileno().
        loop_.leave_alone();
        running = nullptr;
        loop_.stopping_ = false;
        loop_.awaited_ = nullptr;
        loop_.running_.store(false, std::memory_order_relaxed);
    }

private:
    void ended() {
        if (loop_.tracer_) loop_.tracer_->on_run_end();
    }

    LoopCore& loop_;
};

LoopCore::LoopCore(Loop& owner, Clock* clock, bool debug)
    : owner_(&owner),
      clock_(clock),
      inbox_(std::make_shared<Inbox>()),
      poller_(std::make_unique<Poller>(*inbox_)),
      state_(debug ? debugged : 0),
      watched_(debug) {}

LoopCore::~LoopCore() = default;

void LoopCore::check_open() const {
    fork_mark_.check();
    if (is_closed()) throw RuntimeError("Event loop is closed");
}

void LoopCore::check_state() const {
    fork_mark_.check();
    if (is_closed() && !tearing_down_) throw RuntimeError("Event loop is closed");
    check_thread();
}

void LoopCore::check_running_thread() const {
    if (is_running() && thread_.load(std::memory_order_relaxed) != std::this_thread::get_id())
        throw RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one");
}

void LoopCore::check_not_running() const {
    if (is_running()) throw RuntimeError("This event loop is already running");
    if (running_core()) throw RuntimeError("Cannot run the event loop while another loop is running");
}

Ref<HandleState> LoopCore::schedule_checked(Callback callback, ContextSlot context) {
    check_usable();
    auto handle =
        Ref<HandleState>::adopt(new HandleOf<Callback, BoundState>(std::move(callback), *this, std::move(context)));
    schedule(*handle);
    return handle;
}

Ref<HandleState> LoopCore::post(Callback callback, bool promised, ContextSlot context) {
    check_open();
    auto handle =
        Ref<HandleState>::adopt(new HandleOf<Callback, BoundState>(std::move(callback), *this, std::move(context)));
    handle->share();
    if (promised) handle->promise_to_run();
    // The loop's own thread must not overtake what it has just scheduled.
    if (running_core() == this) {
        inbox_->drain(ready_);
        schedule(*handle);
    } else if (!inbox_->post(*handle)) {
        handle->discard();
        throw RuntimeError("Event loop is closed");
    }
    return handle;
}

void LoopCore::run_forever() {
    RunScope scope(*this);
    scope.run([this] { run_while_not_stopped(nullptr); });
}

void LoopCore::run_once(double max_wait) {
    RunScope scope(*this);
    scope.run([this, max_wait] {
        // Somebody may wait for fileno(): it must not stay readable for nothing.
        // Before the iteration, which collects all that was posted.
        inbox_->acknowledge();
        iterate(max_wait);
    });
}

void LoopCore::leave_alone() const noexcept {
    inbox_->leave_alone();
    // One that came during the last iteration has made fileno() readable, and a
    // look at the descriptors has made it unreadable again.
    if (signals_ && signals_->pending()) inbox_->wake();
}

int LoopCore::fileno() const {
    check_open();
    if (!is_running()) leave_alone();
    return poller_->fd();
}

std::optional<Seconds> LoopCore::wait_hint() const {
    if (!ready_.empty() || stopping_ || (signals_ && signals_->pending())) return Seconds(0);
    if (!has_deadline()) return std::nullopt;
    return Seconds(std::max(0.0, timers_.earliest() - time()));
}

void LoopCore::run_for(const FutureState& awaited) {
    RunScope scope(*this);
    auto& future = const_cast<FutureState&>(awaited);
    const auto id = future.add_callback([this](FutureBase& done) {
        // An exit request has left the loop already.
        if (!done.cancelled() && is_exit_request(done.state()->error())) return;
        stop();
    });
    try {
        scope.run([this, &awaited] { run_while_not_stopped(&awaited); });
    } catch (...) {
        future.remove_callback(id);
        throw;
    }
    future.remove_callback(id);
    if (!awaited.done()) throw RuntimeError("Event loop stopped before Future completed.");
}

void LoopCore::run_while_not_stopped(const FutureState* awaited) {
    awaited_ = awaited;
    do {
        iterate(-1);
    } while (!stopping_);
}

void LoopCore::set_tracer(Tracer* tracer) noexcept {
    if (tracer && tracer->loop_) tracer->loop_->set_tracer(nullptr);
    if (tracer_) tracer_->loop_ = nullptr;
    tracer_ = tracer;
    if (tracer_) tracer_->loop_ = this;
    watched_ = tracer_ || debug();
}

SignalWatch& LoopCore::signals() {
    if (!signals_) signals_ = std::make_unique<SignalWatch>(inbox_->wake_fd());
    return *signals_;
}

void LoopCore::take_posted() {
    if (inbox_->drain(ready_)) posts_expected_ = true;
    if (signals_) signals_->collect(ready_);
}

void LoopCore::iterate(double max_wait) {
    take_posted();
    if (ready_.empty() && !stopping_) {
        if (clock_->is_virtual() && external_ops_.empty())
            skip_time(max_wait);
        else
            wait_for_work(max_wait);
        take_posted();
    } else if (poller_->has_watches()) {
        // Callbacks that reschedule themselves must not starve descriptors.
        poll(0);
    }
    collect_due_timers();
    if (tracer_) tracer_->on_iteration(ready_.size());
    run_ready();
}

bool LoopCore::poll(double wait) {
    if (wait != 0 && (look_again() || !inbox_->prepare_to_sleep())) wait = 0;
    if (wait == 0 && !poller_->has_watches()) return false;
    if (tracer_ && wait != 0) tracer_->on_select(Seconds(wait < 0 ? std::numeric_limits<double>::infinity() : wait));
    return poller_->wait(wait);
}

void LoopCore::wait_for_work(double max_wait) {
    double wait = max_wait;
    // A virtual clock stands still while a thread is at work.
    if (has_deadline() && !clock_->is_virtual()) {
        const double until_timer = std::max(0.0, timers_.earliest() - time());
        wait = wait < 0 ? until_timer : std::min(wait, until_timer);
    }
    if (wait != 0 || poller_->has_watches()) poll(wait);
}

bool LoopCore::look_again() {
    // A thread that has just posted may be about to answer, and to sleep and be
    // woken costs more than to look for about a microsecond.
    if (!std::exchange(posts_expected_, false)) return false;
    for (int i = 0; i < 50; ++i) {
        if (inbox_->drain(ready_)) return posts_expected_ = true;
        pause_processor();
    }
    return false;
}

/// Descriptors that are ready come before time moves. While a timer is left
/// nobody waits for the others; without timers there is no time to skip, and
/// what they bring may be what everybody waits for.
void LoopCore::skip_time(double max_wait) {
    if (poller_->has_watches()) {
        const bool only_they_can_help = !has_deadline() && max_wait < 0;
        if (poll(only_they_can_help ? -1 : 0) || only_they_can_help) return;
    }
    if (max_wait >= 0) {
        const double limit = time() + max_wait;
        clock_->skip_to(!has_deadline() ? limit : std::min(limit, timers_.earliest()));
    } else if (has_deadline()) {
        clock_->skip_to(timers_.earliest());
    } else if (awaited_ && !(signals_ && signals_->active())) {
        throw RuntimeError(deadlock_text());
    } else {
        wait_for_work(max_wait);
    }
}

void LoopCore::collect_due_timers() {
    if (timers_.empty()) return;
    const double end = time() + resolution;
    while (!timers_.empty() && timers_.earliest() < end) ready_.push(timers_.pop().due());
}

void LoopCore::run_ready() {
    ready_.drain([this](Runnable& item) {
        item.run(*this);
        // What is left belongs to the parent process.
        fork_mark_.check();
    });
}

void LoopCore::finish_ready() noexcept {
    LoopCore* outer = std::exchange(running, this);
    // What these callbacks schedule comes too late.
    ready_.drain([this](Runnable& item) { item.finish_or_discard(*this); });
    running = outer;
}

void LoopCore::close() {
    if (is_closed() || forked()) return;
    if (is_running()) throw RuntimeError("Cannot close a running event loop");
    inbox_->close(ready_);
    external_ops_.abandon_all();
    finish_ready();
    state_.fetch_or(closed, std::memory_order_relaxed);
    while (!ready_.empty()) ready_.pop().discard();
    while (!timers_.empty()) timers_.pop().due().discard();
    fd_callbacks_.clear();
    signals_.reset();
    poller_.reset();
    default_executor.reset();
    if (debug()) warn_of_live_frames();
}

void LoopCore::tear_down() noexcept {
    if (forked()) {
        // Its destructors would join threads that are not here, and act on the
        // parent's descriptors and processes.
        retain();
        owner_ = nullptr;
        return;
    }
    tearing_down_ = true;
    const auto pending = unfinished_tasks();
    for (const auto& task : pending) {
        if (!task->report_pending()) continue;
        report({.message = "Task was destroyed but it is pending!",
                .task = TaskBase(task),
                .source_location = task->created()});
    }
    for (const auto& task : pending) {
        task->destroy_frames();
        task->drop_nodes();
        if (!task->done()) remove_task(*task);
    }
    torn_down_ = true;
    callbacks_.drop_all();
    set_tracer(nullptr);
    exception_handler_ = nullptr;
    owner_ = nullptr;
}

void LoopCore::add_task(TaskCore& task) noexcept {
    task.retain();
    task.previous_task_ = last_task_;
    (last_task_ ? last_task_->next_task_ : first_task_) = &task;
    last_task_ = &task;
    ++task_count_;
    if (tracer_) tracer_->on_task_create(TaskBase(Ref<TaskCore>(&task)));
    task.wake();
}

void LoopCore::remove_task(TaskCore& task) noexcept {
    (task.previous_task_ ? task.previous_task_->next_task_ : first_task_) = task.next_task_;
    (task.next_task_ ? task.next_task_->previous_task_ : last_task_) = task.previous_task_;
    task.previous_task_ = task.next_task_ = nullptr;
    --task_count_;
    task.release();
}

std::vector<Ref<TaskCore>> LoopCore::unfinished_tasks() const {
    std::vector<Ref<TaskCore>> tasks;
    tasks.reserve(task_count_);
    for (TaskCore* task = first_task_; task; task = task->next_task_) tasks.emplace_back(task);
    return tasks;
}

}  // namespace aio::detail
