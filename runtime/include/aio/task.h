// task.h - a coroutine that the loop runs
#pragma once

#include "aio/coro.h"
#include "aio/detail/reserved_coro.h"
#include "aio/future.h"

#include <cstdio>
#include <memory>
#include <source_location>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace aio {

/// How a task is set up.
struct TaskOpts {
    /// Its name; empty means "Task-" and a number. Copied at once.
    std::string_view name = {};
    /// What it runs in; null means a copy of the current context. A pointer, so
    /// that GCC 12 can build the options beside a co_await.
    const Context* context = nullptr;
};

/// The operations of every handle to a task. `T` is the handle's class.
template <class T>
class TaskOps {
public:
    /// How many times cancellation was requested and not taken back.
    [[nodiscard]] int cancelling() const noexcept { return core().cancelling(); }

    /// Takes back one request; returns how many are left. A CancelledError that
    /// was not delivered yet still will be.
    int uncancel() const noexcept { return core().uncancel(); }

    /// "Task-N" unless it was set; N counts all tasks of the process.
    [[nodiscard]] std::string name() const { return core().name(); }
    /// Changes the name; empty means "Task-N" again.
    void set_name(std::string_view name) const { core().set_name(name); }
    /// False while the name is "Task-N".
    [[nodiscard]] bool has_own_name() const noexcept { return core().has_own_name(); }

    /// The name of the coroutine function that the task runs.
    [[nodiscard]] std::string_view coroutine() const noexcept { return core().coroutine(); }

    /// The suspended coroutines, outermost first, and what the innermost waits
    /// for if that is not a future. Empty when the task is done.
    [[nodiscard]] std::vector<Frame> stack() const { return core().stack(); }

    /// The suspended coroutines as lines of text, each with the place where the
    /// coroutine function is defined; a task that is done has none.
    [[nodiscard]] std::string format_stack() const { return core().format_stack(); }
    /// Writes format_stack() to \p file.
    void print_stack(std::FILE* file = stderr) const { std::fputs(format_stack().c_str(), file); }

    /// One line: state, name, the coroutine and where it is defined, the innermost
    /// coroutine if that is another one, and what that waits for.
    [[nodiscard]] std::string describe() const { return core().describe(); }

    /// The context that the task runs in.
    [[nodiscard]] Context context() const { return Context(core().context()); }

    /// Where the task was created; line 0 if unknown.
    [[nodiscard]] std::source_location created() const noexcept { return core().created(); }

private:
    [[nodiscard]] detail::TaskCore& core() const noexcept {
        return static_cast<detail::TaskCore&>(*static_cast<const T&>(*this).state());
    }
};

/// A coroutine that runs on a loop, and the future of what it returns.
///
/// The loop keeps a task alive until it is done: dropping the handle neither
/// cancels nor destroys it. Handles are cheap to copy.
///
/// cancel() requests cancellation: CancelledError is thrown where the task is
/// suspended, in a later iteration; the task may catch it. Awaiting a task and
/// being cancelled cancels the task as well.
template <class T>
class Task : public Future<T>, public TaskOps<Task<T>> {
public:
    Task() = default;
    explicit Task(detail::Ref<detail::FutureState> state) noexcept : Future<T>(std::move(state)) {}

    template <class U>
    void set_result(U&&) const = delete;
    template <class E>
    void set_exception(E&&) const = delete;

    /// As Future::add_done_callback(); the callback may take a `Task<T>&`.
    template <class F>
        requires(std::invocable<F&, Task&> || std::invocable<F&>)
    CallbackId add_done_callback(F callback, const std::optional<Context>& context = {}) const {
        return detail::add_typed_callback<Task>(*this->state_, std::move(callback), context);
    }
};

/// A handle to a task whatever it returns; empty when there is no task.
class TaskBase : public FutureBase, public TaskOps<TaskBase> {
public:
    TaskBase() = default;
    explicit TaskBase(detail::Ref<detail::TaskCore> core) noexcept : FutureBase(core) {}
    /// A second handle to \p task.
    template <class T>
    TaskBase(const Task<T>& task) noexcept : FutureBase(task) {}  // NOLINT: upcast

    /// False for an empty handle.
    explicit operator bool() const noexcept { return valid(); }
};

/// The task that runs now, or an empty handle outside tasks and loops.
[[nodiscard]] TaskBase current_task() noexcept;

/// The unfinished tasks of the running loop, in order of creation.
[[nodiscard]] std::vector<TaskBase> all_tasks();

