// byte_io.cpp - system calls that move bytes without blocking or killing
#include "byte_io.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <ctime>

namespace aio::detail {

namespace {

Moved result(ssize_t moved) noexcept {
    if (moved >= 0) return moved;
    // Level-triggered: whoever asked is told again.
    if (errno == EINTR || errno == EWOULDBLOCK) return -EAGAIN;
    return -errno;
}

/// Holds SIGPIPE back from this thread; one that comes meanwhile is dropped.
class WithoutSigpipe {
public:
    WithoutSigpipe() noexcept {
        sigemptyset(&sigpipe_);
        sigaddset(&sigpipe_, SIGPIPE);
        sigset_t pending;
        sigpending(&pending);
        // One that was there before is not ours to drop.
        if (sigismember(&pending, SIGPIPE)) return;
        held_ = pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_) == 0;
    }
    WithoutSigpipe(const WithoutSigpipe&) = delete;
    WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;
    ~WithoutSigpipe() {
        if (!held_) return;
        const int error = errno;
        if (broken) {
            const timespec at_once{};
            while (sigtimedwait(&sigpipe_, nullptr, &at_once) < 0 && errno == EINTR) {
            }
        }
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
        errno = error;
    }

    bool broken = false;

private:
    sigset_t sigpipe_;
    sigset_t before_;
    bool held_ = false;
};

}  // namespace

Moved receive_bytes(int fd, bool socket, char* to, std::size_t room) noexcept {
    return result(socket ? ::recv(fd, to, room, 0) : ::read(fd, to, room));
}

Moved send_bytes(int fd, bool socket, std::string_view bytes) noexcept {
    if (socket) return result(::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    WithoutSigpipe guard;
    const Moved moved = result(::write(fd, bytes.data(), bytes.size()));
    guard.broken = moved == -EPIPE;
    return moved;
}

bool set_nonblocking(int fd) noexcept {
    const int flags = ::fcntl(fd, F_GETFL);
    return flags >= 0 && ((flags & O_NONBLOCK) != 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0);
}

}  // namespace aio::detail
