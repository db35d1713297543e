// future_state.h - what all handles of one future share
#pragma once

#include "aio/detail/block_pool.h"
#include "aio/detail/loop_core.h"
#include "aio/detail/result_slot.h"
#include "aio/errors.h"

#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <source_location>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace aio::detail {

class FutureState;

/// What a suspended task waits for.
class Suspension {
public:
    /// The future that is waited for, or null.
    [[nodiscard]] virtual FutureState* future() const noexcept { return nullptr; }

    /// Asks for an early end; false when it cannot be cut short any more.
    virtual bool cancel(const std::string& message) = 0;

    /// A word for Task::stack() and describe().
    [[nodiscard]] virtual const char* what() const noexcept = 0;

protected:
    ~Suspension() = default;
};

/// An element of a ring.
class RingLink {
public:
    RingLink() = default;
    RingLink(const RingLink&) = delete;
    RingLink& operator=(const RingLink&) = delete;

    [[nodiscard]] bool alone() const noexcept { return next_ == this; }
    [[nodiscard]] RingLink& next() const noexcept { return *next_; }

    /// Puts this element, which is alone, before \p other.
    void insert_before(RingLink& other) noexcept {
        previous_ = other.previous_;
        next_ = &other;
        previous_->next_ = this;
        other.previous_ = this;
    }
    /// Leaves the ring.
    void unlink() noexcept {
        previous_->next_ = next_;
        next_->previous_ = previous_;
        previous_ = next_ = this;
    }

protected:
    ~RingLink() = default;

private:
    RingLink* previous_ = this;
    RingLink* next_ = this;
};

/// Somebody to tell when a future is done; in order of registration.
class DoneNode : public RingLink {
public:
    /// The future is done. Called once, after the node was unlinked.
    virtual void on_done(FutureState& future) noexcept = 0;
    /// The future goes away and will never be done.
    virtual void on_drop() noexcept = 0;
    /// What remove_done_callback() looks for; zero for other nodes.
    [[nodiscard]] virtual std::uint64_t id() const noexcept { return 0; }

protected:
    ~DoneNode() = default;
};

enum class FutureStatus : std::uint8_t { pending, finished, failed, cancelled };

/// Who completes a future: anybody, its coroutine, its children, or another future.
enum class FutureKind : std::uint8_t { plain, task, gather, shield };

/// The part of a future that does not depend on its type.
///
/// Tasks and shields also run on the loop.
class FutureState : public Runnable, public Pooled {
public:
    explicit FutureState(LoopCore& loop, FutureKind kind = FutureKind::plain) noexcept
        : kind_(kind), loop_(&loop), first_(nullptr) {}
    FutureState(const FutureState&) = delete;
    FutureState& operator=(const FutureState&) = delete;

    void retain() noexcept { ++refs_; }
    void release() noexcept {
        if (--refs_ == 0) destroy();
    }
    [[nodiscard]] bool unique() const noexcept { return refs_ == 1; }

    [[nodiscard]] LoopCore& loop() const noexcept { return *loop_; }
    [[nodiscard]] bool is_task() const noexcept { return kind_ == FutureKind::task; }
    [[nodiscard]] bool done() const noexcept { return status_ != FutureStatus::pending; }
    [[nodiscard]] bool cancelled() const noexcept { return status_ == FutureStatus::cancelled; }
    [[nodiscard]] FutureStatus status() const noexcept { return status_; }

    /// Cancels, or for a task asks it to end; false when done already.
    virtual bool cancel(const std::string& message);
    [[nodiscard]] virtual const char* what() const noexcept { return "Future"; }
    /// One line for messages: what it is and its state, as asyncio names it.
    [[nodiscard]] virtual std::string describe() const;
    /// Where the future was created; line 0 if unknown.
    [[nodiscard]] virtual std::source_location created() const noexcept { return {}; }
    /// Throws RuntimeError in debug mode on another thread than the running loop's.
    void check_thread() const { loop_->check_thread(); }

    void run(LoopCore&) override {}
    void discard() noexcept override {}

