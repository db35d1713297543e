// timing.h - seconds, and the clock that a loop reads
#pragma once

#include <atomic>
#include <chrono>
#include <limits>

namespace aio {

/// A time span as asyncio counts it; every std::chrono::duration converts to it.
using Seconds = std::chrono::duration<double>;

/// A timeout that never passes.
inline constexpr Seconds forever{std::numeric_limits<double>::infinity()};

/// The source of a loop's time.
///
/// A loop asks now() in every iteration, and skip_to() instead of sleeping when
/// it has nothing to do before a timer is due.
class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock();

    /// Seconds since some fixed moment; never goes backward. Any thread.
    [[nodiscard]] virtual double now() const noexcept = 0;

    /// True when the loop never has to sleep because this clock jumps.
    [[nodiscard]] virtual bool is_virtual() const noexcept { return false; }

    /// Moves a virtual clock forward to \p when.
    virtual void skip_to(double when) noexcept { (void)when; }
};

/// A clock that jumps to the next timer: tests take no real time.
///
/// A loop with this clock also reports a deadlock instead of hanging: see
/// Loop::run_until_complete(). Jobs in executors still take real time, and the
/// clock stands still while one is running. Descriptors are served before time
/// moves, but while a timer is left the loop does not wait for one to become
/// ready: what comes from outside the process may come after a jump.
class TestClock final : public Clock {
public:
    /// A clock that shows \p start until the loop moves it.
    explicit TestClock(double start = 0) noexcept : now_(start) {}

    [[nodiscard]] double now() const noexcept override { return now_.load(std::memory_order_relaxed); }
    [[nodiscard]] bool is_virtual() const noexcept override { return true; }
    void skip_to(double when) noexcept override {
        if (when > now()) now_.store(when, std::memory_order_relaxed);
    }

    /// Makes \p span pass, as a long computation would.
    void advance(Seconds span) noexcept { now_.store(now() + span.count(), std::memory_order_relaxed); }

private:
    std::atomic<double> now_;  // a loop's time may be read by any thread
};

}  // namespace aio
