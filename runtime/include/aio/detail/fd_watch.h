// fd_watch.h - a descriptor that the poller of a loop watches
#pragma once

#include <cstdint>

namespace aio::detail {

/// What can be watched for: the EPOLL... bits, whose header stays out of headers.
struct FdEvents {
    static constexpr std::uint32_t readable = 0x1;
    static constexpr std::uint32_t urgent = 0x2;
    static constexpr std::uint32_t writable = 0x4;
    static constexpr std::uint32_t error = 0x8;     // reported without asking
    static constexpr std::uint32_t hang_up = 0x10;  // reported without asking
    static constexpr std::uint32_t peer_closed = 0x2000;
    static constexpr std::uint32_t edge = std::uint32_t{1} << 31;
    /// Edge-triggered in both directions: for owners that read and write until
    /// EAGAIN, so that one registration lasts for the life of the descriptor.
    static constexpr std::uint32_t both_edges = readable | writable | peer_closed | edge;
};

/// One registered descriptor, linked to the object that cares for it.
///
/// Poller::add() registers it and Poller::remove() ends that; the owner removes
/// it before it closes the descriptor or destroys the watch.
class FdWatch {
public:
    FdWatch() = default;
    FdWatch(const FdWatch&) = delete;
    FdWatch& operator=(const FdWatch&) = delete;

    /// Called in the loop, before timers and callbacks of the same iteration,
    /// with the FdEvents that have come. Other watches may be added and
    /// removed here, and this one may be removed and destroyed.
    virtual void on_ready(std::uint32_t events) noexcept = 0;

    /// The loop closes: the watch is not registered any more.
    virtual void on_poller_closed() noexcept {}

    /// The descriptor \p fd was closed without remove(), and its number is to be
    /// watched anew: the watch is not registered any more, and must leave the
    /// number alone, which may be another descriptor's.
    virtual void on_lost(int fd) noexcept = 0;

    /// True between Poller::add() and Poller::remove().
    [[nodiscard]] bool watching() const noexcept { return watched_fd_ >= 0; }

protected:
    ~FdWatch() = default;

private:
    friend class Poller;
    int watched_fd_ = -1;
};

}  // namespace aio::detail
