// queue.h - passes items from tasks to tasks
#pragma once

#include "aio/detail/queue_core.h"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace aio {

namespace detail {

/// First in, first out.
template <class T>
class FifoItems {
public:
    void push(T item) { items_.push_back(std::move(item)); }
    T pop() {
        T item = std::move(items_.front());
        items_.pop_front();
        return item;
    }

private:
    std::deque<T> items_;
};

/// Last in, first out.
template <class T>
class LifoItems {
public:
    void push(T item) { items_.push_back(std::move(item)); }
    T pop() {
        T item = std::move(items_.back());
        items_.pop_back();
        return item;
    }

private:
    std::vector<T> items_;
};

/// The smallest first; of equal ones the oldest.
template <class T, class Less>
class SortedItems {
public:
    SortedItems() = default;
    explicit SortedItems(Less less) : later_{std::move(less)} {}

    void push(T item) {
        items_.push_back({std::move(item), ++sequence_});
        std::push_heap(items_.begin(), items_.end(), later_);
    }
    T pop() {
        std::pop_heap(items_.begin(), items_.end(), later_);
        T item = std::move(items_.back().item);
        items_.pop_back();
        return item;
    }

private:
    struct Entry {
        T item;
        std::uint64_t sequence;
    };
    struct Later {
        bool operator()(const Entry& a, const Entry& b) const {
            if (less(b.item, a.item)) return true;
            if (less(a.item, b.item)) return false;
            return b.sequence < a.sequence;
        }
        Less less;
    };

    std::vector<Entry> items_;
    std::uint64_t sequence_ = 0;
    Later later_;
};

/// What the three queues have in common; \p Items decides the order.
template <class T, class Items>
class BasicQueue {
    static_assert(std::move_constructible<T>, "a queue moves its items");

public:
    using value_type = T;

    /// A \p maxsize of zero means no limit.
    explicit BasicQueue(std::size_t maxsize = 0, Items items = Items()) : core_(maxsize), items_(std::move(items)) {}
    BasicQueue(const BasicQueue&) = delete;
    BasicQueue& operator=(const BasicQueue&) = delete;

    /// How many items there may be; zero means no limit.
    [[nodiscard]] std::size_t maxsize() const noexcept { return core_.maxsize(); }
    /// How many items are in the queue.
    [[nodiscard]] std::size_t qsize() const noexcept { return core_.size(); }
    /// True when get() would wait.
    [[nodiscard]] bool empty() const noexcept { return core_.size() == 0; }
    /// True when put() would wait; never without a limit.
    [[nodiscard]] bool full() const noexcept { return core_.full(); }

    /// Puts \p item in.
    ///
    /// Suspends:  only while the queue is full.
    /// Resumes:   from the loop, in the iteration after an item was taken out.
    /// Cancelled: puts nothing in, leaves the room to the next and throws
    ///            CancelledError.
    /// Lifetime:  the queue must outlive the wait.
    Coro<void> put(T item) {
        core_.check_thread();
        while (core_.full()) co_await core_.room();
        push(std::move(item));
    }

    /// Takes an item out.
    ///
    /// Suspends:  only while the queue is empty.
    /// Resumes:   from the loop, in the iteration after an item was put in.
    /// Cancelled: takes nothing out, leaves the item to the next and throws
    ///            CancelledError.
    /// Lifetime:  the queue must outlive the wait.
    Coro<T> get() {
        core_.check_thread();
        while (core_.size() == 0) co_await core_.item();
        co_return pop();
    }

    /// Puts \p item in; throws QueueFull when there is no room.
    void put_nowait(T item) {
        core_.check_thread();
        core_.check_not_full();
        push(std::move(item));
    }

    /// Takes an item out; throws QueueEmpty when there is none.
    T get_nowait() {
        core_.check_thread();
        core_.check_not_empty();
        return pop();
    }

    /// Takes an item out if there is one.
    [[nodiscard]] std::optional<T> try_get() {
        core_.check_thread();
        if (empty()) return std::nullopt;
        return pop();
    }

    /// Says that the work for an item that was taken out is done; throws
    /// ValueError when called more often than items were put in.
    void task_done() { core_.task_done(); }

    /// Waits until task_done() was called for every item that was put in.
    ///
    /// Suspends:  only while work is left.
    /// Resumes:   from the loop, in the iteration after the last task_done().
    /// Cancelled: throws CancelledError.
    /// Lifetime:  the queue must outlive the wait.
    Coro<void> join() { return core_.join(); }

private:
    void push(T item) {
        items_.push(std::move(item));
        core_.added();
    }
    T pop() {
        T item = items_.pop();
        core_.removed();
        return item;
    }

    QueueCore core_;
    Items items_;
};

}  // namespace detail

/// A queue that gives items in the order in which they were put in. Not for
/// threads; belongs to one loop from the first wait on.
template <class T>
class Queue : public detail::BasicQueue<T, detail::FifoItems<T>> {
public:
    using detail::BasicQueue<T, detail::FifoItems<T>>::BasicQueue;
};

/// A queue that gives the smallest item first, of equal ones the oldest.
template <class T, class Less = std::less<>>
class PriorityQueue : public detail::BasicQueue<T, detail::SortedItems<T, Less>> {
    using Items = detail::SortedItems<T, Less>;

public:
    explicit PriorityQueue(std::size_t maxsize = 0, Less less = Less())
        : detail::BasicQueue<T, Items>(maxsize, Items(std::move(less))) {}
};

/// A queue that gives the item that was put in last.
template <class T>
class LifoQueue : public detail::BasicQueue<T, detail::LifoItems<T>> {
public:
    using detail::BasicQueue<T, detail::LifoItems<T>>::BasicQueue;
};

}  // namespace aio