namespace detail {

template <class T>
class TaskOf final : public Valued<T, TaskCore> {
public:
    using Valued<T, TaskCore>::Valued;

private:
    void take_value(PromiseBase& root) override {
        if constexpr (std::is_void_v<T>)
            this->emplace();
        else
            this->emplace(std::move(static_cast<CoroPromise<T>&>(root).value()));
    }
};

/// Throws if \p loop takes no tasks or \p coroutine is null.
void check_can_create(LoopCore& loop, const PromiseBase* coroutine);

template <class T>
Task<T> spawn(LoopCore& loop, Coro<T>& coro, const TaskOpts& options, std::source_location where) {
    CoroOwner root(coro.release());
    check_can_create(loop, root.get());
    Ref<TaskCore> core(new TaskOf<T>(loop, *root.get(), options.name, where));
    static_cast<void>(root.release());
    core->set_context(options.context ? options.context->state() : inherit_context());
    loop.add_task(*core);
    return Task<T>(std::move(core));
}

template <OtherAwaitable A>
Coro<typename A::value_type> await_in_frame(A awaitable) {
    co_return co_await std::move(awaitable);
}

/// A callable and its arguments, which the coroutine that it returns may use.
template <class F, class... Args>
class KeptCall : public Pooled {
public:
    explicit KeptCall(F f, Args... args) : f_(std::move(f)), args_(std::move(args)...) {}
    [[nodiscard]] CoroOf<F, Args...> call() {
        return std::apply([this](Args&... args) { return f_(std::move(args)...); }, args_);
    }

private:
    F f_;
    std::tuple<Args...> args_;
};

template <class Call, class T>
Coro<T> await_and_keep(StandsFor, std::unique_ptr<Call> call, ReservedCoro<T> called) {
    static_cast<void>(call);
    co_return co_await std::move(called.coro);
}

template <class F, class... Args>
CoroOf<F, Args...> call_and_keep(F f, Args... args) {
    using T = typename CoroOf<F, Args...>::value_type;
    auto call = std::make_unique<KeptCall<F, Args...>>(std::move(f), std::move(args)...);
    ReservedCoro<T> called(call->call());
    const StandsFor other{called.coro.where()};
    return await_and_keep(other, std::move(call), std::move(called));
}

}  // namespace detail

template <class T>
Task<T> Loop::create_task(Coro<T> coro, TaskOpts options, std::source_location where) {
    return detail::spawn(*core_, coro, options, where);
}

template <class T>
Task<T> Loop::create_task(Coro<T> coro, std::source_location where) {
    return create_task(std::move(coro), TaskOpts{}, where);
}

template <class T>
T Loop::run_until_complete(Future<T> future) {
    if (&future.state()->loop() != core_.get())
        throw ValueError("The future belongs to a different loop than the one specified as the loop argument");
    core_->run_for(*future.state());
    return detail::unwrap<T>(detail::ValueAccess::copy_or_take<T>(*future.state()));
}

template <class T>
T Loop::run_until_complete(Coro<T> coro, std::source_location where) {
    return run_until_complete(std::move(coro), TaskOpts{}, where);
}

template <class T>
T Loop::run_until_complete(Coro<T> coro, TaskOpts options, std::source_location where) {
    try {
        core_->check_open();
        core_->check_not_running();
    } catch (...) {
        coro.close();
        throw;
    }
    Task<T> task = detail::spawn(*core_, coro, options, where);
    auto& core = static_cast<detail::TaskCore&>(*task.state());
    core.set_report_pending(false);
    try {
        core_->run_for(core);
    } catch (...) {
        if (task.done()) core.mark_retrieved();
        throw;
    }
    return detail::unwrap<T>(detail::ValueAccess::copy_or_take<T>(core));
}

template <detail::OtherAwaitable A>
auto Loop::create_task(A awaitable, TaskOpts options, std::source_location where) {
    return create_task(detail::await_in_frame(std::move(awaitable)), options, where);
}

template <detail::OtherAwaitable A>
auto Loop::create_task(A awaitable, std::source_location where) {
    return create_task(detail::await_in_frame(std::move(awaitable)), where);
}

template <detail::OtherAwaitable A>
auto Loop::run_until_complete(A awaitable, std::source_location where) {
    return run_until_complete(detail::await_in_frame(std::move(awaitable)), where);
}

/// Schedules \p coro as a task of the running loop: it starts in the next
/// iteration, never inside this call. Throws RuntimeError without a loop.
template <class T>
Task<T> create_task(Coro<T> coro, TaskOpts options, std::source_location where = std::source_location::current()) {
    detail::LoopCore* loop = detail::running_core();
    if (!loop) coro.close();
    return detail::spawn(detail::require_running_core(), coro, options, where);
}
template <class T>
Task<T> create_task(Coro<T> coro, std::source_location where = std::source_location::current()) {
    return create_task(std::move(coro), TaskOpts{}, where);
}

/// Awaits \p awaitable, such as sleep(1s), in a task.
template <detail::OtherAwaitable A>
auto create_task(A awaitable, TaskOpts options = {}, std::source_location where = std::source_location::current()) {
    return create_task(detail::await_in_frame(std::move(awaitable)), options, where);
}

/// Runs `f(args...)`, a coroutine, as a task of the running loop that owns \p f
/// and \p args: captures of a lambda live in the task, not in the caller. See
/// Loop::create_task().
template <class F>
    requires(detail::is_coro<detail::CoroOf<F>>)
auto create_task(F f, std::source_location where = std::source_location::current()) {
    return get_running_loop().create_task(std::move(f), where);
}
template <class F, class A>
    requires(detail::is_coro<detail::CoroOf<F, A>>)
auto create_task(F f, A a, std::source_location where = std::source_location::current()) {
    return get_running_loop().create_task(std::move(f), std::move(a), where);
}
template <class F, class A, class B>
    requires(detail::is_coro<detail::CoroOf<F, A, B>>)
auto create_task(F f, A a, B b, std::source_location where = std::source_location::current()) {
    return get_running_loop().create_task(std::move(f), std::move(a), std::move(b), where);
}
template <class F, class A, class B, class C>
    requires(detail::is_coro<detail::CoroOf<F, A, B, C>>)
auto create_task(F f, A a, B b, C c, std::source_location where = std::source_location::current()) {
    return get_running_loop().create_task(std::move(f), std::move(a), std::move(b), std::move(c), where);
}
template <class F, class... Args>
    requires(sizeof...(Args) > 3 && detail::is_coro<detail::CoroOf<F, Args...>>)
auto create_task(F f, Args... args) {
    return get_running_loop().create_task(std::move(f), std::move(args)...);
}

}  // namespace aio
