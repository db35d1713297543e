// barrier.cpp - lets a number of tasks go on together
#include "aio/barrier.h"

#include "aio/errors.h"

namespace aio {

/// A task that counts; leaves the barrier however its wait ends.
class Barrier::Party {
public:
    explicit Party(Barrier& barrier) noexcept : barrier_(barrier), index_(barrier.count_++) {}
    Party(const Party&) = delete;
    Party& operator=(const Party&) = delete;
    ~Party() { barrier_.leave(); }

    [[nodiscard]] std::size_t index() const noexcept { return index_; }

private:
    Barrier& barrier_;
    std::size_t index_;
};

Barrier::Barrier(std::ptrdiff_t parties) : parties_(static_cast<std::size_t>(parties)) {
    if (parties < 1) throw ValueError("parties must be > 0");
}

Coro<std::size_t> Barrier::wait() {
    const auto guard = co_await changed_.scoped();
    co_await enter();
    const Party party(*this);
    if (count_ == parties_) {
        state_ = State::draining;
        changed_.notify_all();
    } else {
        co_await fill();
    }
    co_return party.index();
}

Coro<void> Barrier::enter() {
    co_await changed_.wait_for([this] { return state_ != State::draining && state_ != State::resetting; });
    if (state_ == State::broken) throw BrokenBarrierError("Barrier aborted");
}

Coro<void> Barrier::fill() {
    co_await changed_.wait_for([this] { return state_ != State::filling; });
    if (state_ != State::draining) throw BrokenBarrierError("Abort or reset of barrier");
}

void Barrier::leave() noexcept {
    if (--count_ > 0) return;
    if (state_ != State::broken) state_ = State::filling;
    // The lock is not held when a loop that ends destroys the task.
    if (changed_.locked()) changed_.notify_all();
}

Coro<void> Barrier::reset() {
    const auto guard = co_await changed_.scoped();
    state_ = count_ > 0 ? State::resetting : State::filling;
    changed_.notify_all();
}

Coro<void> Barrier::abort() {
    const auto guard = co_await changed_.scoped();
    state_ = State::broken;
    changed_.notify_all();
}

}  // namespace aio
