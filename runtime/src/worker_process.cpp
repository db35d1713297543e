// worker_process.cpp - starts and ends the processes of a pool
#include "aio/detail/worker_process.h"

#include "aio/detail/code_address.h"
#include "aio/detail/owned_fd.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
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

/// Both ends of a connection, neither of which is a standard stream; closes what
/// is not taken.
class SocketPair {
public:
    SocketPair() {
        std::array<int, 2> ends{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) < 0) throw_error(errno, "socketpair");
        parent_.reset(ends[0]);
        child_.reset(ends[1]);
        // Where the program has closed its standard streams, they get these
        // numbers: the worker's output would go to its parent as a reply.
        move_up(parent_);
        move_up(child_);
    }
    [[nodiscard]] int child() const noexcept { return child_.get(); }
    [[nodiscard]] int take_parent() noexcept { return parent_.release(); }

private:
    static void move_up(OwnedFd& end) {
        if (end.get() > STDERR_FILENO) return;
        const int moved = ::fcntl(end.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        if (moved < 0) throw_error(errno, "fcntl");
        end.reset(moved);
    }

    OwnedFd parent_;
    OwnedFd child_;
};

bool has_one_thread() {
    struct stat tasks{};
    // Each thread is a folder, and a folder has two links more than folders.
    return ::stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink == 3;
}

bool can_start_again() {
    return is_in_main_program(reinterpret_cast<std::uintptr_t>(&can_start_again)) &&
           ::access("/proc/self/exe", X_OK) == 0;
}

/// This process's environment with the variable that makes a worker.
std::vector<std::string> worker_environment() {
    std::string own(worker_variable);
    own.push_back('=');
    std::vector<std::string> all;
    for (char** entry = environ; entry && *entry; ++entry)
        if (!std::string_view(*entry).starts_with(own)) all.emplace_back(*entry);
    // Piece by piece: GCC 12 may warn of array bounds where it inlines the sum of
    // a string and a literal.
    own.append(std::to_string(worker_socket));
    own.push_back(':');
    own.append(std::to_string(::getpid()));
    all.push_back(std::move(own));
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
        for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
            if (!is_inherited(stream)) posix_spawn_file_actions_addopen(&actions_, stream, "/dev/null", O_WRONLY, 0);
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
    flush_standard_streams();
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
    if (ready != 1) return false;
    char greeting = 0;
    ssize_t got = 0;
    do {
        got = ::recv(socket_, &greeting, sizeof greeting, MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    return got == sizeof greeting;
}

void WorkerProcess::make_nonblocking() const {
    if (::fcntl(socket_, F_SETFL, O_NONBLOCK) < 0) throw_error(errno, "fcntl");
}

void WorkerProcess::finish() noexcept {
    if (pid_ < 0) return;
    // Closing is not enough: a child of fork() may have the socket as well.
    ::shutdown(socket_, SHUT_RDWR);
    ::close(std::exchange(socket_, -1));
    reap();
}

void WorkerProcess::kill() noexcept {
    if (pid_ < 0) return;
    if (fork_mark_.forked()) return forget();
    ::kill(pid_, SIGKILL);
    finish();
}

void WorkerProcess::forget() noexcept {
    pid_ = -1;
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void WorkerProcess::reap() noexcept {
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
}

}  // namespace aio::detail
