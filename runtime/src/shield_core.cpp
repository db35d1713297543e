// shield_core.cpp - the future that a shield gives
#include "aio/detail/shield_core.h"

namespace aio::detail {

ShieldCore::~ShieldCore() { stop_watching(); }

void ShieldCore::watch() noexcept {
    inner_->add_node(*this);
    linked_ = true;
}

void ShieldCore::stop_watching() noexcept {
    if (std::exchange(linked_, false)) inner_->remove_node(*this);
}

bool ShieldCore::cancel(const std::string& message) {
    stop_watching();
    return FutureState::cancel(message);
}

void ShieldCore::on_done(FutureState&) noexcept {
    linked_ = false;
    scheduled_ = Ref<FutureState>(this);
    loop().schedule(*this);
}

void ShieldCore::run(LoopCore&) {
    const Ref<FutureState> keep = std::move(scheduled_);
    const Ref<FutureState> inner = std::move(inner_);
    // Cancelled meanwhile: the outcome came together with the request.
    if (done()) return inner->mark_retrieved();
    follow(*inner);
}

void ShieldCore::follow(FutureState& inner) {
    inner.mark_retrieved();
    if (inner.error()) return settle(inner.status(), inner.error());
    try {
        take_value(inner);
    } catch (...) {
        return settle(FutureStatus::failed, std::current_exception());
    }
    settle(FutureStatus::finished);
}

}  // namespace aio::detail
