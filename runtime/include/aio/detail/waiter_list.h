// waiter_list.h - tasks that wait for a synchronisation object
#pragma once

#include "aio/detail/task_core.h"

#include <coroutine>
#include <memory>
#include <string>

namespace aio::detail {

class WaiterList;

/// One waiting task, linked inside the frame of the coroutine that waits.
class Waiter : public AwaiterTag, private Suspension {
public:
    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    /// True after the object gave this waiter its turn.
    [[nodiscard]] bool woken() const noexcept { return woken_; }

    /// True when only this waiter was woken: another one may need its turn.
    [[nodiscard]] bool woken_alone() const noexcept { return woken_alone_; }

    /// True once the task has suspended here.
    [[nodiscard]] bool waited() const noexcept { return task_ != nullptr; }

protected:
    ~Waiter();

    void wait(PromiseBase& waiter, WaiterList& list);

    /// Leaves the list; throws CancelledError when cancelled meanwhile.
    void leave();

    /// True while the list knows this waiter; false in the destructor of one
    /// whose task went on.
    [[nodiscard]] bool queued() const noexcept { return list_ != nullptr; }

private:
    friend class WaiterList;
    bool cancel(const std::string& message) override;

    WaiterList* list_ = nullptr;
    Waiter* previous_ = nullptr;
    Waiter* next_ = nullptr;
    TaskCore* task_ = nullptr;
    bool woken_ = false;
    bool woken_alone_ = false;
    bool cancelled_ = false;
    std::unique_ptr<std::string> message_;  // null: empty
};

/// Waiters in the order in which they began to wait.
///
/// A woken or cancelled waiter stays in the list until its task runs. Belongs to
/// one loop from the first waiter on; another one gets RuntimeError.
class WaiterList {
public:
    WaiterList() = default;
    WaiterList(const WaiterList&) = delete;
    WaiterList& operator=(const WaiterList&) = delete;
    /// Forgets the waiters: a loop that ends may destroy the object first.
    ~WaiterList();

    /// Makes the list belong to \p loop; throws RuntimeError, which names \p what,
    /// when it belongs to another one.
    void bind(LoopCore& loop, const char* what);

    /// Throws RuntimeError in debug mode on another thread than the running loop's.
    void check_thread() const {
        if (loop_) loop_->check_thread();
    }

    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }

    /// True when no waiter is still to be served: all were cancelled.
    [[nodiscard]] bool all_cancelled() const noexcept;

    /// Gives its turn to the first waiter, unless it has got it already. Returns
    /// whether there is one.
    bool wake_first() noexcept;

    /// Gives a turn to the first waiter that has none yet. Returns whether there
    /// is one.
    bool wake_next() noexcept;

    /// Gives a turn to all waiters.
    void wake_all() noexcept;

private:
    friend class Waiter;
    static void wake(Waiter& waiter, bool alone) noexcept;
    void add(Waiter& waiter) noexcept;
    void remove(Waiter& waiter) noexcept;

    Waiter* first_ = nullptr;
    Waiter* last_ = nullptr;
    Ref<LoopCore> loop_;
};

}  // namespace aio::detail
