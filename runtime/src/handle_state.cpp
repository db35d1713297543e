// handle_state.cpp - a callback that waits for its turn
#include "aio/detail/handle_state.h"

#include "aio/exception_context.h"

namespace aio::detail {

void HandleState::cancel() noexcept {
    if (cancelled_) return;
    cancelled_ = true;
    // One that runs is dropped when it returns.
    if (stage_ == Stage::running) return;
    const Ref<HandleState> keep(this);
    drop();
    if (leave_timers()) release();
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
    loop().remove_timer(*this);
    return true;
}

}  // namespace aio::detail
