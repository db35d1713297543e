// child_process.cpp - a child process that a loop waits for
#include "aio/detail/child_process.h"

#include "aio/detail/handle_state.h"
#include "aio/detail/loop_core.h"
#include "aio/detail/poller.h"
#include "aio/process_lookup_error.h"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <string>
#include <system_error>
#include <thread>

namespace aio::detail {

namespace {

std::atomic<bool> pidfds_forbidden{false};

/// What CPython gives when somebody else has reaped the child.
constexpr int unknown_status = 255;

/// A full pipe is read in fewer iterations.
constexpr int most_turns = 64;

int open_pidfd(int pid) noexcept {
#ifdef SYS_pidfd_open
    if (!pidfds_forbidden.load()) return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
#endif
    errno = ENOSYS;
    return -1;
}

/// Starts a thread that takes no signals and that nobody joins.
template <class F>
void start_thread(F work) {
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
        std::thread(std::move(work)).detach();
    } catch (...) {
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
        throw;
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

/// Waits until the child has ended, and leaves it to be reaped.
void wait_for_end(int pid) noexcept {
    siginfo_t info;
    while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
}

int returncode_of(int status) noexcept { return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status); }

}  // namespace

void forbid_pidfds(bool forbidden) noexcept { pidfds_forbidden.store(forbidden); }

ExitWatch::ExitWatch(LoopCore& loop, int pid, std::shared_ptr<ChildProcess> child)
    : ExternalOp(loop.inbox()), loop_(loop), pid_(pid), child_(std::move(child)) {}

std::shared_ptr<ExitWatch> ExitWatch::start(LoopCore& loop, int pid, std::shared_ptr<ChildProcess> child) {
    try {
        const std::shared_ptr<ExitWatch> watch(new ExitWatch(loop, pid, std::move(child)));
        if (!watch->watch_by_pidfd()) watch->watch_by_thread();
        loop.external_ops().add(*watch);
        return watch;
    } catch (...) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        throw;
    }
}

bool ExitWatch::watch_by_pidfd() {
    pidfd_.reset(open_pidfd(pid_));
    // The thread also helps when there are too many open files.
    if (!pidfd_) return false;
    loop_.poller()->add(*this, pidfd_.get(), FdEvents::readable);
    watching_self_ = self();
    return true;
}

void ExitWatch::watch_by_thread() {
    start_thread([watch = self()] {
        wait_for_end(watch->pid_);
        watch->reap();
        watch->finish();
    });
}

void ExitWatch::on_ready(std::uint32_t) noexcept {
    if (!reap()) return;
    const auto keep = std::move(watching_self_);
    loop_.poller()->remove(*this);
    pidfd_.reset();
    finish();
}

void ExitWatch::on_lost(int) noexcept {
    static_cast<void>(pidfd_.release());
    const auto keep = std::move(watching_self_);
    try {
        watch_by_thread();
    } catch (const std::system_error&) {
        // Too few resources, after a descriptor of aio was closed by others.
    }
}

bool ExitWatch::reap() noexcept {
    const std::lock_guard lock(mutex_);
    int status = 0;
    const int pid = ::waitpid(pid_, &status, WNOHANG);
    if (pid == 0) return false;
    status_ = pid == pid_ ? returncode_of(status) : unknown_status;
    return true;
}

void ExitWatch::deliver() {
    auto child = std::move(child_);
    if (!child) return;
    ChildProcess::end_later(loop_, std::move(child), *status_);
}

void ExitWatch::abandon() noexcept {
    const auto child = std::move(child_);
    if (child) child->detach();
    const auto keep = std::move(watching_self_);
    if (!keep) return;
    loop_.poller()->remove(*this);
    pidfd_.reset();
    if (reap()) return;
    try {
        start_thread([watch = keep] {
            wait_for_end(watch->pid_);
            watch->reap();
        });
    } catch (const std::system_error&) {
        // A zombie until this process ends; there is no loop to report it to.
    }
}

void ExitWatch::send_signal(int sig) {
    const std::lock_guard lock(mutex_);
    if (status_ || fork_mark_.forked()) return;
    // Somebody else may have reaped it; the loop hears of that later.
    if (::kill(pid_, sig) != 0 && errno != ESRCH) throw std::system_error(errno, std::generic_category(), "kill");
}

std::shared_ptr<ChildProcess> ChildProcess::watch(LoopCore& loop, int pid) {
    auto child = std::make_shared<ChildProcess>();
    child->watch_ = ExitWatch::start(loop, pid, child);
    return child;
}

void ChildProcess::send_signal(int sig) {
    if (returncode_) throw ProcessLookupError("process " + std::to_string(pid()));
    watch_->send_signal(sig);
}

void ChildProcess::attach(std::optional<StreamWriter> input, Ref<StreamTransport> output,
                          Ref<StreamTransport> errors) noexcept {
    input_ = std::move(input);
    outputs_[0] = std::move(output);
    outputs_[1] = std::move(errors);
}

void ChildProcess::detach() noexcept {
    input_.reset();
    for (Ref<StreamTransport>& output : outputs_) output = {};
}

bool ChildProcess::output_is_arriving() const noexcept {
    for (const Ref<StreamTransport>& output : outputs_) {
        if (!output || output->is_closing() || output->is_lost()) continue;
        pollfd state{.fd = output->fd(), .events = POLLIN, .revents = 0};
        if (::poll(&state, 1, 0) > 0) return true;
    }
    return false;
}

void ChildProcess::end_later(LoopCore& loop, std::shared_ptr<ChildProcess> child, int returncode) {
    auto call = [&loop, child = std::move(child), returncode] { end(loop, child, returncode); };
    const auto handle = Ref<HandleState>::adopt(new HandleOf<decltype(call)>(std::move(call), inherit_context()));
    loop.schedule(*handle);
}

void ChildProcess::end(LoopCore& loop, const std::shared_ptr<ChildProcess>& child, int returncode) {
    // A stream that nobody reads, or a grandchild that goes on writing, must not
    // make the end wait for ever.
    if (child->turns_++ < most_turns && child->output_is_arriving()) return end_later(loop, child, returncode);
    child->returncode_ = returncode;
    child->exited_.set();
    child->detach();
}

}  // namespace aio::detail
