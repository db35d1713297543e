// inbox.cpp - where other threads leave work for a loop
#include "aio/detail/inbox.h"

#include <cerrno>
#include <cstdint>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace aio::detail {

Inbox::Inbox() : wake_fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (wake_fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Inbox::~Inbox() { ::close(wake_fd_); }

bool Inbox::post(Runnable& item) {
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return false;
        first = posted_.empty();
        posted_.push(item);
        any_.store(true, std::memory_order_release);
    }
    if (first) {
        const std::uint64_t one = 1;
        // Fails only when the counter is full, and then the loop wakes anyway.
        [[maybe_unused]] const auto written = ::write(wake_fd_, &one, sizeof one);
    }
    return true;
}

void Inbox::drain(ReadyQueue& ready) {
    if (!any_.load(std::memory_order_acquire)) return;
    const std::lock_guard lock(mutex_);
    any_.store(false, std::memory_order_relaxed);
    ready.append(posted_);
}

void Inbox::close(ReadyQueue& left) {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    left.append(posted_);
}

void Inbox::acknowledge() noexcept {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(wake_fd_, &count, sizeof count);
}

}  // namespace aio::detail
