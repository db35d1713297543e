// faulty_io.cpp - preloaded: makes input and output short and refused
//
// Sockets and pipes behave as the system allows but rarely shows: calls move
// fewer bytes than they could, are interrupted, or find nothing ready. Which
// ones is decided by a fixed sequence of pseudo-random numbers.

#include <dlfcn.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstddef>
#include <cstdint>

namespace {

/// One number in [0, below); a linear congruence is random enough.
std::size_t random_below(std::size_t below) noexcept {
    thread_local std::uint64_t state = 88172645463325252ULL;
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33) % below;
}

template <class F>
F next_of(const char* name) noexcept {
    return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name));
}

bool is_stream(int fd) noexcept {
    struct stat about{};
    return ::fstat(fd, &about) == 0 && (S_ISSOCK(about.st_mode) || S_ISFIFO(about.st_mode));
}

/// Sets errno and returns true for a call that is to fail.
bool fails() noexcept {
    const std::size_t dice = random_below(8);
    if (dice < 2) errno = dice == 0 ? EINTR : EAGAIN;
    return dice < 2;
}

/// At most \p size, and at least one where there is one.
std::size_t shortened(std::size_t size) noexcept {
    if (size < 2 || random_below(3) != 0) return size;
    return 1 + random_below(size);
}

}  // namespace

extern "C" {

ssize_t recv(int fd, void* to, std::size_t size, int flags) {
    static const auto next = next_of<ssize_t (*)(int, void*, std::size_t, int)>("recv");
    return fails() ? -1 : next(fd, to, shortened(size), flags);
}

ssize_t send(int fd, const void* from, std::size_t size, int flags) {
    static const auto next = next_of<ssize_t (*)(int, const void*, std::size_t, int)>("send");
    return fails() ? -1 : next(fd, from, shortened(size), flags);
}

ssize_t read(int fd, void* to, std::size_t size) {
    static const auto next = next_of<ssize_t (*)(int, void*, std::size_t)>("read");
    if (!is_stream(fd)) return next(fd, to, size);
    return fails() ? -1 : next(fd, to, shortened(size));
}

ssize_t write(int fd, const void* from, std::size_t size) {
    static const auto next = next_of<ssize_t (*)(int, const void*, std::size_t)>("write");
    if (!is_stream(fd)) return next(fd, from, size);
    return fails() ? -1 : next(fd, from, shortened(size));
}

int accept4(int fd, sockaddr* address, socklen_t* size, int flags) {
    static const auto next = next_of<int (*)(int, sockaddr*, socklen_t*, int)>("accept4");
    return fails() ? -1 : next(fd, address, size, flags);
}

int connect(int fd, const sockaddr* address, socklen_t size) {
    static const auto next = next_of<int (*)(int, const sockaddr*, socklen_t)>("connect");
    const int result = next(fd, address, size);
    // A signal does not stop what has begun.
    if (result < 0 && errno == EINPROGRESS && random_below(2) == 0) errno = EINTR;
    return result;
}

int epoll_wait(int fd, epoll_event* events, int room, int timeout) {
    static const auto next = next_of<int (*)(int, epoll_event*, int, int)>("epoll_wait");
    if (random_below(8) == 0) {
        errno = EINTR;
        return -1;
    }
    return next(fd, events, room, timeout);
}

}  // extern "C"
