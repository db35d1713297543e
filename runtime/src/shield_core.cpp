// shield_core.cpp - the future that a shield gives
#include "aio/detail/shield_core.h"

namespace aio::detail {

void ShieldCore::watch() noexcept {
    inner_->add_node(*this);
    watching_ = Ref<FutureState>(this);
}

bool ShieldCore::cancel(const std::string& message) {
    // The next iteration stops watching: until then an error counts as seen.
    if (watching_) schedule();
    return FutureState::cancel(message);
}

void ShieldCore::on_done(FutureState& inner) noexcept {
    const Ref<FutureState> keep = std::move(watching_);
    ended_ = Ref<FutureState>(&inner);
    schedule();
}

void ShieldCore::on_drop() noexcept {
    inner_ = nullptr;
    const Ref<FutureState> keep = std::move(watching_);
}

void ShieldCore::schedule() noexcept {
    if (scheduled_) return;
    scheduled_ = Ref<FutureState>(this);
    loop().schedule(*this);
}

void ShieldCore::run(LoopCore&) {
    const Ref<FutureState> keep = std::move(scheduled_);
    if (std::exchange(watching_, {})) inner_->remove_node(*this);
    const Ref<FutureState> inner = std::move(ended_);
    if (!inner) return;
    if (!done())
        follow(*inner);
    else
        inner->mark_retrieved();
}

void ShieldCore::follow(FutureState& inner) {
    inner.mark_retrieved();
    // The message of a cancellation stays inside.
    if (inner.cancelled()) return settle(FutureStatus::cancelled, std::make_exception_ptr(CancelledError()));
    if (inner.error()) return settle(FutureStatus::failed, inner.error());
    try {
        take_value(inner);
    } catch (...) {
        return settle(FutureStatus::failed, std::current_exception());
    }
    settle(FutureStatus::finished);
}

}  // namespace aio::detail
