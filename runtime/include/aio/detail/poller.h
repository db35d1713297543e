// poller.h - waits for file descriptors, for a loop
#pragma once

#include "aio/detail/fd_watch.h"
#include "aio/detail/fork_mark.h"
#include "aio/detail/inbox.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

struct epoll_event;

namespace aio::detail {

/// The epoll set of a loop: the descriptor that wakes the loop, and watches.
///
/// A registration is known to the kernel by its descriptor and a generation
/// number, never by an address: an event of a registration that has ended, in
/// this batch or before, finds nobody.
class Poller {
public:
    /// Is woken by \p inbox, which must outlive it.
    explicit Poller(Inbox& inbox);
    /// Tells the watches that are left: see FdWatch::on_poller_closed().
    ~Poller();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    /// Registers \p watch for \p events of \p fd: see FdEvents.
    ///
    /// Throws std::system_error: EBADF for a bad descriptor, EPERM for one that
    /// cannot be waited for, such as a regular file, EEXIST for one that has a
    /// watch already; see is_free().
    void add(FdWatch& watch, int fd, std::uint32_t events);

    /// Changes the events; zero parks the watch: the kernel reports nothing, not
    /// even a hang-up, and the loop does not ask. Zero, or the error with which
    /// the kernel refuses: the registration has then ended. It does so without
    /// memory, and when the descriptor was closed meanwhile, and perhaps opened
    /// again as another one.
    [[nodiscard]] int modify(FdWatch& watch, std::uint32_t events) noexcept;

    /// Ends the registration; \p watch hears nothing any more. Idempotent.
    void remove(FdWatch& watch) noexcept;

    /// True when no watch has \p fd. One whose descriptor was closed without
    /// remove(), so that the number may belong to another one, is ended here: see
    /// FdWatch::on_lost().
    [[nodiscard]] bool is_free(int fd) noexcept;

    /// True when something can be ready.
    [[nodiscard]] bool has_watches() const noexcept { return watches_ > 0; }

    /// Readable while wait() would find something; for somebody else's poll().
    [[nodiscard]] int fd() const noexcept { return epoll_fd_; }

    /// Waits at most \p seconds, for ever when negative, and calls the watches
    /// that are ready. Returns whether there was any event.
    bool wait(double seconds);

private:
    struct Slot {
        FdWatch* watch = nullptr;
        std::uint32_t generation = 0;
        std::uint32_t events = 0;
    };

    [[nodiscard]] FdWatch* find(int fd) const noexcept;

    /// These return an error number, zero for success.
    [[nodiscard]] int add_wake_fd() noexcept;
    [[nodiscard]] int control(int operation, int fd) noexcept;
    [[nodiscard]] int change(int fd, std::uint32_t events) noexcept;
    [[nodiscard]] bool dispatch(const epoll_event& event) noexcept;
    void allocate(std::size_t batch);
    void rebuild() noexcept;

    int epoll_fd_;
    ForkMark fork_mark_;  // a forked child shares the epoll set with its parent
    Inbox& inbox_;
    bool orphans_ = false;     // the kernel may know registrations that cannot be removed
    std::size_t watches_ = 0;  // that are not parked
    std::vector<Slot> slots_;  // by descriptor
    std::size_t batch_;
    std::unique_ptr<epoll_event[]> events_;
};

}  // namespace aio::detail
