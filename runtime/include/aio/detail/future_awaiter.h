// future_awaiter.h - what co_await does with a future
#pragma once

#include "aio/context.h"
#include "aio/detail/future_state.h"
#include "aio/detail/task_core.h"

#include <coroutine>
#include <optional>

namespace aio::detail {

/// Turns a stored value back into what the user sees.
template <class T>
T unwrap(Stored<T>&& value) {
    if constexpr (std::is_void_v<T>)
        return;
    else if constexpr (std::is_reference_v<T>)
        return *value;
    else
        return std::move(value);
}

/// Waits in the list of a future, inside the frame of the waiting coroutine.
class FutureWait : public AwaiterTag, private DoneNode, private Suspension {
public:
    explicit FutureWait(Ref<FutureState> state) noexcept : state_(std::move(state)) {}
    ~FutureWait() {
        if (linked_) state_->remove_node(*this);
    }

protected:
    [[nodiscard]] bool ready() const noexcept { return state_->done(); }
    void suspend(PromiseBase& waiter);
    /// Throws when the task was cancelled meanwhile, or may not await this.
    void resume();

    Ref<FutureState> state_;

private:
    void on_done(FutureState& future) noexcept override;
    void on_drop() noexcept override { linked_ = false; }
    bool cancel(const std::string& message) override { return state_->cancel(message); }
    [[nodiscard]] const char* what() const noexcept override { return state_->what(); }
    [[nodiscard]] FutureState* future() const noexcept override { return state_.get(); }

    TaskCore* task_ = nullptr;
    bool linked_ = false;
    bool refused_ = false;
};

template <class T, bool Consume>
class FutureAwaiter : public FutureWait {
public:
    using FutureWait::FutureWait;

    bool await_ready() const noexcept { return ready(); }

    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiter) {
        suspend(waiter.promise());
    }

    T await_resume() {
        resume();
        if constexpr (Consume) {
            return unwrap<T>(ValueAccess::copy_or_take<T>(*state_));
        } else {
            static_assert(copyable<Stored<T>>, "the value cannot be copied: co_await std::move(future)");
            return unwrap<T>(Stored<T>(ValueAccess::get<T>(*state_)));
        }
    }
};

/// Registers a callback that takes a \p Handle, a FutureBase or nothing.
template <class Handle, class F>
std::uint64_t add_typed_callback(FutureState& state, F callback, const std::optional<Context>& context);

}  // namespace aio::detail
