// timer_heap.h - timers in the order in which they fall due
#pragma once

#include "aio/detail/ready_queue.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace aio::detail {

/// A deadline, and what runs then. Equal deadlines keep the order of insertion.
class Timer {
public:
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    [[nodiscard]] Runnable& due() const noexcept { return *due_; }
    [[nodiscard]] double when() const noexcept { return when_; }
    [[nodiscard]] bool in_heap() const noexcept { return slot_ != absent; }

protected:
    explicit Timer(Runnable& due, double when = 0) noexcept : due_(&due), when_(when) {}
    ~Timer() = default;
    void set_when(double when) noexcept { when_ = when; }

private:
    friend class TimerHeap;
    static constexpr std::size_t absent = static_cast<std::size_t>(-1);

    Runnable* due_;
    double when_;
    std::size_t slot_ = absent;
};

/// A binary heap over (deadline, sequence number).
///
/// A cancelled timer leaves at once, in O(log n), so that memory never holds
/// more than the timers that are still wanted.
class TimerHeap {
public:
    [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
    [[nodiscard]] double earliest() const noexcept { return entries_.front().when; }

    void push(Timer& timer);
    Timer& pop() noexcept;
    void remove(Timer& timer) noexcept;

private:
    struct Entry {
        double when;
        std::uint64_t sequence;
        Timer* timer;

        bool operator<(const Entry& other) const noexcept {
            return when != other.when ? when < other.when : sequence < other.sequence;
        }
    };

    void place(std::size_t slot, const Entry& entry) noexcept;
    void sift_up(std::size_t slot, Entry entry) noexcept;
    void sift_down(std::size_t slot, Entry entry) noexcept;

    std::vector<Entry> entries_;
    std::uint64_t sequence_ = 0;
};

}  // namespace aio::detail
