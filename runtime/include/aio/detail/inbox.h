// inbox.h - where other threads leave work for a loop
#pragma once

#include "aio/detail/ready_queue.h"

#include <atomic>
#include <cstdint>

namespace aio::detail {

/// The only part of a loop that other threads touch.
///
/// Shared: a worker may still hold it after the loop is gone, and is then told
/// that it is closed. One word holds the newest item, which leads to the older
/// ones, or the state of a loop for which nothing was left.
class Inbox {
public:
    Inbox();
    ~Inbox();
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;

    /// Hands \p item to the loop and wakes it. Any thread; false once closed.
    [[nodiscard]] bool post(Runnable& item);

    /// Moves what was posted to the end of \p ready; true if there was anything.
    /// Loop's thread.
    bool drain(ReadyQueue& ready) noexcept {
        const std::uintptr_t seen = newest_.load(std::memory_order_relaxed);
        return seen != empty && seen != closed && take(ready, empty);
    }

    /// From now on the first post makes wake_fd() readable; false if something
    /// was posted already. Loop's thread.
    [[nodiscard]] bool prepare_to_sleep() noexcept;

    /// Makes wake_fd() readable at the next post, or at once if something was
    /// posted: nobody looks into the inbox any more. Loop's thread.
    void leave_alone() noexcept {
        if (!prepare_to_sleep()) wake();
    }

    /// Makes wake_fd() readable at once.
    void wake() const noexcept;

    /// Refuses later posts and returns the earlier ones in \p left.
    void close(ReadyQueue& left) noexcept { take(left, closed); }

    /// Readable when something was posted to a sleeping loop; its poller watches.
    [[nodiscard]] int wake_fd() const noexcept { return wake_fd_; }

    /// Makes wake_fd() unreadable again.
    void acknowledge() noexcept;

private:
    // No item has these addresses.
    static constexpr std::uintptr_t empty = 0;
    static constexpr std::uintptr_t asleep = 1;
    static constexpr std::uintptr_t closed = 2;

    bool take(ReadyQueue& ready, std::uintptr_t next_state) noexcept;

    std::atomic<std::uintptr_t> newest_{empty};
    int wake_fd_;
};

}  // namespace aio::detail
