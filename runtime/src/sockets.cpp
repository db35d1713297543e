// sockets.cpp - makes, binds and connects sockets for streams
#include "sockets.h"

#include "aio/detail/fd_wait.h"
#include "aio/sleep.h"
#include "aio/stream_errors.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <algorithm>
#include <cerrno>

namespace aio::detail {

namespace {

/// How long to wait for room in the queue of a Unix socket, in seconds: the
/// kernel does not say when there is some.
constexpr double queue_pause = 0.001;

/// The pending error of a socket; an errno value.
int socket_error(int fd) noexcept {
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

int start_connecting(int fd, const Address& address) noexcept {
    return ::connect(fd, address.data(), address.size()) == 0 ? 0 : errno;
}

std::string failure_text(const Address& address) { return "Connect call failed " + address.to_string(); }

/// One error for several, as asyncio combines them.
[[noreturn]] void throw_combined(const std::vector<std::exception_ptr>& errors) {
    std::string all = "Multiple exceptions: ";
    std::string first;
    std::error_code code;
    bool same = true;
    for (const auto& error : errors) {
        try {
            std::rethrow_exception(error);
        } catch (const std::system_error& failure) {
            if (&error == &errors.front()) {
                first = failure.what();
                code = failure.code();
            } else {
                all += ", ";
            }
            all += failure.what();
            same = same && first == failure.what();
        }
    }
    if (same) std::rethrow_exception(errors.front());
    throw std::system_error(code, all);
}

}  // namespace

OwnedFd make_socket(int family, int type, int proto) {
    OwnedFd fd(::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, proto));
    if (!fd) throw_system_failure(errno, "socket");
    return fd;
}

void send_small_packets_at_once(int fd, int family) noexcept {
    if (family != AF_INET && family != AF_INET6) return;
    const int on = 1;
    static_cast<void>(::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
}

void switch_on(int fd, int level, int option, const char* name) {
    const int on = 1;
    if (::setsockopt(fd, level, option, &on, sizeof on) != 0) throw_system_failure(errno, name);
}

Coro<OwnedFd> connect_to(AddrInfo info) {
    OwnedFd fd = make_socket(info.family, SOCK_STREAM, info.proto);
    int error = start_connecting(fd.get(), info.address);
    while (info.family == AF_UNIX && error == EAGAIN) {
        co_await sleep(Seconds(queue_pause));
        error = start_connecting(fd.get(), info.address);
    }
    // A signal does not stop what connect() has begun.
    if (error == EINPROGRESS || error == EINTR) {
        co_await FdReady(fd.get(), FdEvents::writable);
        error = socket_error(fd.get());
    }
    if (error != 0) throw_system_failure(error, failure_text(info.address));
    send_small_packets_at_once(fd.get(), info.family);
    co_return std::move(fd);
}

Coro<OwnedFd> connect_to_any(std::vector<AddrInfo> infos) {
    std::vector<std::exception_ptr> errors;
    for (const AddrInfo& info : infos) {
        try {
            co_return co_await connect_to(info);
        } catch (const std::system_error&) {
            errors.push_back(std::current_exception());
        }
    }
    if (errors.empty()) throw std::system_error(ENOENT, std::generic_category(), "getaddrinfo() returned empty list");
    throw_combined(errors);
}

}  // namespace aio::detail
