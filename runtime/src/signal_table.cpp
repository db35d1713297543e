// signal_table.cpp - which loop gets which signal of the process
#include "aio/detail/signal_table.h"

#include "aio/errors.h"

#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <string>
#include <system_error>
#include <thread>

namespace aio::detail {

namespace {

struct SignalSlot {
    std::atomic<SignalQueue*> queue{nullptr};
    struct sigaction previous{};  // belongs to whoever has claimed `queue`
};

constinit std::array<SignalSlot, NSIG> slots;

/// How many threads are inside on_signal().
std::atomic<int> handling{0};

extern "C" void aio_on_signal(int sig) {
    const int saved = errno;
    handling.fetch_add(1);
    if (SignalQueue* queue = slots[static_cast<std::size_t>(sig)].queue.load()) queue->note(sig);
    handling.fetch_sub(1);
    errno = saved;
}

SignalSlot& slot_of(int sig) noexcept { return slots[static_cast<std::size_t>(sig)]; }

bool claim(SignalSlot& slot, SignalQueue& queue) noexcept {
    SignalQueue* nobody = nullptr;
    return slot.queue.compare_exchange_strong(nobody, &queue);
}

/// Gives the slot up once no handler on another thread can still use the queue.
void release(SignalSlot& slot) noexcept {
    slot.queue.store(nullptr);
    while (handling.load() != 0) std::this_thread::yield();
}

bool is_ours(const struct sigaction& action) noexcept {
    return (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == &aio_on_signal;
}

int replace_action(int sig, SignalSlot& slot) noexcept {
    struct sigaction action{};
    action.sa_handler = &aio_on_signal;
    // System calls of threads that know nothing of the loop are not interrupted.
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    ::sigemptyset(&action.sa_mask);
    return ::sigaction(sig, &action, &slot.previous);
}

}  // namespace

bool SignalQueue::push(int sig) noexcept {
    std::uint32_t end = end_.load();
    do {
        if (end - first_.load() >= capacity) return false;
    } while (!end_.compare_exchange_weak(end, end + 1));
    signals_[end % capacity].store(static_cast<std::uint8_t>(sig));
    return true;
}

void SignalQueue::note(int sig) noexcept {
    if (!push(sig)) merged_.fetch_or(std::uint64_t{1} << (sig - 1));
    if (any_.exchange(true)) return;
    const std::uint64_t one = 1;
    // Fails only when the counter is full, and then the loop wakes anyway.
    [[maybe_unused]] const auto written = ::write(wake_fd_, &one, sizeof one);
}

int SignalQueue::take() noexcept {
    any_.store(false);
    const std::uint32_t first = first_.load();
    if (const int sig = signals_[first % capacity].exchange(0)) {
        first_.store(first + 1);
        any_.store(true);
        return sig;
    }
    const std::uint64_t merged = merged_.load();
    if (merged == 0) return 0;
    const int bit = __builtin_ctzll(merged);
    merged_.fetch_and(~(std::uint64_t{1} << bit));
    any_.store(true);
    return bit + 1;
}

bool SignalTable::valid(int sig) noexcept {
    sigset_t all;
    ::sigfillset(&all);
    return sig > 0 && sig < NSIG && ::sigismember(&all, sig) == 1;
}

void SignalTable::install(int sig, SignalQueue& queue) {
    SignalSlot& slot = slot_of(sig);
    struct sigaction now{};
    const bool mine = slot.queue.load() == &queue;
    if (mine && ::sigaction(sig, nullptr, &now) == 0 && is_ours(now)) return;
    if (!mine && !claim(slot, queue))
        throw RuntimeError("signal " + std::to_string(sig) + " is handled by another event loop");
    if (replace_action(sig, slot) == 0) return;
    const int error = errno;
    release(slot);
    if (error == EINVAL) throw RuntimeError("sig " + std::to_string(sig) + " cannot be caught");
    throw std::system_error(error, std::generic_category(), "sigaction");
}

bool SignalTable::install_over_default(int sig, SignalQueue& queue) noexcept {
    struct sigaction now{};
    if (::sigaction(sig, nullptr, &now) != 0 || (now.sa_flags & SA_SIGINFO) || now.sa_handler != SIG_DFL) return false;
    SignalSlot& slot = slot_of(sig);
    if (!claim(slot, queue)) return false;
    if (replace_action(sig, slot) == 0) return true;
    release(slot);
    return false;
}

void SignalTable::remove(int sig, SignalQueue& queue) noexcept {
    SignalSlot& slot = slot_of(sig);
    if (slot.queue.load() != &queue) return;
    struct sigaction now{};
    if (::sigaction(sig, nullptr, &now) == 0 && is_ours(now)) ::sigaction(sig, &slot.previous, nullptr);
    release(slot);
}

void SignalTable::forget_all() noexcept {
    handling.store(0);
    for (int sig = 1; sig < NSIG; ++sig) {
        SignalSlot& slot = slot_of(sig);
        if (!slot.queue.load()) continue;
        struct sigaction now{};
        if (::sigaction(sig, nullptr, &now) == 0 && is_ours(now)) ::sigaction(sig, &slot.previous, nullptr);
        slot.queue.store(nullptr);
    }
}

}  // namespace aio::detail
