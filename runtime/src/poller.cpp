// poller.cpp - waits for file descriptors, for a loop
#include "aio/detail/poller.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <sys/epoll.h>
#include <system_error>
#include <unistd.h>

namespace aio::detail {

namespace {

/// Rounds up: a loop that wakes too early would spin.
int to_milliseconds(double seconds) noexcept {
    constexpr double day = 24 * 3600;
    if (seconds < 0) return -1;
    return static_cast<int>(std::ceil(std::min(seconds, day) * 1000));
}

}  // namespace

Poller::Poller(int wake_fd) : epoll_fd_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_fd_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = wake_fd;
    if (::epoll_ctl(epoll_fd_, EPOLL_CTL_ADD, wake_fd, &event) < 0) {
        const int error = errno;
        ::close(epoll_fd_);
        throw std::system_error(error, std::generic_category(), "epoll_ctl");
    }
}

Poller::~Poller() { ::close(epoll_fd_); }

bool Poller::wait(double seconds) {
    epoll_event event{};
    const int count = ::epoll_wait(epoll_fd_, &event, 1, to_milliseconds(seconds));
    if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "epoll_wait");
    return count > 0;
}

}  // namespace aio::detail
