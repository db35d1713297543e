// queue_core.h - who waits for a queue, whatever it holds
#pragma once

#include "aio/coro.h"
#include "aio/detail/operation.h"
#include "aio/detail/waiter_list.h"
#include "aio/event.h"

#include <coroutine>
#include <cstddef>

namespace aio::detail {

/// Counts the items of a queue and wakes those that wait for one or for room.
class QueueCore {
public:
    explicit QueueCore(std::size_t maxsize) noexcept : maxsize_(maxsize) { finished_.set(); }

    [[nodiscard]] std::size_t maxsize() const noexcept { return maxsize_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool full() const noexcept { return maxsize_ > 0 && size_ >= maxsize_; }

    void check_not_full() const;
    void check_not_empty() const;

    /// Throws RuntimeError in debug mode on another thread than the running
    /// loop's. Before anything is changed.
    void check_thread() const {
        getters_.check_thread();
        putters_.check_thread();
        finished_.check_thread();
    }

    /// An item was put in: wakes one that waits for it.
    void added() noexcept;
    /// An item was taken out: wakes one that waits for room.
    void removed() noexcept;

    void task_done();
    Coro<void> join();

    /// Waits in line until there may be room; others may still be faster.
    auto room() noexcept { return Operation<void, Room, QueueCore>(*this); }
    /// Waits in line until there may be an item; others may still be faster.
    auto item() noexcept { return Operation<void, Item, QueueCore>(*this); }

private:
    template <class, class, class>
    friend class Operation;

    class Room : public Waiter {
    public:
        explicit Room(QueueCore& queue) noexcept : queue_(queue) {}

        bool await_ready() const noexcept { return !queue_.full(); }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiter) {
            wait(waiter.promise(), queue_.putters_);
        }
        void await_resume();

    private:
        [[nodiscard]] const char* what() const noexcept override { return "Queue.put"; }

        QueueCore& queue_;
    };

    class Item : public Waiter {
    public:
        explicit Item(QueueCore& queue) noexcept : queue_(queue) {}

        bool await_ready() const noexcept { return queue_.size_ > 0; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiter) {
            wait(waiter.promise(), queue_.getters_);
        }
        void await_resume();

    private:
        [[nodiscard]] const char* what() const noexcept override { return "Queue.get"; }

        QueueCore& queue_;
    };

    std::size_t maxsize_;
    std::size_t size_ = 0;
    std::size_t unfinished_ = 0;
    WaiterList getters_;
    WaiterList putters_;
    Event finished_;
};

}  // namespace aio::detail
