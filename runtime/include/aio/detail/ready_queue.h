// ready_queue.h - the first-in first-out list of what runs next
#pragma once

#include <cstddef>
#include <utility>

namespace aio::detail {

class LoopCore;

/// Something that a loop can run once: a callback or a step of a task.
class Runnable {
public:
    Runnable() = default;
    Runnable(const Runnable&) = delete;
    Runnable& operator=(const Runnable&) = delete;

    /// Runs on the loop's thread, after it left the queue.
    virtual void run(LoopCore& loop) = 0;

    /// Called instead of run() when the loop closes first.
    virtual void discard() noexcept = 0;

    /// Called on what is left in the queue when the loop closes.
    virtual void finish_or_discard(LoopCore& loop) noexcept {
        (void)loop;
        discard();
    }

protected:
    ~Runnable() = default;

private:
    friend class ReadyQueue;
    friend class Inbox;
    Runnable* next_ = nullptr;
};

/// A list linked through its elements: pushing allocates nothing.
class ReadyQueue {
public:
    [[nodiscard]] bool empty() const noexcept { return head_ == nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    void push(Runnable& item) noexcept {
        item.next_ = nullptr;
        *tail_ = &item;
        tail_ = &item.next_;
        ++size_;
    }

    Runnable& pop() noexcept {
        Runnable& item = *head_;
        head_ = item.next_;
        if (!head_) tail_ = &head_;
        // Many items are more than the fastest cache holds, and the next turn begins with this one.
        else __builtin_prefetch(head_);
        --size_;
        return item;
    }

    /// Moves everything from \p other to the end of this queue.
    void append(ReadyQueue& other) noexcept {
        if (other.empty()) return;
        *tail_ = other.head_;
        tail_ = other.tail_;
        size_ += std::exchange(other.size_, 0);
        other.head_ = nullptr;
        other.tail_ = &other.head_;
    }

    ReadyQueue() = default;
    ReadyQueue(const ReadyQueue&) = delete;
    ReadyQueue& operator=(const ReadyQueue&) = delete;

private:
    Runnable* head_ = nullptr;
    Runnable** tail_ = &head_;
    std::size_t size_ = 0;
};

}  // namespace aio::detail
