// shield_core.h - the future that a shield gives
#pragma once

#include "aio/detail/future_state.h"

#include <string>

namespace aio::detail {

/// Follows another future without cancelling it.
///
/// The other one keeps it alive until it is done, and not the other way round:
/// a future that nobody else has can never be done.
class ShieldCore : public FutureState, private DoneNode {
public:
    ShieldCore(const Ref<FutureState>& inner, bool owned) noexcept
        : FutureState(inner->loop(), FutureKind::shield), owned_(owned), inner_(inner.get()) {}

    /// Begins to follow the inner future, which is not done.
    void watch() noexcept;
    /// Cancels this future and stops following the other.
    bool cancel(const std::string& message) final;
    [[nodiscard]] const char* what() const noexcept final { return "shield"; }

protected:
    /// Moves or copies the value of \p inner into this future.
    virtual void take_value(FutureState& inner) = 0;

    /// True when no other handle to the inner future was given out.
    bool owned_;

private:
    void schedule() noexcept;
    void on_done(FutureState& inner) noexcept override;
    void on_drop() noexcept override;
    void run(LoopCore& loop) override;
    void discard() noexcept override { const Ref<FutureState> keep = std::move(scheduled_); }
    void follow(FutureState& inner);

    FutureState* inner_;
    Ref<FutureState> watching_;   // this, while the inner future knows it
    Ref<FutureState> ended_;      // the inner future, when it is done
    Ref<FutureState> scheduled_;  // this, while it is in the ready queue
};

template <class T>
class ShieldOf final : public Valued<T, ShieldCore> {
public:
    using Valued<T, ShieldCore>::Valued;

private:
    void take_value(FutureState& inner) override {
        if (this->owned_)
            this->emplace(ValueAccess::take<T>(inner));
        else
            this->emplace(ValueAccess::copy_or_take<T>(inner));
    }
};

}  // namespace aio::detail
