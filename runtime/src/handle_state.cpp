// handle_state.cpp - a callback that waits for its turn
#include "aio/detail/handle_state.h"

#include "aio/exception_context.h"

namespace aio::detail {

/// Drops the callback when it has run, however it ended.
class HandleState::Turn {
public:
    explicit Turn(HandleState& state) noexcept : state_(state) { state_.running_ = true; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        state_.running_ = false;
        if (state_.full_) state_.drop();
    }

private:
    HandleState& state_;
};

void HandleState::cancel() noexcept {
    if (cancelled_) return;
    cancelled_ = true;
    // One that runs is dropped when it returns.
    if (running_) return;
    const Ref<HandleState> keep(this);
    drop();
    if (leave_timers()) release();
}

void HandleState::run(LoopCore& loop) {
    const auto keep = Ref<HandleState>::adopt(this);
    if (cancelled_) return;
    const Turn turn(*this);
    loop.guard(
        [this] {
            const ContextScope scope(context_);
            if (!scope.entered()) throw_already_entered();
            call();
        },
        [this]() -> const std::type_info& { return callback_type(); }, this, nullptr);
}

void HandleState::discard() noexcept {
    const auto keep = Ref<HandleState>::adopt(this);
    drop();
}

void HandleState::finish_or_discard(LoopCore& loop) noexcept {
    if (!promised_) return discard();
    try {
        run(loop);
    } catch (...) {
        // An exit request has no loop to leave any more.
        loop.report({.message = "Exception in callback", .exception = std::current_exception()});
    }
}

bool TimedState::leave_timers() noexcept {
    if (!in_heap()) return false;
    loop_->remove_timer(*this);
    return true;
}

}  // namespace aio::detail
