// barrier.h - lets a number of tasks go on together
#pragma once

#include "aio/condition.h"
#include "aio/coro.h"

#include <cstddef>

namespace aio {

/// A point that tasks pass only when all of them have reached it. Not for threads.
///
/// It fills until as many tasks wait as there are parties, then drains: all go
/// on, and those that come meanwhile wait for the next filling. Belongs to one
/// loop from the first wait on.
///
///     const std::size_t index = co_await barrier.wait();
///     if (index == 0) print_header();  // one of the tasks
class Barrier {
public:
    /// Throws ValueError when \p parties is less than one.
    explicit Barrier(std::ptrdiff_t parties);
    Barrier(const Barrier&) = delete;
    Barrier& operator=(const Barrier&) = delete;

    /// Waits until all parties have come; gives each a number of its own, from
    /// zero, in the order in which they came. Also what entering a block
    /// (`async with`) is in asyncio: leaving one does nothing.
    ///
    /// Suspends:  until the last party comes, and while the barrier drains.
    /// Resumes:   from the loop; the last party goes on at once.
    /// Cancelled: the task no longer counts, the barrier goes on filling.
    /// Lifetime:  the barrier must outlive the wait.
    /// Throws BrokenBarrierError when the barrier is or gets broken, and to those
    /// that wait when it is reset.
    Coro<std::size_t> wait();

    /// Empties the barrier: tasks that wait get BrokenBarrierError, and a broken
    /// barrier can be used again.
    ///
    /// Suspends:  while another task changes the state of the barrier.
    /// Resumes:   from the loop, in its turn.
    /// Cancelled: throws CancelledError; nothing is changed.
    /// Lifetime:  the barrier must outlive the wait.
    Coro<void> reset();

    /// Breaks the barrier: tasks that wait, and those that come later, get
    /// BrokenBarrierError. Waits as reset() does.
    Coro<void> abort();

    /// How many tasks it takes.
    [[nodiscard]] std::size_t parties() const noexcept { return parties_; }
    /// How many tasks wait for the others; zero while it drains.
    [[nodiscard]] std::size_t n_waiting() const noexcept { return state_ == State::filling ? count_ : 0; }
    /// True after abort(), until reset().
    [[nodiscard]] bool broken() const noexcept { return state_ == State::broken; }

private:
    enum class State { filling, draining, resetting, broken };

    class Party;

    Coro<void> enter();
    Coro<void> fill();
    void leave() noexcept;

    Condition changed_;
    State state_ = State::filling;
    std::size_t parties_;
    std::size_t count_ = 0;
};

}  // namespace aio
