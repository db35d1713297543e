// context_state.h - which context variables the running code sees
#pragma once

#include "aio/detail/context_map.h"
#include "aio/detail/ref.h"

#include <atomic>
#include <cstdint>
#include <utility>

namespace aio::detail {

/// What all handles of one Context share.
///
/// The count is atomic because to_thread() takes a context to another thread.
class ContextState {
public:
    explicit ContextState(ContextMap initial = {}, bool entered = false) noexcept
        : values(std::move(initial)), entered_(entered) {}
    ContextState(const ContextState&) = delete;
    ContextState& operator=(const ContextState&) = delete;

    void retain() noexcept { refs_.fetch_add(1, std::memory_order_relaxed); }
    void release() noexcept {
        if (refs_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }

    /// Claims the context for one piece of code; false when another runs in it.
    [[nodiscard]] bool enter() noexcept { return !entered_.exchange(true, std::memory_order_acquire); }
    void leave() noexcept { entered_.store(false, std::memory_order_release); }

    /// Changed only by the code that runs in this context.
    ContextMap values;

private:
    ~ContextState() = default;

    std::atomic<std::uint32_t> refs_{0};
    std::atomic<bool> entered_;
};

/// Where a task or a callback keeps its context; null while no variable is set.
using ContextSlot = Ref<ContextState>;

/// The slot of the code that runs on this thread; null: the thread's own.
/// Not for coroutines: compilers cache the address of thread_locals.
extern thread_local constinit ContextSlot* running_slot;

/// inherit_context() where there is something to inherit, or no running slot.
[[nodiscard]] ContextSlot inherit_context_slowly();

/// The slot of the code that runs on this thread.
[[nodiscard]] ContextSlot& current_slot() noexcept;

/// The context to change; made when there is none yet.
[[nodiscard]] ContextState& current_context();

/// A copy of the current context for what is scheduled; null when it is empty.
[[nodiscard]] inline ContextSlot inherit_context() {
    // Read once and at once: nothing of it lives across a suspension.
    const ContextSlot* const slot = running_slot;
    if (slot && !*slot) [[likely]]
        return nullptr;
    return inherit_context_slowly();
}

/// Throws RuntimeError: the context is in use.
[[noreturn]] void throw_already_entered();

/// Makes \p slot current while code of a task or a callback runs.
class ContextScope {
public:
    explicit ContextScope(ContextSlot& slot) noexcept
        : slot_(slot), outer_(running_slot), entered_(!slot || slot->enter()) {
        if (entered_) running_slot = &slot;
    }
    ContextScope(const ContextScope&) = delete;
    ContextScope& operator=(const ContextScope&) = delete;
    ~ContextScope() {
        if (!entered_) return;
        running_slot = outer_;
        // The slot may have been filled meanwhile.
        if (slot_) slot_->leave();
    }

    /// False when the context is in use already: the code must not run.
    [[nodiscard]] bool entered() const noexcept { return entered_; }

private:
    ContextSlot& slot_;
    ContextSlot* outer_;
    bool entered_;
};

/// Gives a part of the running task a copy of its context, then the old one back.
class ContextCopy {
public:
    ContextCopy() : slot_(current_slot()), outer_(swap_in(inherit_context())) {}
    ContextCopy(const ContextCopy&) = delete;
    ContextCopy& operator=(const ContextCopy&) = delete;
    ~ContextCopy() { swap_in(std::move(outer_)); }

private:
    ContextSlot swap_in(ContextSlot next) noexcept {
        // Nobody else has the copy, and nobody can have entered the old one.
        if (next) static_cast<void>(next->enter());
        if (slot_) slot_->leave();
        return std::exchange(slot_, std::move(next));
    }

    ContextSlot& slot_;
    ContextSlot outer_;
};

}  // namespace aio::detail
