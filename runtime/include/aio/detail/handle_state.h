// handle_state.h - a callback that waits for its turn
#pragma once

#include "aio/context.h"
#include "aio/detail/block_pool.h"
#include "aio/detail/loop_core.h"

#include <atomic>
#include <concepts>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace aio::detail {

/// A callback in the ready queue or among the timers, whatever its type.
///
/// It begins with two references, those of the list and of the caller. Once it
/// is shared with another thread, because call_soon_threadsafe() returns a
/// handle there, the count is kept by atomic operations.
class HandleState : public Runnable, public Pooled {
public:
    /// \p context is what the callback runs in.
    explicit HandleState(ContextSlot context) noexcept : context_(std::move(context)) {}

    /// Makes the callback run even if the loop closes before its turn.
    void promise_to_run() noexcept { promised_ = true; }

    /// Another thread may hold a reference from the beginning.
    void share() noexcept { shared_ = true; }

    void retain() noexcept {
        if (shared_)
            refs_.fetch_add(1, std::memory_order_relaxed);
        else
            refs_.store(refs_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
    void release() noexcept {
        if (drop_reference()) delete this;
    }

    /// Throws RuntimeError on another thread than the running loop's, if it knows
    /// its loop and that is in debug mode.
    virtual void check_thread() const {}
    void cancel() noexcept;
    [[nodiscard]] bool cancelled() const noexcept { return cancelled_; }
    [[nodiscard]] virtual const std::type_info& callback_type() const noexcept = 0;
    /// The class of the handle to it, for reports.
    [[nodiscard]] virtual const char* kind() const noexcept { return "Handle"; }

    void discard() noexcept final;
    void finish_or_discard(LoopCore& loop) noexcept final;

protected:
    virtual ~HandleState() = default;

    /// True when that was the last reference.
    [[nodiscard]] bool drop_reference() noexcept {
        const std::uint32_t refs = refs_.load(std::memory_order_acquire);
        // The last one has nobody to race with.
        if (refs == 1) return true;
        if (shared_) return refs_.fetch_sub(1, std::memory_order_acq_rel) == 1;
        refs_.store(refs - 1, std::memory_order_relaxed);
        return false;
    }

    /// run() of \p state, whose final class is known: its callback is called with
    /// no further indirection.
    template <class State>
    static void run_once(State& state, LoopCore& loop);

    [[nodiscard]] bool full() const noexcept { return stage_ != Stage::over; }
    /// True the first time: the callback is to be destroyed.
    bool empty_out() noexcept { return std::exchange(stage_, Stage::over) != Stage::over; }

private:
    template <class State>
    class Turn;

    /// Destroys the callback if it is still there.
    virtual void drop() noexcept = 0;
    /// Takes a timer out of the loop; false if it is not there.
    virtual bool leave_timers() noexcept { return false; }

    std::atomic<std::uint32_t> refs_{2};
    bool shared_ = false;
    // Not for other threads, which read the byte before.
    enum class Stage : std::uint8_t { waiting, running, over } stage_ = Stage::waiting;
    bool cancelled_ = false;
    bool promised_ = false;
    ContextSlot context_;
};

/// Drops the callback when it has run, however it ended, and the list's reference.
template <class State>
class HandleState::Turn {
public:
    explicit Turn(State& state) noexcept : state_(state) { base().stage_ = Stage::running; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[gnu::always_inline]] ~Turn() {
        state_.drop();
        if (base().drop_reference()) delete &state_;
    }

private:
    [[nodiscard]] HandleState& base() const noexcept { return state_; }
    State& state_;
};

template <class State>
void HandleState::run_once(State& state, LoopCore& loop) {
    HandleState& base = state;
    if (base.cancelled_) return base.release();
    const Turn<State> turn(state);
    loop.guard(
        [&]() __attribute__((always_inline)) {
            const ContextScope scope(base.context_);
            if (!scope.entered()) throw_already_entered();
            state.call();
        },
        [&]() -> const std::type_info& { return state.callback_type(); }, &base, nullptr);
}

/// A callback that knows its loop.
///
/// Others do without the pointer: most callbacks are small, and with it they fill
/// a cache line and more.
class BoundState : public HandleState {
public:
    BoundState(LoopCore& loop, ContextSlot context) noexcept : HandleState(std::move(context)), loop_(&loop) {}
    void check_thread() const final {
        if (full()) loop_->check_thread();
    }

protected:
    /// Only while full() or among the timers: the handle does not keep its loop.
    [[nodiscard]] LoopCore& loop() const noexcept { return *loop_; }

private:
    LoopCore* loop_;  // valid while the loop has the callback
};

/// A callback with a deadline.
class TimedState : public BoundState, public Timer {
public:
    TimedState(LoopCore& loop, double when, ContextSlot context) noexcept
        : BoundState(loop, std::move(context)), Timer(*this, when) {}
    [[nodiscard]] const char* kind() const noexcept final { return "TimerHandle"; }

private:
    bool leave_timers() noexcept final;
};

/// Either with the callback itself, of type \p F.
template <class F, class Base = HandleState>
class HandleOf final : public Base {
public:
    template <class G, class... Args>
    explicit HandleOf(G&& callback, Args&&... args)
        : Base(std::forward<Args>(args)...), callback_(std::forward<G>(callback)) {}

    [[nodiscard]] const std::type_info& callback_type() const noexcept override {
        if constexpr (std::same_as<F, Callback>)
            return this->full() ? callback_.target_type() : typeid(F);
        else if constexpr (requires { typename F::reported_type; })
            return typeid(typename F::reported_type);
        else
            return typeid(F);
    }

    void run(LoopCore& loop) override { HandleState::run_once(*this, loop); }

private:
    friend HandleState;
    ~HandleOf() override { drop(); }

    /// Calls the callback, then destroys it; lets exceptions of both out.
    void call() {
        static_cast<void>(callback_());
        this->empty_out();
        callback_.~F();
    }
    void drop() noexcept override {
        if (this->empty_out()) callback_.~F();
    }

    union {
        F callback_;
    };
};

}  // namespace aio::detail
