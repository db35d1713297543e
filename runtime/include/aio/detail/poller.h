// poller.h - waits for file descriptors, for a loop
#pragma once

namespace aio::detail {

/// An epoll set that always holds one descriptor: the one that wakes the loop.
class Poller {
public:
    /// Watches \p wake_fd for the whole life of the poller.
    explicit Poller(int wake_fd);
    ~Poller();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    /// Waits at most \p seconds, for ever when negative; true when woken.
    bool wait(double seconds);

private:
    int epoll_fd_;
};

}  // namespace aio::detail
