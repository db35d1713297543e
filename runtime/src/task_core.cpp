// task_core.cpp - the steps of a task
#include "aio/detail/task_core.h"

#include "aio/coro.h"
#include "aio/detail/promise.h"
#include "aio/exception_context.h"
#include "aio/handle.h"
#include "aio/task.h"
#include "aio/tracer.h"

#include <sys/single_threaded.h>

#include <atomic>

namespace aio {

namespace detail {

namespace {

std::uint64_t next_task_number() noexcept {
    static std::atomic<std::uint64_t> last{0};
    // Without other threads it need not cost a locked instruction.
    if (__libc_single_threaded) {
        const std::uint64_t next = last.load(std::memory_order_relaxed) + 1;
        last.store(next, std::memory_order_relaxed);
        return next;
    }
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

/// The task that runs now; restored even when an exit request leaves the step.
class CurrentTask {
public:
    CurrentTask(LoopCore& loop, TaskCore& task) noexcept : loop_(loop), outer_(loop.current()) {
        loop_.set_current(&task);
    }
    CurrentTask(const CurrentTask&) = delete;
    CurrentTask& operator=(const CurrentTask&) = delete;
    ~CurrentTask() { loop_.set_current(outer_); }

private:
    LoopCore& loop_;
    TaskCore* outer_;
};

FutureStatus status_of(const std::exception_ptr& error) noexcept {
    if (!error) return FutureStatus::finished;
    return is_cancellation(error) ? FutureStatus::cancelled : FutureStatus::failed;
}

}  // namespace

void check_can_create(LoopCore& loop, const PromiseBase* coroutine) {
    if (!coroutine) throw_reused_coroutine();
    loop.check_open();
    loop.check_usable();
}

TaskCore::TaskCore(LoopCore& loop, PromiseBase& root, std::string_view name, std::source_location created)
    : FutureState(loop, FutureKind::task), leaf_(&root), number_(next_task_number()), created_(created) {
    root.task = this;
    if (!name.empty()) set_name(name);
}

TaskCore::~TaskCore() {
    destroy_frames();
    if (has_details_) delete details_;
}

TaskCore* TaskCore::cancel_target() const noexcept {
    FutureState* future = waiting_for_ ? waiting_for_->future() : nullptr;
    return future && future->is_task() && !future->done() ? static_cast<TaskCore*>(future) : nullptr;
}

bool TaskCore::cancel(const std::string& message) {
    check_thread();
    mark_retrieved();
    if (done()) return false;
    // A loop and not a recursion: chains of tasks that await tasks can be long.
    TaskCore* task = this;
    std::size_t passed = 0;
    bool circle = true;
    while (!task->cancel_passing_) {
        ++task->cancelling_;
        if (Tracer* tracer = loop().tracer()) tracer->on_cancel(TaskBase(Ref<TaskCore>(task)));
        ++passed;
        task->cancel_passing_ = true;
        TaskCore* next = task->cancel_target();
        if (!next) {
            circle = false;
            break;
        }
        next->mark_retrieved();
        task = next;
    }
    // Tasks that wait for each other in a circle: one of them has to leave it.
    if (circle || !task->waiting_for_ || !task->waiting_for_->cancel(message)) {
        task->must_cancel_ = true;
        if (task->has_details_ || !message.empty()) task->details().cancel_message = message;
        if (circle && task->waiting_for_ && task->waiting_for_->future()) task->wake();
    }
    for (task = this; passed > 0; --passed, task = task->cancel_target()) task->cancel_passing_ = false;
    return true;
}

TaskCore::Details& TaskCore::details() {
    if (!has_details_) {
        details_ = new Details{number_, {}, {}};
        has_details_ = true;
    }
    return *details_;
}

std::string TaskCore::name() const {
    if (!has_details_) return "Task-" + std::to_string(number_);
    return details_->name.empty() ? "Task-" + std::to_string(details_->number) : details_->name;
}

std::source_location TaskCore::coroutine_place() const noexcept {
    if (!has_frames_) return coroutine_;
    const PromiseBase* root = leaf_;
    while (const PromiseBase* awaiter = root->awaiter()) root = awaiter;
    return root->where;
}

std::string_view TaskCore::coroutine() const noexcept { return coroutine_name(coroutine_place()); }

void TaskCore::wake() noexcept {
    if (scheduled_ || done() || !has_frames_) return;
    scheduled_ = true;
    if (Tracer* tracer = loop().tracer()) tracer->on_wake(TaskBase(Ref<TaskCore>(this)));
    loop().schedule(*this);
}

void TaskCore::suspend(PromiseBase& leaf, Suspension& what) {
    leaf_ = &leaf;
    waiting_for_ = &what;
    if (loop().tracer()) trace_suspension();
    if (must_cancel_ && what.cancel(cancel_text())) must_cancel_ = false;
}

FutureState* TaskCore::awaited_future() const noexcept { return waiting_for_ ? waiting_for_->future() : nullptr; }

TaskBase TaskCore::awaited_task() const noexcept {
    FutureState* future = awaited_future();
    return TaskBase(Ref<TaskCore>(future && future->is_task() ? static_cast<TaskCore*>(future) : nullptr));
}

void TaskCore::trace_suspension() {
    loop().tracer()->on_suspend(TaskBase(Ref<TaskCore>(this)), {.what = waiting_for_->what(), .task = awaited_task()});
}

void TaskCore::deliver_cancel() {
    if (take_cancel()) throw CancelledError(cancel_text());
}

void TaskCore::run(LoopCore& loop) {
    const Ref<TaskCore> keep(this);
    const CurrentTask scope(loop, *this);
    const ContextScope context(context_);
    if (!context.entered()) return report_not_entered();
    const Watch watch(loop.if_watched(), *this);
    scheduled_ = false;
    waiting_for_ = nullptr;
    if (!started_ && must_cancel_) {
        must_cancel_ = false;
        destroy_frames();
        return finish_with(std::make_exception_ptr(CancelledError(cancel_text())));
    }
    started_ = true;
    PromiseBase* turn = nullptr;
    do {
        turn = leaf_;
        turn->self().resume();
    } while (leaf_ != turn);
    if (ended_) finish();
}

ContextSlot TaskCore::context() {
    if (!context_) context_ = ContextSlot(new ContextState({}, loop().current() == this));
    return context_;
}

void TaskCore::report_not_entered() {
    try {
        throw_already_entered();
    } catch (...) {
        loop().call_exception_handler({.message = "Exception in callback Task.step()",
                                       .exception = std::current_exception(),
                                       .task = TaskBase(Ref<TaskCore>(this))});
    }
}

void TaskCore::finish() {
    PromiseBase* const root = leaf_;
    std::exception_ptr error = root->failed ? loop().take_failure() : nullptr;
    if (!error && must_cancel_) error = std::make_exception_ptr(CancelledError(cancel_text()));
    must_cancel_ = false;
    try {
        if (!error) take_value(*root);
    } catch (...) {
        error = std::current_exception();
    }
    close_frames();
    root->self().destroy();
    finish_with(std::move(error));
}

void TaskCore::finish_with(std::exception_ptr error) {
    settle(status_of(error), error);
    const bool leaves_loop = is_exit_request(error);
    // Whoever runs the loop sees it.
    if (leaves_loop) mark_retrieved();
    loop().remove_task(*this);
    if (leaves_loop) std::rethrow_exception(std::move(error));
}

void TaskCore::close_frames() noexcept {
    const std::source_location function = coroutine_place();
    has_frames_ = false;
    std::construct_at(&coroutine_, function);
    waiting_for_ = nullptr;
}

void TaskCore::destroy_frames() noexcept {
    if (!has_frames_) return;
    PromiseBase* promise = leaf_;
    close_frames();
    // One frame after the other: a recursion could overflow the stack.
    while (promise) {
        PromiseBase* const awaiter = promise->awaiter();
        promise->self().destroy();
        promise = awaiter;
    }
}

namespace {

/// Wakes \p task from any thread. Not inlined: on another thread the loop may
/// destroy the Resumer before this returns, so nothing here may be in its frame.
[[gnu::noinline]] void wake_from_any_thread(TaskCore* task) {
    LoopCore& loop = task->loop();
    if (running_core() == &loop) {
        task->wake();
    } else {
        loop.post([task] { task->wake(); }, false);
    }
}

/// Suspends the Resumer first, and wakes the task then.
struct WakeWhenSuspended {
    TaskCore* task;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const { wake_from_any_thread(task); }
    void await_resume() const noexcept {}
};

}  // namespace

Resumer Resumer::of(TaskCore& task) {
    while (true) co_await WakeWhenSuspended{&task};
}

}  // namespace detail
}  // namespace aio
