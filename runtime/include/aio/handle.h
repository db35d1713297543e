// handle.h - a scheduled callback that can still be cancelled
#pragma once

#include "aio/detail/handle_state.h"
#include "aio/errors.h"

namespace aio {

/// What call_soon() returns: a callback that has not run yet, or has.
///
/// Copies refer to the same callback. Dropping a handle does not cancel.
class Handle {
public:
    Handle() = default;
    explicit Handle(detail::Ref<detail::HandleState> state) : state_(std::move(state)) {}

    /// Prevents the callback from running. Idempotent; loop's thread only.
    void cancel() {
        if (!state_) return;
        state_->check_thread();
        state_->cancel();
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

    /// The loop time at which the callback is due; throws RuntimeError for an
    /// empty handle.
    [[nodiscard]] double when() const {
        if (!state_) throw RuntimeError("there is no timer");
        return static_cast<detail::TimedState&>(*state_).when();
    }
};

}  // namespace aio
