// process_pool.h - runs functions in other processes
#pragma once

#include "aio/detail/annotations.h"
#include "aio/detail/process_job.h"
#include "aio/executor.h"
#include "aio/loop.h"
#include "aio/remote_error.h"
#include "aio/serialize.h"

#include <sys/types.h>
#include <concepts>
#include <cstddef>
#include <memory>
#include <vector>

namespace aio {

namespace detail {
class ProcessQueue;
}  // namespace detail

/// Runs functions on a fixed number of child processes, in order of submission.
///
/// For work that must not share a process with the loop: code that crashes, leaks
/// or is not thread-safe. Submit with Loop::run_in_executor():
///
///     aio::ProcessPoolExecutor pool(4);
///     auto sum = co_await loop.run_in_executor(&pool, sum_of_primes, 1'000'000);
///
/// A job is a function, or a lambda without captures, and its arguments. They
/// travel as Serializable values. An exception of a job arrives as the registered
/// type with its text, or as RemoteError; see register_remote_error().
///
/// Construct it before the program starts threads: the workers are then forks of
/// the process. Later they are fresh processes of the same program, which have
/// run its static initialisers but not main(). A job should therefore not rely
/// on what main() has set up. Workers have no open files but 0 (/dev/null), 1
/// and 2, ignore SIGINT, handle other signals by default, and end when the
/// parent does, after the job they are at.
///
/// When a worker dies, all jobs that are not done and all later ones fail with
/// BrokenProcessPool.
///
/// The pool belongs to the process that made it. In a child of fork() submitting
/// throws RuntimeError, and destroying the pool there leaves the workers alone.
class ProcessPoolExecutor {
public:
    /// Starts \p workers processes; zero means one per processor.
    ///
    /// Blocks until they run. Throws std::system_error when one cannot start.
    AIO_BLOCKING explicit ProcessPoolExecutor(std::size_t workers = 0);

    /// Drops the jobs that did not start and waits for those that did.
    AIO_BLOCKING ~ProcessPoolExecutor();
    ProcessPoolExecutor(const ProcessPoolExecutor&) = delete;
    ProcessPoolExecutor& operator=(const ProcessPoolExecutor&) = delete;

    /// Refuses further jobs with ExecutorShutdown. With \p wait blocks until the
    /// accepted ones have run and the processes have ended; with
    /// \p cancel_pending those that did not start are dropped, which cancels
    /// their futures. Any thread.
    AIO_ANY_THREAD AIO_BLOCKING void shutdown(bool wait, bool cancel_pending = false);

    /// The process ids of the workers; empty once they have ended. Any thread.
    AIO_ANY_THREAD [[nodiscard]] std::vector<pid_t> pids() const;

    /// For the other headers of aio.
    AIO_ANY_THREAD void submit(std::unique_ptr<detail::ProcessJob> job);

private:
    std::unique_ptr<detail::ProcessQueue> queue_;
};

template <class F, class... Args>
auto Loop::run_in_executor(detail::Placed<ProcessPoolExecutor> pool, F f, Args&&... args) {
    static_assert(detail::PlainFunction<F>,
                  "a job of a ProcessPoolExecutor is a function or a lambda without captures: "
                  "captured objects do not exist in the other process");
    if constexpr (std::is_invocable_v<F&, Args...>) detail::check_job<F, Args...>();
    using Call = detail::RemoteCallOf<F>;
    using T = typename Call::result_type;
    static_assert(sizeof...(Args) == Call::arity, "as many arguments as the function has parameters");
    core_->check_open();
    std::string request = Call::request(+f, typename Call::Arguments(std::forward<Args>(args)...));
    Future<T> future = create_future<T>(pool.where());
    auto op = detail::ExecutorOp<T>::start(*core_, future.state());
    try {
        pool.get()->submit(std::make_unique<detail::TypedProcessJob<T>>(op, std::move(request)));
    } catch (...) {
        op->withdraw();
        throw;
    }
    return future;
}

}  // namespace aio
