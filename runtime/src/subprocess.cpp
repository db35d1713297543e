// subprocess.cpp - child processes, and streams to talk to them
#include "aio/subprocess.h"

#include "aio/detail/child_process.h"
#include "aio/gather.h"
#include "aio/stream_errors.h"

#include <csignal>
#include <system_error>

namespace aio {

namespace {

std::vector<std::string> entries(const std::map<std::string, std::string>& env) {
    std::vector<std::string> entries;
    entries.reserve(env.size());
    for (const auto& [name, value] : env) {
        if (name.find('=') != std::string::npos) throw ValueError("illegal environment variable name");
        entries.push_back(name + "=" + value);
    }
    return entries;
}

}  // namespace

int Process::pid() const noexcept { return child_->pid(); }

std::optional<int> Process::returncode() const noexcept { return child_->returncode(); }

void Process::send_signal(int sig) const { child_->send_signal(sig); }

void Process::terminate() const { send_signal(SIGTERM); }

void Process::kill() const { send_signal(SIGKILL); }

namespace detail {

SpawnRequest make_request(std::vector<std::string> argv, const SubprocessOpts& options) {
    SpawnRequest request;
    request.argv = std::move(argv);
    request.cwd = options.cwd;
    if (options.env) request.env = entries(*options.env);
    request.streams[0] = options.stdin;
    request.streams[1] = options.stdout;
    request.streams[2] = options.stderr;
    request.new_session = options.start_new_session;
    return request;
}

namespace {

/// Opens our end of the child's stream \p fd; null when it is no pipe.
Ref<StreamTransport> open_pipe(LoopCore& loop, OwnedFd& fd, StreamEnd end, std::size_t limit) {
    if (!fd) return {};
    return StreamTransport::start(loop, std::move(fd), end, limit);
}

std::optional<StreamReader> reader_of(const Ref<StreamTransport>& pipe) {
    if (!pipe) return std::nullopt;
    return StreamReader(pipe->reader());
}

Coro<int> wait_for_end(std::shared_ptr<ChildProcess> child) {
    if (!child->returncode()) co_await child->exited().wait();
    co_return *child->returncode();
}

Coro<> feed(std::optional<StreamWriter> in, std::optional<std::string> input) {
    if (!in) co_return;
    try {
        if (input) in->write(*input);
        co_await in->drain();
    } catch (const ConnectionError&) {
        // The child need not read everything.
    }
    in->close();
}

Coro<std::string> read_all(std::optional<StreamReader> out) {
    if (!out) co_return std::string();
    co_return co_await out->read();
}

Coro<std::pair<std::string, std::string>> talk(Process process, std::optional<std::string> input) {
    if (input && !process.stdin_) throw ValueError("input for a process whose stdin is no pipe");
    auto talking = gather(feed(process.stdin_, std::move(input)), read_all(process.stdout_), read_all(process.stderr_));
    auto outcome = co_await std::move(talking);
    co_await process.wait();
    co_return std::pair(std::move(std::get<1>(outcome)), std::move(std::get<2>(outcome)));
}

}  // namespace

Coro<Process> start_process(SpawnRequest request, std::size_t limit) {
    LoopCore& loop = require_running_core();
    Spawned spawned = spawn_process(request);
    // First, because it sees to it that the child is reaped whatever fails.
    // NOLINTNEXTLINE(coro-blocking-call): it waits only for a child that it has killed
    const auto child = ChildProcess::watch(loop, spawned.pid);
    try {
        const auto in = open_pipe(loop, spawned.pipes[0], StreamEnd::write, limit);
        const auto out = open_pipe(loop, spawned.pipes[1], StreamEnd::read, limit);
        const auto err = open_pipe(loop, spawned.pipes[2], StreamEnd::read, limit);
        Process process(child);
        if (in) process.stdin_.emplace(in);
        process.stdout_ = reader_of(out);
        process.stderr_ = reader_of(err);
        child->attach(process.stdin_, out, err);
        co_return process;
    } catch (...) {
        child->send_signal(SIGKILL);
        throw;
    }
}

}  // namespace detail

Coro<int> Process::wait() const { return detail::wait_for_end(child_); }

Coro<std::pair<std::string, std::string>> Process::communicate(std::optional<std::string> input) const {
    return detail::talk(*this, std::move(input));
}

}  // namespace aio
