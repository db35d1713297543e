// ready_queue.h - the first-in first-out list of what runs next
#pragma once

#include <cstddef>

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
    /// Counts, for those who want to know.
    [[nodiscard]] std::size_t size() const noexcept {
        std::size_t count = 0;
        for (const Runnable* item = head_; item; item = item->next_) ++count;
        return count;
    }

    void push(Runnable& item) noexcept {
        item.next_ = nullptr;
        *tail_ = &item;
        tail_ = &item.next_;
    }

    Runnable& pop() noexcept {
        Runnable& item = *head_;
        head_ = item.next_;
        if (!head_) tail_ = &head_;
        // Many items are more than the fastest cache holds, and the next turn begins with this one.
        else
            __builtin_prefetch(head_);
        return item;
    }

    /// Takes out what is here now, one after the other, and gives each to \p run;
    /// what is pushed meanwhile stays.
    template <class F>
    void drain(F&& run) {
        if (empty()) return;
        Runnable* const* const end = tail_;
        for (bool more = true; more;) {
            Runnable& item = pop();
            more = &item.next_ != end;
            run(item);
        }
    }

    /// Moves everything from \p other to the end of this queue.
    void append(ReadyQueue& other) noexcept {
        if (other.empty()) return;
        *tail_ = other.head_;
        tail_ = other.tail_;
        other.head_ = nullptr;
        other.tail_ = &other.head_;
    }

    ReadyQueue() = default;
    ReadyQueue(const ReadyQueue&) = delete;
    ReadyQueue& operator=(const ReadyQueue&) = delete;

private:
    Runnable* head_ = nullptr;
    Runnable** tail_ = &head_;
};

}  // namespace aio::detail
