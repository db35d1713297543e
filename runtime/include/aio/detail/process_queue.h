// process_queue.h - the jobs and workers of a process pool
#pragma once

#include "aio/detail/fork_mark.h"
#include "aio/detail/owned_fd.h"
#include "aio/detail/process_job.h"
#include "aio/detail/worker_process.h"

#include <poll.h>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace aio::detail {

/// Gives jobs to worker processes, first in, first out.
///
/// One thread talks to all workers. A worker has at most one job, so that a
/// cancelled job that waits is never sent. A child of fork() has neither the
/// thread nor the workers, and must not destroy this.
class ProcessQueue {
public:
    /// Starts the workers, then the thread.
    explicit ProcessQueue(std::size_t workers);
    ProcessQueue(const ProcessQueue&) = delete;
    ProcessQueue& operator=(const ProcessQueue&) = delete;
    ~ProcessQueue();

    void submit(std::unique_ptr<ProcessJob> job);
    void shutdown(bool wait, bool cancel_pending);
    [[nodiscard]] std::vector<pid_t> pids() const;
    /// True in a child of fork(), where only forget() and the three above work.
    [[nodiscard]] bool forked() const noexcept { return fork_mark_.forked(); }
    /// Closes the child's copies of the descriptors.
    void forget() noexcept;

private:
    /// A worker, its job, and how much of it has passed the socket.
    struct Worker {
        explicit Worker(WorkerProcess started) noexcept : process(std::move(started)) {}

        WorkerProcess process;
        std::unique_ptr<ProcessJob> job;
        std::uint64_t request_size = 0;
        std::size_t sent = 0;
        std::uint64_t reply_size = 0;
        std::size_t received = 0;
        std::string reply;
    };
    /// What became of a socket.
    enum class Progress { blocked, more, finished, closed };

    void work();
    [[nodiscard]] bool assign_jobs();
    [[nodiscard]] std::unique_ptr<ProcessJob> next_job();
    void wait_for_sockets();
    [[nodiscard]] bool serve(Worker& worker);
    static Progress send_some(Worker& worker);
    static Progress receive_some(Worker& worker);
    static void finish_job(Worker& worker);
    void break_pool();
    void end_workers();
    void wake() const noexcept;

    const ForkMark fork_mark_;
    mutable std::mutex mutex_;
    std::mutex join_mutex_;
    std::deque<std::unique_ptr<ProcessJob>> jobs_;
    std::vector<pid_t> pids_;
    bool stopped_ = false;
    bool broken_ = false;
    OwnedFd wake_fd_;
    std::vector<Worker> workers_;  // the thread's
    std::vector<pollfd> sockets_;  // the thread's
    std::thread thread_;
};

}  // namespace aio::detail
