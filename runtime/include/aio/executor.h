// executor.h - runs blocking functions on other threads
#pragma once

#include "aio/detail/annotations.h"
#include "aio/detail/executor_op.h"
#include "aio/detail/fork_mark.h"
#include "aio/task.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

namespace aio {

/// Runs jobs somewhere else than on the loop's thread.
class Executor {
public:
    /// A callable without arguments that does not throw; call it once, on any
    /// thread. Destroying one that did not run cancels the future that waits
    /// for it.
    using Job = detail::Callback;

    virtual ~Executor();

    /// Takes \p job to run it later. Any thread; throws ExecutorShutdown after
    /// shutdown().
    AIO_ANY_THREAD virtual void submit(Job job) = 0;

    /// Refuses further jobs. With \p wait blocks until the accepted ones have
    /// run; with \p cancel_pending those that did not start are dropped.
    AIO_ANY_THREAD AIO_BLOCKING virtual void shutdown(bool wait, bool cancel_pending = false) = 0;
};

/// Runs jobs on a fixed number of threads, in the order of submission.
///
/// Threads are started when jobs need them and are named after the pool, with a
/// number: "aio_0".
///
/// The pool belongs to the process that made it: a child of fork() has no such
/// threads. There submitting throws RuntimeError, and shutting down or destroying
/// the pool waits for nothing and leaves its jobs alone.
class ThreadPoolExecutor final : public Executor {
public:
    /// At most \p threads threads; zero means one per processor and four
    /// more, 32 at most.
    explicit ThreadPoolExecutor(std::size_t threads = 0, std::string name = "aio");

    /// Drops the jobs that did not start and waits for those that did.
    AIO_BLOCKING ~ThreadPoolExecutor() override;

    AIO_ANY_THREAD void submit(Job job) override;
    /// As Executor::shutdown(). Throws RuntimeError when one of the pool's own
    /// threads would wait for itself.
    AIO_ANY_THREAD AIO_BLOCKING void shutdown(bool wait, bool cancel_pending = false) override;

private:
    /// What the threads share. A child of fork() cannot destroy it.
    struct Crew {
        std::mutex mutex;
        std::mutex join_mutex;
        std::condition_variable wake;
        std::deque<Job> jobs;
        std::vector<std::thread> threads;
        std::size_t idle = 0;
        bool stopped = false;
    };

    void add_thread();
    void join();
    void work(std::size_t number);

    const std::size_t limit_;
    const std::string name_;
    const detail::ForkMark fork_mark_;
    std::unique_ptr<Crew> crew_;
};

namespace detail {

/// The executor to use for \p chosen, which may be null.
Executor& executor_or_default(LoopCore& loop, Executor* chosen);

}  // namespace detail

template <class F, class... Args>
auto Loop::run_in_executor(detail::Placed<Executor, true> executor, F f, Args... args) {
    using T = std::invoke_result_t<F&, Args...>;
    detail::check_job<F, Args...>();
    core_->check_open();
    Executor& target = detail::executor_or_default(*core_, executor.get());
    Future<T> future = create_future<T>(executor.where());
    auto op = detail::ExecutorOp<T>::start(*core_, future.state());
    try {
        target.submit(detail::ExecutorJob<T, F, Args...>(op, std::move(f), std::move(args)...));
    } catch (...) {
        op->withdraw();
        throw;
    }
    return future;
}

/// Runs `f(args...)` on the default executor of the running loop, in a copy of
/// the current context.
///
/// Suspends:  until the function has returned.
/// Resumes:   from the loop, which the thread wakes.
/// Cancelled: throws CancelledError; a function that has started runs to its end
///            and its result is lost.
/// Lifetime:  \p f and \p args are moved to the thread; what they refer to must
///            outlive the function.
template <class F, class... Args>
Coro<std::invoke_result_t<F&, Args...>> to_thread(F f, Args... args) {
    // A copy: what the function sets is not seen here.
    auto call = [context = copy_context(), f = std::move(f)](Args&&... values) mutable -> decltype(auto) {
        return context.run(f, std::move(values)...);
    };
    auto future = get_running_loop().run_in_executor(nullptr, std::move(call), std::move(args)...);
    co_return co_await std::move(future);
}

}  // namespace aio
