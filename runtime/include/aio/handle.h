// handle.h - a scheduled callback that can still be cancelled
#pragma once

#include "aio/context.h"
#include "aio/detail/loop_core.h"

namespace aio {

namespace detail {

/// A callback in the ready queue or in the timer heap.
///
/// The count is atomic because call_soon_threadsafe() returns a handle to
/// another thread.
class HandleState final : public Timer {
public:
    /// \p context is what the callback runs in.
    HandleState(LoopCore& loop, Callback callback, double when = 0, ContextSlot context = inherit_context())
        : Timer(when), loop_(&loop), context_(std::move(context)), callback_(std::move(callback)) {}

    /// Makes the callback run even if the loop closes before its turn.
    void promise_to_run() noexcept { promised_ = true; }

    void retain() noexcept { refs_.fetch_add(1, std::memory_order_relaxed); }
    void release() noexcept {
        if (refs_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }

    void cancel() noexcept;
    [[nodiscard]] bool cancelled() const noexcept { return cancelled_; }
    [[nodiscard]] const std::type_info& callback_type() const noexcept { return callback_.target_type(); }

    void run(LoopCore& loop) override;
    void discard() noexcept override;
    void finish_or_discard(LoopCore& loop) noexcept override;

private:
    ~HandleState() = default;

    std::atomic<std::uint32_t> refs_{0};
    bool cancelled_ = false;
    bool promised_ = false;
    LoopCore* loop_;  // valid while the timer is in the heap; not used otherwise
    ContextSlot context_;
    Callback callback_;
};

}  // namespace detail

/// What call_soon() returns: a callback that has not run yet, or has.
///
/// Copies refer to the same callback. Dropping a handle does not cancel.
class Handle {
public:
    Handle() = default;
    explicit Handle(detail::Ref<detail::HandleState> state) : state_(std::move(state)) {}

    /// Prevents the callback from running. Idempotent; loop's thread only.
    void cancel() noexcept {
        if (state_) state_->cancel();
    }

    /// True after cancel(), even when the callback had run before.
    [[nodiscard]] bool cancelled() const noexcept { return state_ && state_->cancelled(); }

    /// False for a default-constructed handle.
    [[nodiscard]] bool valid() const noexcept { return static_cast<bool>(state_); }

protected:
    detail::Ref<detail::HandleState> state_;
};

/// What call_later() and call_at() return.
class TimerHandle : public Handle {
public:
    using Handle::Handle;

    /// The loop time at which the callback is due.
    [[nodiscard]] double when() const noexcept { return state_->when(); }
};

}  // namespace aio
