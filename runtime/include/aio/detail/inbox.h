// inbox.h - where other threads leave work for a loop
#pragma once

#include "aio/detail/ready_queue.h"

#include <atomic>
#include <mutex>

namespace aio::detail {

/// The only part of a loop that other threads touch.
///
/// Shared: a worker may still hold it after the loop is gone, and is then told
/// that it is closed.
class Inbox {
public:
    Inbox();
    ~Inbox();
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;

    /// Hands \p item to the loop and wakes it. Any thread; false once closed.
    [[nodiscard]] bool post(Runnable& item);

    /// Moves what was posted to the end of \p ready. Loop's thread.
    void drain(ReadyQueue& ready);

    /// Refuses later posts and returns the earlier ones in \p left.
    void close(ReadyQueue& left);

    /// Readable while something may be waiting; the loop's poller watches it.
    [[nodiscard]] int wake_fd() const noexcept { return wake_fd_; }

    /// Makes wake_fd() unreadable again.
    void acknowledge() noexcept;

private:
    std::mutex mutex_;
    ReadyQueue posted_;
    std::atomic<bool> any_{false};
    bool closed_ = false;
    int wake_fd_;
};

}  // namespace aio::detail