    /// The error of a failed future, or null; throws if pending or cancelled.
    [[nodiscard]] std::exception_ptr exception();
    /// Throws unless the future finished with a value that is still there.
    void require_value();
    /// Takes note that somebody has seen the error.
    void mark_retrieved() noexcept { retrieved_ = true; }
    /// The stored error, without taking note; null unless failed or cancelled.
    [[nodiscard]] std::exception_ptr error() const noexcept { return done() ? error_ : nullptr; }

    void set_exception(std::exception_ptr error);
    /// Throws unless the holder of a handle may make this future done.
    void check_settable(const char* operation) const;
    void settle(FutureStatus status, std::exception_ptr error = {}) noexcept;

    void add_node(DoneNode& node) noexcept;
    void remove_node(DoneNode& node) noexcept;
    /// Adds \p callback, to run in \p context; a done future schedules it at once.
    std::uint64_t add_callback(UniqueFunction<void(FutureBase&)> callback, ContextSlot context = inherit_context());
    std::size_t remove_callback(std::uint64_t id) noexcept;
    /// Drops all nodes unrun.
    void drop_nodes() noexcept;

    /// Address of the stored value.
    virtual void* slot() noexcept = 0;

protected:
    virtual ~FutureState();
    [[nodiscard]] const char* status_name() const noexcept;
    /// The error, and in debug mode the place of creation, for describe().
    [[nodiscard]] std::string outcome_text() const;
    void set_taken() noexcept { taken_ = true; }
    friend struct ValueAccess;

private:
    void destroy() noexcept;
    void report_never_retrieved() noexcept;

    std::uint32_t refs_ = 0;
    FutureKind kind_;
    FutureStatus status_ = FutureStatus::pending;
    bool retrieved_ = true;
    bool taken_ = false;
    Ref<LoopCore> loop_;
    union {
        DoneNode* first_;           // while pending: the ring of those who wait, or null
        std::exception_ptr error_;  // when done
    };
};

/// Like std::is_copy_constructible, which is wrong for vectors of move-only types.
template <class T>
inline constexpr bool copyable = std::is_copy_constructible_v<T>;
template <class T, class A>
inline constexpr bool copyable<std::vector<T, A>> = copyable<T>;

/// How a value of type \p T is kept: void as nothing, references as pointers.
template <class T>
struct StoredAs {
    using type = std::remove_cv_t<T>;
};
template <class T>
struct StoredAs<T&> {
    using type = T*;
};
template <class T>
    requires std::is_void_v<T>
struct StoredAs<T> {
    using type = std::monostate;
};
template <class T>
using Stored = typename StoredAs<T>::type;

/// \p Base with room for a value.
template <class T, class Base>
class Valued : public Base {
public:
    using Base::Base;

    void* slot() noexcept final { return std::addressof(value_.get()); }

    template <class... Args>
    void emplace(Args&&... args) {
        value_.emplace(std::forward<Args>(args)...);
    }

private:
    [[no_unique_address]] ResultSlot<Stored<T>> value_;
};

template <class T>
class PlainFuture final : public Valued<T, FutureState> {
public:
    explicit PlainFuture(LoopCore& loop, std::source_location created = {}) noexcept
        : Valued<T, FutureState>(loop), created_(created) {}
    [[nodiscard]] std::source_location created() const noexcept override { return created_; }

private:
    std::source_location created_;
};

/// Reads and moves the value of a finished state.
struct ValueAccess {
    template <class T>
    static Stored<T>& get(FutureState& state) {
        state.require_value();
        return *std::launder(static_cast<Stored<T>*>(state.slot()));
    }

    template <class T>
    static Stored<T> take(FutureState& state) {
        Stored<T>& value = get<T>(state);
        state.set_taken();
        return std::move(value);
    }

    /// Copies if others may still want the value, and if it can be copied.
    template <class T>
    static Stored<T> copy_or_take(FutureState& state) {
        if constexpr (copyable<Stored<T>>) {
            if (!state.unique()) return get<T>(state);
        }
        return take<T>(state);
    }
};

}  // namespace aio::detail
