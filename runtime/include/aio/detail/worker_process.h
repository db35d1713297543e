// worker_process.h - a child process that runs jobs
//
// How a worker comes to life
//
// A process with a single thread is forked: no other thread can hold a lock that
// the child would wait for. In a process with several threads a fork is not safe:
// a lock that another thread holds at that moment (of the allocator, of a logger,
// of a static variable's guard) stays locked in the child for ever. glibc frees
// its own locks in the child, but not those of other allocators, of sanitizers
// and of the program. There the worker is a new process of the same program,
// made with posix_spawn(). A constructor in this library sees a variable in the
// environment, runs the initialisers that are left and serves jobs instead of
// entering main().
//
// When the program cannot be started again (aio is part of a shared library, or
// /proc is not there), the process is forked all the same.
#pragma once

#include "aio/detail/fork_mark.h"

#include <sys/types.h>
#include <cstddef>
#include <utility>
#include <vector>

namespace aio::detail {

/// The parent's end of one worker: its process and the socket to it.
///
/// A worker has the descriptors 0 (/dev/null), 1, 2 and its socket, default
/// signal handlers with SIGINT ignored, and no running loop. It ends when its
/// socket is closed. In a child of fork() this object only closes its copy of the
/// socket: the worker is not a child of that process.
class WorkerProcess {
public:
    WorkerProcess() = default;
    WorkerProcess(WorkerProcess&& other) noexcept
        : pid_(std::exchange(other.pid_, -1)),
          socket_(std::exchange(other.socket_, -1)),
          fork_mark_(other.fork_mark_) {}
    WorkerProcess& operator=(WorkerProcess&&) = delete;
    /// Kills a worker that is left, and reaps it.
    ~WorkerProcess();

    /// Starts \p count workers; throws std::system_error when one does not start.
    static void start(std::size_t count, std::vector<WorkerProcess>& workers);

    [[nodiscard]] pid_t pid() const noexcept { return pid_; }
    /// Does not block.
    [[nodiscard]] int socket() const noexcept { return socket_; }
    /// Makes the worker end after its job, and waits for that.
    void finish() noexcept;
    /// Ends the worker at once, and waits for that.
    void kill() noexcept;
    /// Leaves the worker alone, in a child of fork().
    void forget() noexcept;

private:
    WorkerProcess(pid_t pid, int socket) noexcept : pid_(pid), socket_(socket) {}
    static WorkerProcess forked();
    static WorkerProcess spawned();
    /// Waits until a spawned worker has said that it serves; false when it ends.
    [[nodiscard]] bool wait_until_serving() const;
    void make_nonblocking() const;
    void reap() noexcept;

    pid_t pid_ = -1;
    int socket_ = -1;
    ForkMark fork_mark_;
};

/// The child's side: runs the jobs that come through \p socket until its end.
[[noreturn]] void serve_jobs(int socket) noexcept;

/// Makes a forked child forget what it has inherited, all but \p socket, which is
/// no standard stream. Those that a worker does not inherit become /dev/null.
void forget_parent(int socket) noexcept;

/// True when \p stream is open and stays so in another program: with the standard
/// streams closed, their numbers may belong to anything.
[[nodiscard]] bool is_inherited(int stream) noexcept;

/// Writes what is in the buffers of C's and C++'s standard streams.
void flush_standard_streams() noexcept;

/// In the environment of a spawned worker: its socket and its parent.
inline constexpr char worker_variable[] = "AIO_WORKER_PROCESS";

}  // namespace aio::detail
