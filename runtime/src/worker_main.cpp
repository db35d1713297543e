// worker_main.cpp - the life of a worker process
#include "aio/context.h"
#include "aio/detail/loop_core.h"
#include "aio/detail/process_job.h"
#include "aio/detail/remote_failure.h"
#include "aio/detail/worker_process.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

// The linker's bounds of the program's list of initialisers.
extern "C" {
using Initialiser = void (*)(int, char**, char**);
[[gnu::weak, gnu::visibility("hidden")]] extern Initialiser __init_array_start[];
[[gnu::weak, gnu::visibility("hidden")]] extern Initialiser __init_array_end[];
}

namespace aio::detail {

namespace {

bool receive(int socket, char* to, std::size_t size) noexcept {
    while (size > 0) {
        const ssize_t got = ::recv(socket, to, size, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        to += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool send(int socket, const char* from, std::size_t size) noexcept {
    while (size > 0) {
        const ssize_t sent = ::send(socket, from, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        from += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

/// Reads one message: its size, then its bytes.
bool receive_message(int socket, std::string& message) {
    std::uint64_t size = 0;
    if (!receive(socket, reinterpret_cast<char*>(&size), sizeof size)) return false;
    message.resize(size);
    return receive(socket, message.data(), size);
}

bool send_message(int socket, const std::string& message) {
    const std::uint64_t size = message.size();
    return send(socket, reinterpret_cast<const char*>(&size), sizeof size) &&
           send(socket, message.data(), message.size());
}

/// The reply to \p request: true and the result, or false and the error.
std::string answer(const std::string& request) {
    Saver reply;
    try {
        Loader in(request);
        const auto entry = reinterpret_cast<JobEntry>(in.load<CodeAddress>().resolve());
        reply(true);
        // A job sets variables for itself only, and sees those of nobody else.
        Context().run(entry, in, reply);
    } catch (...) {
        reply.bytes().clear();
        reply(false);
        save_error(reply, std::current_exception());
    }
    return std::move(reply.bytes());
}

void close_range_or_all(unsigned first, unsigned last) noexcept {
    if (first > last) return;
#ifdef SYS_close_range
    if (::syscall(SYS_close_range, first, last, 0) == 0) return;
#endif
    const auto limit = static_cast<unsigned>(std::max(::sysconf(_SC_OPEN_MAX), 1024L));
    for (unsigned fd = first; fd <= std::min(last, limit); ++fd) ::close(static_cast<int>(fd));
}

/// Ctrl-C reaches the whole process group; it is the parent that decides.
void ignore_interrupts() noexcept { std::signal(SIGINT, SIG_IGN); }

void reset_signals() noexcept {
    for (int number = 1; number < NSIG; ++number) {
        struct sigaction action{};
        if (::sigaction(number, nullptr, &action) != 0) continue;
        // What is ignored stays so: nohup relies on it.
        if (action.sa_handler != SIG_IGN && action.sa_handler != SIG_DFL) std::signal(number, SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// The socket that the environment names, or -1: then this is no worker.
///
/// The variable is not believed in a program that runs with more rights than its
/// caller has, nor when it was inherited from somewhere else.
int socket_from_environment() noexcept {
    const char* value = ::secure_getenv(worker_variable);
    if (!value) return -1;
    const std::string_view text(value);
    int socket = -1;
    pid_t parent = -1;
    const auto [colon, error] = std::from_chars(text.begin(), text.end(), socket);
    if (error != std::errc() || colon == text.end()) return -1;
    std::from_chars(colon + 1, text.end(), parent);
    ::unsetenv(worker_variable);
    struct stat status{};
    const bool valid = parent == ::getppid() && ::fstat(socket, &status) == 0 && S_ISSOCK(status.st_mode);
    return valid ? socket : -1;
}

/// Runs the initialisers of the program that come after \p self.
void run_initialisers_after(Initialiser self, int argc, char** argv, char** envp) {
    if (!__init_array_start || !__init_array_end) return;
    const auto found = std::find(__init_array_start, __init_array_end, self);
    if (found == __init_array_end) return;
    std::for_each(found + 1, __init_array_end, [&](Initialiser next) { next(argc, argv, envp); });
}

/// Runs before main(); never returns in a spawned worker.
[[gnu::constructor]] void serve_if_worker(int argc, char** argv, char** envp) {
    const int socket = socket_from_environment();
    if (socket < 0) return;
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ignore_interrupts();
    run_initialisers_after(&serve_if_worker, argc, argv, envp);
    const char greeting = 1;
    if (!send(socket, &greeting, sizeof greeting)) ::_exit(0);
    serve_jobs(socket);
}

}  // namespace

bool is_inherited(int stream) noexcept {
    const int flags = ::fcntl(stream, F_GETFD);
    return flags >= 0 && (flags & FD_CLOEXEC) == 0;
}

void forget_parent(int socket) noexcept {
    // Each open() takes the lowest number that is free, which is the stream's.
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (stream != STDIN_FILENO && is_inherited(stream)) continue;
        ::close(stream);
        ::open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY);
    }
    close_range_or_all(3, static_cast<unsigned>(socket) - 1);
    close_range_or_all(static_cast<unsigned>(socket) + 1, ~0U);
    reset_signals();
    ignore_interrupts();
    leave_running_core();
}

void flush_standard_streams() noexcept {
    const auto flush = [](auto& stream) noexcept {
        try {
            stream.flush();
        } catch (...) {
            // The program has asked for exceptions; nobody here can use them.
        }
    };
    flush(std::cout);
    flush(std::clog);
    flush(std::wcout);
    flush(std::wclog);
    std::fflush(stdout);
    std::fflush(stderr);
}

void serve_jobs(int socket) noexcept {
    std::string request;
    while (receive_message(socket, request)) {
        const std::string reply = answer(request);
        // _exit() writes no buffers.
        flush_standard_streams();
        if (!send_message(socket, reply)) break;
    }
    ::_exit(0);
}

}  // namespace aio::detail
