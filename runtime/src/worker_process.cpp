// worker_process.cpp - starts and ends the processes of a pool
#include "aio/detail/worker_process.h"

#include "aio/detail/code_address.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace aio::detail {

namespace {

/// The number that the socket of a spawned worker has there.
constexpr int worker_socket = 3;
/// Milliseconds in which a spawned worker has to pass its initialisers.
constexpr int start_timeout = 60'000;

[[noreturn]] void throw_error(int error, const char* call) {
    throw std::system_error(error, std::generic_category(), call);
}

/// Both ends of a connection; closes what is not taken.
class SocketPair {
public:
    SocketPair() {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_.data()) < 0) throw_error(errno, "socketpair");
    }
    SocketPair(const SocketPair&) = delete;
    SocketPair& operator=(const SocketPair&) = delete;
    ~SocketPair() {
        for (const int end : ends_)
            if (end >= 0) ::close(end);
    }
    [[nodiscard]] int child() const noexcept { return ends_[1]; }
    [[nodiscard]] int take_parent() noexcept { return std::exchange(ends_[0], -1); }

private:
    std::array<int, 2> ends_{-1, -1};
};

bool has_one_thread() {
    struct stat tasks {};
    // Each thread is a folder, and a folder has two links more than folders.
    return ::stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink == 3;
}

bool can_start_again() {
    return is_in_main_program(reinterpret_cast<std::uintptr_t>(&can_start_again)) &&
           ::access("/proc/self/exe", X_OK) == 0;
}

/// This process's environment with the variable that makes a worker.
std::vector<std::string> worker_environment() {
    const std::string prefix = std::string(worker_variable) + "=";
    std::vector<std::string> all;
    for (char** entry = environ; entry && *entry; ++entry)
        if (!std::string_view(*entry).starts_with(prefix)) all.emplace_back(*entry);
    all.push_back(prefix + std::to_string(worker_socket) + ":" + std::to_string(::getpid()));
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

/// What posix_spawn() shall change in the child.
class SpawnSettings {
public:
    explicit SpawnSettings(int socket) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, socket, worker_socket);
#if __GLIBC_PREREQ(2, 34)
        posix_spawn_file_actions_addclosefrom_np(&actions_, worker_socket + 1);
#endif
        posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    [[nodiscard]] const posix_spawn_file_actions_t* actions() const noexcept { return &actions_; }
    [[nodiscard]] const posix_spawnattr_t* attributes() const noexcept { return &attributes_; }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

WorkerProcess::~WorkerProcess() { kill(); }

void WorkerProcess::start(std::size_t count, std::vector<WorkerProcess>& workers) {
    workers.reserve(count);
    bool by_fork = has_one_thread();
    if (!by_fork && can_start_again()) {
        for (std::size_t i = 0; i < count; ++i) workers.push_back(spawned());
        for (const WorkerProcess& worker : workers) by_fork = !worker.wait_until_serving() || by_fork;
        if (by_fork) workers.clear();
    } else {
        by_fork = true;
    }
    if (by_fork) {
        for (std::size_t i = 0; i < count; ++i) workers.push_back(forked());
    }
    for (const WorkerProcess& worker : workers) worker.make_nonblocking();
}

WorkerProcess WorkerProcess::forked() {
    SocketPair sockets;
    // Otherwise the child would print what is still in the buffers once more.
    std::fflush(stdout);
    std::fflush(stderr);
    const pid_t pid = ::fork();
    if (pid < 0) throw_error(errno, "fork");
    if (pid == 0) {
        forget_parent(sockets.child());
        serve_jobs(sockets.child());
    }
    return WorkerProcess(pid, sockets.take_parent());
}

WorkerProcess WorkerProcess::spawned() {
    SocketPair sockets;
    const SpawnSettings settings(sockets.child());
    auto environment = worker_environment();
    std::vector<std::string> arguments{program_invocation_name};
    pid_t pid = -1;
    const int error = ::posix_spawn(&pid, "/proc/self/exe", settings.actions(), settings.attributes(),
                                    pointers(arguments).data(), pointers(environment).data());
    if (error != 0) throw_error(error, "posix_spawn");
    return WorkerProcess(pid, sockets.take_parent());
}

bool WorkerProcess::wait_until_serving() const {
    pollfd watched{.fd = socket_, .events = POLLIN, .revents = 0};
    int ready = 0;
    do {
        ready = ::poll(&watched, 1, start_timeout);
    } while (ready < 0 && errno == EINTR);
    char greeting = 0;
    return ready == 1 && ::recv(socket_, &greeting, sizeof greeting, MSG_DONTWAIT) == sizeof greeting;
}

void WorkerProcess::make_nonblocking() const {
    if (::fcntl(socket_, F_SETFL, O_NONBLOCK) < 0) throw_error(errno, "fcntl");
}

void WorkerProcess::finish() noexcept {
    if (pid_ < 0) return;
    ::close(std::exchange(socket_, -1));
    reap();
}

void WorkerProcess::kill() noexcept {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    finish();
}

void WorkerProcess::reap() noexcept {
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
}

}  // namespace aio::detail
