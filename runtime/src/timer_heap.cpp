// timer_heap.cpp - timers in the order in which they fall due
#include "aio/detail/timer_heap.h"

namespace aio::detail {

void TimerHeap::push(Timer& timer) {
    const Entry entry{timer.when(), sequence_++, &timer};
    entries_.push_back(entry);
    sift_up(entries_.size() - 1, entry);
}

Timer& TimerHeap::pop() noexcept {
    Timer& timer = *entries_.front().timer;
    remove(timer);
    return timer;
}

void TimerHeap::remove(Timer& timer) noexcept {
    const std::size_t slot = timer.slot_;
    timer.slot_ = Timer::absent;
    const Entry last = entries_.back();
    entries_.pop_back();
    if (slot == entries_.size()) return;
    if (slot > 0 && last < entries_[(slot - 1) / 2])
        sift_up(slot, last);
    else
        sift_down(slot, last);
}

void TimerHeap::place(std::size_t slot, const Entry& entry) noexcept {
    entries_[slot] = entry;
    entry.timer->slot_ = slot;
}

void TimerHeap::sift_up(std::size_t slot, Entry entry) noexcept {
    while (slot > 0) {
        const std::size_t parent = (slot - 1) / 2;
        if (!(entry < entries_[parent])) break;
        place(slot, entries_[parent]);
        slot = parent;
    }
    place(slot, entry);
}

void TimerHeap::sift_down(std::size_t slot, Entry entry) noexcept {
    const std::size_t count = entries_.size();
    while (true) {
        std::size_t child = 2 * slot + 1;
        if (child >= count) break;
        if (child + 1 < count && entries_[child + 1] < entries_[child]) ++child;
        if (!(entries_[child] < entry)) break;
        place(slot, entries_[child]);
        slot = child;
    }
    place(slot, entry);
}

}  // namespace aio::detail
