// signal_table.h - which loop gets which signal of the process
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace aio::detail {

/// Takes signals in the signal handler and gives them to one loop, in order.
///
/// note() is async-signal-safe: it writes to memory that exists and to one
/// descriptor. It may run on any thread, several times at once.
class SignalQueue {
public:
    /// Writes to \p wake_fd, an eventfd that must outlive the queue.
    explicit SignalQueue(int wake_fd) noexcept : wake_fd_(wake_fd) {}
    SignalQueue(const SignalQueue&) = delete;
    SignalQueue& operator=(const SignalQueue&) = delete;

    /// Called by the signal handler. Signals beyond the capacity are merged with
    /// others of the same number, but never lost altogether.
    void note(int sig) noexcept;

    /// The oldest signal that was not taken yet, or zero. Loop's thread.
    [[nodiscard]] int take() noexcept;

    /// True when take() may have something to give. Loop's thread; cheap.
    [[nodiscard]] bool any() const noexcept { return any_.load(std::memory_order_acquire); }

private:
    static constexpr std::uint32_t capacity = 512;

    [[nodiscard]] bool push(int sig) noexcept;

    int wake_fd_;
    std::atomic<bool> any_{false};
    std::atomic<std::uint32_t> first_{0};
    std::atomic<std::uint32_t> end_{0};
    std::atomic<std::uint64_t> merged_{0};
    std::array<std::atomic<std::uint8_t>, capacity> signals_{};
};

/// The signals of the process that loops handle: at most one loop for each.
struct SignalTable {
    /// True for a number that the kernel knows and the C library leaves to us.
    [[nodiscard]] static bool valid(int sig) noexcept;

    /// Sends \p sig to \p queue from now on. Throws RuntimeError when another
    /// queue has it, or when the signal cannot be caught. \p sig is valid.
    static void install(int sig, SignalQueue& queue);

    /// As install(), but only when the disposition is the default one and nobody
    /// has the signal; returns whether it was done.
    [[nodiscard]] static bool install_over_default(int sig, SignalQueue& queue) noexcept;

    /// Restores the disposition of before install(), unless somebody else has
    /// changed it since. Afterwards \p queue is not used any more.
    static void remove(int sig, SignalQueue& queue) noexcept;

    /// Restores all dispositions in a child of fork(). Async-signal-safe.
    static void forget_all() noexcept;
};

}  // namespace aio::detail
