// process_queue.cpp - the jobs and workers of a process pool
#include "aio/detail/process_queue.h"

#include "aio/detail/remote_failure.h"
#include "aio/errors.h"

#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace aio::detail {

namespace {

std::exception_ptr broken_error() {
    return std::make_exception_ptr(BrokenProcessPool(
        "A process in the process pool was terminated abruptly while the future was running or pending."));
}

/// Starts threads that no signal handler interrupts.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;
    ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

}  // namespace

void ProcessJob::finish(std::string_view reply) {
    const auto call = std::move(call_);
    try {
        Loader in(reply);
        if (in.load<bool>())
            accept(in);
        else
            call->fail(load_error(in));
    } catch (...) {
        call->fail(std::current_exception());
    }
    call->finish();
}

void ProcessJob::fail(std::exception_ptr error) {
    const auto call = std::move(call_);
    call->fail(std::move(error));
    call->finish();
}

ProcessQueue::ProcessQueue(std::size_t workers) {
    std::vector<WorkerProcess> started;
    WorkerProcess::start(workers, started);
    workers_.reserve(workers);
    for (WorkerProcess& process : started) {
        pids_.push_back(process.pid());
        workers_.emplace_back(std::move(process));
    }
    wake_fd_.reset(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!wake_fd_) throw std::system_error(errno, std::generic_category(), "eventfd");
    const SignalsBlocked quiet;
    thread_ = std::thread([this] { work(); });
}

ProcessQueue::~ProcessQueue() { shutdown(true, true); }

void ProcessQueue::submit(std::unique_ptr<ProcessJob> job) {
    fork_mark_.check("executor");
    {
        const std::lock_guard lock(mutex_);
        if (broken_)
            throw BrokenProcessPool("A child process terminated abruptly, the process pool is not usable anymore");
        if (stopped_) throw ExecutorShutdown("cannot schedule new futures after shutdown");
        jobs_.push_back(std::move(job));
    }
    wake();
}

void ProcessQueue::shutdown(bool wait, bool cancel_pending) {
    // Its mutex may be locked for ever, and nothing runs here anyway.
    if (forked()) return;
    std::deque<std::unique_ptr<ProcessJob>> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        if (cancel_pending) dropped.swap(jobs_);
    }
    wake();
    dropped.clear();
    if (!wait) return;
    const std::lock_guard lock(join_mutex_);
    if (thread_.joinable()) thread_.join();
}

std::vector<pid_t> ProcessQueue::pids() const {
    if (forked()) return {};
    const std::lock_guard lock(mutex_);
    return pids_;
}

void ProcessQueue::forget() noexcept {
    for (Worker& worker : workers_) worker.process.forget();
    wake_fd_.reset();
}

void ProcessQueue::work() {
    pthread_setname_np(pthread_self(), "aio-processes");
    while (assign_jobs()) {
        wait_for_sockets();
        for (Worker& worker : workers_) {
            if (!serve(worker)) return break_pool();
        }
    }
    end_workers();
}

/// Gives waiting jobs to idle workers; false when there is nothing left to do.
bool ProcessQueue::assign_jobs() {
    bool busy = false;
    bool stopped = false;
    {
        const std::lock_guard lock(mutex_);
        stopped = stopped_;
    }
    for (Worker& worker : workers_) {
        if (!worker.job && (worker.job = next_job())) worker.request_size = worker.job->request().size();
        busy = busy || worker.job;
    }
    // Nothing is added once the pool is stopped.
    return busy || !stopped;
}

