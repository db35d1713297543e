// run.h - runs a program's main coroutine
#pragma once

#include "aio/detail/annotations.h"
#include "aio/detail/kept_result.h"
#include "aio/task.h"

#include <memory>
#include <optional>
#include <source_location>
#include <utility>

namespace aio {

/// Options of run() and Runner.
struct RunOptions {
    /// Debug mode of the loop.
    bool debug = false;
    /// Makes the loop; null: a Loop with the other options. The loop that it makes
    /// gets `debug` and `tracer`, but has its own clock.
    std::unique_ptr<Loop> (*loop_factory)() = nullptr;
    /// The loop's time source; null: the system's. Not owned. With a loop_factory
    /// running throws ValueError: the factory gives its loop the clock.
    Clock* clock = nullptr;
    /// Observes the loop: see tracer.h. Not owned.
    Tracer* tracer = nullptr;
};

namespace detail {

/// Throws RuntimeError when a loop runs on this thread.
void check_not_nested(const char* function);

/// As Loop::run_until_complete(), but SIGINT cancels the task.
template <class T>
T run_main(Loop& loop, Coro<T>& coro, const Context& context, std::source_location where) {
    const Task<T> task = spawn(loop.core(), coro, {.context = &context}, where);
    auto& core = static_cast<TaskCore&>(*task.state());
    core.set_report_pending(false);
    try {
        loop.core().run_main(core);
    } catch (...) {
        if (task.done()) core.mark_retrieved();
        throw;
    }
    return unwrap<T>(ValueAccess::copy_or_take<T>(core));
}

}  // namespace detail

/// Runs several coroutines on one loop and cleans up at the end.
class Runner {
public:
    /// Makes nothing yet: the loop comes with its first use.
    explicit Runner(RunOptions options = {}) : options_(options) {}
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    /// As close(), but reports instead of throwing.
    AIO_BLOCKING ~Runner();

    /// Runs \p coro until it is done; returns or rethrows its outcome.
    ///
    /// Blocks the thread. Throws RuntimeError inside a running loop and after
    /// close(), and ValueError for options that contradict each other. Tasks that
    /// are left go on in the next run().
    ///
    /// On the main thread, unless the program handles SIGINT itself: the first
    /// SIGINT cancels the task, and KeyboardInterrupt is thrown when this ends it;
    /// a second one leaves the loop with KeyboardInterrupt at once.
    ///
    /// All runs share one context, a copy of the one in which the loop was made;
    /// the second form runs \p coro in \p context.
    template <class T>
    AIO_BLOCKING T run(Coro<T> coro, std::source_location where = std::source_location::current()) {
        return run_in(nullptr, std::move(coro), where);
    }
    template <class T>
    AIO_BLOCKING T run(Coro<T> coro, const Context& context,
                       std::source_location where = std::source_location::current()) {
        return run_in(&context, std::move(coro), where);
    }

    /// The loop, made at the first use; throws as run().
    Loop& get_loop();

    /// Cancels all tasks that are left and waits for them, closes asynchronous
    /// generators, joins the default executor, closes the loop. Idempotent;
    /// throws RuntimeError while a loop runs on this thread. Blocks the thread.
    AIO_BLOCKING void close();

private:
    void prepare(bool valid);

    template <class T>
    T run_in(const Context* context, Coro<T> coro, std::source_location where) {
        try {
            prepare(coro.valid());
        } catch (...) {
            coro.close();
            throw;
        }
        return detail::run_main(*loop_, coro, context ? *context : *context_, where);
    }

    RunOptions options_;
    std::optional<Context> context_;
    std::unique_ptr<Loop> loop_;
    bool closed_ = false;
};

/// Runs \p coro on a new loop; returns or rethrows its outcome.
///
/// Blocks the thread. Afterwards the tasks that are left are cancelled and
/// waited for, asynchronous generators are closed and the default executor is
/// joined. Throws RuntimeError when a loop runs on this thread. SIGINT acts as
/// Runner::run() says.
template <class T>
AIO_ANY_THREAD AIO_BLOCKING T run(Coro<T> coro, RunOptions options = {},
                                  std::source_location where = std::source_location::current()) {
    try {
        detail::check_not_nested("asyncio.run()");
    } catch (...) {
        coro.close();
        throw;
    }
    Runner runner(options);
    detail::KeptResult<T> result;
    try {
        result.keep([&]() -> T { return runner.run(std::move(coro), where); });
    } catch (...) {
        runner.close();
        throw;
    }
    runner.close();
    return result.take();
}

}  // namespace aio
