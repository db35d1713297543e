// shield_core.h - the future that a shield gives
#pragma once

#include "aio/detail/future_state.h"

#include <string>

namespace aio::detail {

/// Follows another future without cancelling it.
class ShieldCore : public FutureState, private DoneNode, private Runnable {
public:
    ShieldCore(const Ref<FutureState>& inner, bool owned) noexcept
        : FutureState(inner->loop(), FutureKind::shield), owned_(owned), inner_(inner) {}

    /// Begins to follow the inner future, which is not done.
    void watch() noexcept;
    /// Cancels this future and stops following the other.
    bool cancel(const std::string& message) final;
    [[nodiscard]] const char* what() const noexcept final { return "shield"; }

protected:
    ~ShieldCore() override;
    /// Moves or copies the value of \p inner into this future.
    virtual void take_value(FutureState& inner) = 0;

    /// True when no other handle to the inner future was given out.
    bool owned_;

private:
    void stop_watching() noexcept;
    void on_done(FutureState& inner) noexcept override;
    void on_drop() noexcept override { linked_ = false; }
    void run(LoopCore& loop) override;
    void discard() noexcept override { const Ref<FutureState> keep = std::move(scheduled_); }
    void follow(FutureState& inner);

    bool linked_ = false;
    Ref<FutureState> inner_;
    Ref<FutureState> scheduled_;  // keeps this alive in the ready queue
};

template <class T>
class ShieldOf final : public Valued<T, ShieldCore> {
public:
    using Valued<T, ShieldCore>::Valued;

private:
    void take_value(FutureState& inner) override {
        if (this->owned_) this->emplace(ValueAccess::take<T>(inner));
        else this->emplace(ValueAccess::copy_or_take<T>(inner));
    }
};

}  // namespace aio::detail