/// The first job that was not cancelled, or null.
std::unique_ptr<ProcessJob> ProcessQueue::next_job() {
    while (true) {
        std::unique_ptr<ProcessJob> job;
        {
            const std::lock_guard lock(mutex_);
            if (jobs_.empty()) return nullptr;
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        if (job->begin()) return job;
    }
}

void ProcessQueue::wait_for_sockets() {
    sockets_.clear();
    sockets_.push_back({.fd = wake_fd_.get(), .events = POLLIN, .revents = 0});
    for (const Worker& worker : workers_) {
        const bool sends = worker.job && worker.sent < sizeof(worker.request_size) + worker.request_size;
        sockets_.push_back({.fd = worker.process.socket(),
                            .events = static_cast<short>(sends ? POLLIN | POLLOUT : POLLIN),
                            .revents = 0});
    }
    ::poll(sockets_.data(), sockets_.size(), -1);
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(wake_fd_.get(), &count, sizeof count);
}

/// Moves what can be moved without blocking; false when the worker has died.
bool ProcessQueue::serve(Worker& worker) {
    Progress progress = Progress::more;
    while (worker.job && progress == Progress::more) progress = send_some(worker);
    if (progress == Progress::closed) return false;
    do {
        progress = receive_some(worker);
    } while (progress == Progress::more);
    if (progress == Progress::finished) finish_job(worker);
    return progress != Progress::closed;
}

ProcessQueue::Progress ProcessQueue::send_some(Worker& worker) {
    constexpr std::size_t head = sizeof worker.request_size;
    if (worker.sent == head + worker.request_size) return Progress::blocked;
    std::string& request = worker.job->request();
    const bool in_head = worker.sent < head;
    const char* from = in_head ? reinterpret_cast<const char*>(&worker.request_size) + worker.sent
                               : request.data() + (worker.sent - head);
    const std::size_t size = in_head ? head - worker.sent : request.size() - (worker.sent - head);
    const ssize_t sent = ::send(worker.process.socket(), from, size, MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN || errno == EINTR ? Progress::blocked : Progress::closed;
    worker.sent += static_cast<std::size_t>(sent);
    if (worker.sent == head + worker.request_size) std::string().swap(request);
    return Progress::more;
}

ProcessQueue::Progress ProcessQueue::receive_some(Worker& worker) {
    constexpr std::size_t head = sizeof worker.reply_size;
    const bool in_head = worker.received < head;
    char* to = in_head ? reinterpret_cast<char*>(&worker.reply_size) + worker.received
                       : worker.reply.data() + (worker.received - head);
    const std::size_t size = in_head ? head - worker.received : worker.reply.size() - (worker.received - head);
    const ssize_t got = ::recv(worker.process.socket(), to, size, 0);
    if (got < 0) return errno == EAGAIN || errno == EINTR ? Progress::blocked : Progress::closed;
    // Bytes without a job are not part of any reply: the worker is out of its mind.
    if (got == 0 || !worker.job) return Progress::closed;
    worker.received += static_cast<std::size_t>(got);
    try {
        if (worker.received == head) worker.reply.resize(worker.reply_size);
    } catch (const std::exception&) {
        return Progress::closed;  // no memory for it, or no size at all
    }
    return worker.received == head + worker.reply.size() ? Progress::finished : Progress::more;
}

void ProcessQueue::finish_job(Worker& worker) {
    const auto job = std::move(worker.job);
    const std::string reply = std::move(worker.reply);
    worker.reply.clear();
    worker.request_size = worker.reply_size = 0;
    worker.sent = worker.received = 0;
    job->finish(reply);
}

/// A worker has died: ends the others and fails all jobs.
void ProcessQueue::break_pool() {
    std::deque<std::unique_ptr<ProcessJob>> waiting;
    {
        const std::lock_guard lock(mutex_);
        broken_ = true;
        waiting.swap(jobs_);
        pids_.clear();
    }
    for (Worker& worker : workers_) worker.process.kill();
    for (Worker& worker : workers_) {
        if (const auto job = std::move(worker.job)) job->fail(broken_error());
    }
    for (const auto& job : waiting) {
        if (job->begin()) job->fail(broken_error());
    }
}

void ProcessQueue::end_workers() {
    for (Worker& worker : workers_) worker.process.finish();
    const std::lock_guard lock(mutex_);
    pids_.clear();
}

void ProcessQueue::wake() const noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_fd_.get(), &one, sizeof one);
}

}  // namespace aio::detail
