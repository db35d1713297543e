// inbox.cpp - where other threads leave work for a loop
#include "aio/detail/inbox.h"

#include <sys/eventfd.h>
#include <unistd.h>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace aio::detail {

Inbox::Inbox() : wake_fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (wake_fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Inbox::~Inbox() { ::close(wake_fd_); }

bool Inbox::post(Runnable& item) {
    std::uintptr_t seen = newest_.load(std::memory_order_relaxed);
    do {
        if (seen == closed) return false;
        item.next_ = seen == empty || seen == asleep ? nullptr : reinterpret_cast<Runnable*>(seen);
    } while (!newest_.compare_exchange_weak(seen, reinterpret_cast<std::uintptr_t>(&item), std::memory_order_acq_rel,
                                            std::memory_order_relaxed));
    // From here on the item may be gone.
    if (seen == asleep) wake();
    return true;
}

void Inbox::wake() const noexcept {
    const std::uint64_t one = 1;
    // Fails only when the counter is full, and then the loop wakes anyway.
    [[maybe_unused]] const auto written = ::write(wake_fd_, &one, sizeof one);
}

bool Inbox::take(ReadyQueue& ready, std::uintptr_t next_state) noexcept {
    const std::uintptr_t newest = newest_.exchange(next_state, std::memory_order_acq_rel);
    if (newest == empty || newest == asleep || newest == closed) return false;
    Runnable* oldest = nullptr;
    for (auto* item = reinterpret_cast<Runnable*>(newest); item;) {
        Runnable* const older = item->next_;
        item->next_ = oldest;
        oldest = item;
        item = older;
    }
    while (oldest) {
        Runnable* const newer = oldest->next_;
        ready.push(*oldest);
        oldest = newer;
    }
    return true;
}

bool Inbox::prepare_to_sleep() noexcept {
    std::uintptr_t seen = empty;
    return newest_.compare_exchange_strong(seen, asleep, std::memory_order_acq_rel, std::memory_order_acquire) ||
           seen == asleep;
}

void Inbox::acknowledge() noexcept {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(wake_fd_, &count, sizeof count);
}

}  // namespace aio::detail
