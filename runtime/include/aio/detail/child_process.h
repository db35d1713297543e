// child_process.h - a child process that a loop waits for
#pragma once

#include "aio/detail/external_op.h"
#include "aio/detail/fd_watch.h"
#include "aio/detail/fork_mark.h"
#include "aio/detail/owned_fd.h"
#include "aio/event.h"
#include "aio/stream_writer.h"

#include <memory>
#include <mutex>
#include <optional>

namespace aio::detail {

class ChildProcess;

/// Notices the end of a child process and reaps it.
///
/// Hears of the end by a pidfd, or, where the kernel has none, from a thread that
/// waits. Whatever becomes of the handles and of the loop, the child is reaped
/// once it has ended. The thread may be the last to let go of this, so nothing
/// here belongs to the loop but `child_`, which is gone by then.
class ExitWatch final : public ExternalOp, private FdWatch {
public:
    /// Waits for \p pid and tells \p child. On failure kills the child and throws.
    static std::shared_ptr<ExitWatch> start(LoopCore& loop, int pid, std::shared_ptr<ChildProcess> child);

    [[nodiscard]] int pid() const noexcept { return pid_; }
    /// Sends \p sig, unless the child was reaped: its number may be another's by
    /// then. Throws std::system_error, such as EINVAL for what is no signal.
    void send_signal(int sig);

    void abandon() noexcept override;

private:
    ExitWatch(LoopCore& loop, int pid, std::shared_ptr<ChildProcess> child);

    [[nodiscard]] std::shared_ptr<ExitWatch> self() { return std::static_pointer_cast<ExitWatch>(shared_from_this()); }
    [[nodiscard]] bool watch_by_pidfd();
    void watch_by_thread();
    void on_ready(std::uint32_t events) noexcept override;
    void on_lost(int fd) noexcept override;
    void deliver() override;
    /// Takes the status if the child has ended; returns whether it had.
    bool reap() noexcept;

    LoopCore& loop_;
    const int pid_;
    ForkMark fork_mark_;
    std::shared_ptr<ChildProcess> child_;
    OwnedFd pidfd_;
    std::shared_ptr<ExitWatch> watching_self_;  // while the poller knows this
    std::mutex mutex_;                          // of status_
    std::optional<int> status_;
};

/// A child process as its handles see it. Loop's thread.
class ChildProcess {
public:
    /// Waits for \p pid, which was just started; see ExitWatch::start().
    static std::shared_ptr<ChildProcess> watch(LoopCore& loop, int pid);

    [[nodiscard]] int pid() const noexcept { return watch_->pid(); }
    /// The exit status, or minus the signal; empty until the loop knows.
    [[nodiscard]] std::optional<int> returncode() const noexcept { return returncode_; }
    /// Set when there is a return code.
    [[nodiscard]] Event& exited() noexcept { return exited_; }
    /// As ExitWatch::send_signal(), but ESRCH once there is a return code.
    void send_signal(int sig);

    /// Keeps the pipes of the child until it has ended or the loop closes: nobody
    /// else may, and the child would be ended by SIGPIPE or see the end of its input.
    void attach(std::optional<StreamWriter> input, Ref<StreamTransport> output, Ref<StreamTransport> errors) noexcept;

private:
    friend class ExitWatch;
    /// The child has ended: tells those who wait once its output has been read.
    static void end(LoopCore& loop, const std::shared_ptr<ChildProcess>& child, int returncode);
    /// Calls end() in the next iteration.
    static void end_later(LoopCore& loop, std::shared_ptr<ChildProcess> child, int returncode);
    [[nodiscard]] bool output_is_arriving() const noexcept;
    void detach() noexcept;

    std::shared_ptr<ExitWatch> watch_;
    std::optional<StreamWriter> input_;
    Ref<StreamTransport> outputs_[2];
    int turns_ = 0;
    std::optional<int> returncode_;
    Event exited_;
};

/// Makes later children be waited for by threads, as on old kernels; for tests.
void forbid_pidfds(bool forbidden) noexcept;

}  // namespace aio::detail
