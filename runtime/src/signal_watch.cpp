// signal_watch.cpp - the signals that one loop handles
#include "aio/detail/signal_watch.h"

#include "aio/detail/task_core.h"
#include "aio/errors.h"
#include "aio/handle.h"

#include <unistd.h>
#include <csignal>
#include <utility>

namespace aio::detail {

namespace {

bool on_main_thread() noexcept { return ::gettid() == ::getpid(); }

}  // namespace

SignalWatch::~SignalWatch() {
    for (const auto& [sig, handler] : handlers_) SignalTable::remove(sig, queue_);
    if (main_) SignalTable::remove(SIGINT, queue_);
}

void SignalWatch::add(int sig, Callback callback) {
    auto handler = std::make_shared<SignalHandler>(std::move(callback), inherit_context());
    SignalTable::install(sig, queue_);
    handlers_[sig] = std::move(handler);
}

bool SignalWatch::remove(int sig) noexcept {
    const auto found = handlers_.find(sig);
    if (found == handlers_.end()) return false;
    // Kept outside: its destructor may call this again.
    const auto dropped = std::move(found->second);
    handlers_.erase(found);
    if (sig != SIGINT || !main_) SignalTable::remove(sig, queue_);
    return true;
}

bool SignalWatch::interrupts_with(int sig) const noexcept {
    return sig == SIGINT && main_ && !handlers_.contains(SIGINT);
}

void SignalWatch::keep(int sig, ReadyQueue& ready) {
    arrived_.push_back(sig);
    if (std::exchange(scheduled_, true)) return;
    ready.push(*this);
}

void SignalWatch::take_all(ReadyQueue& ready) {
    while (const int sig = queue_.take()) {
        if (!interrupts_with(sig)) {
            keep(sig, ready);
            continue;
        }
        if (++interrupts_ > 1) throw KeyboardInterrupt();
        if (!main_->cancel({})) missed_interrupt_ = true;
    }
}

void SignalWatch::run(LoopCore& loop) {
    scheduled_ = false;
    for (const int sig : std::exchange(arrived_, {})) {
        const auto found = handlers_.find(sig);
        if (found == handlers_.end()) continue;
        auto call = [handler = found->second] { handler->callback(); };
        const auto handle =
            Ref<HandleState>::adopt(new HandleOf<decltype(call)>(std::move(call), found->second->context));
        loop.schedule(*handle);
    }
}

void SignalWatch::discard() noexcept {
    scheduled_ = false;
    arrived_.clear();
}

void SignalWatch::begin_interrupts(TaskCore& main) noexcept {
    interrupts_ = 0;
    missed_interrupt_ = false;
    if (on_main_thread() && SignalTable::install_over_default(SIGINT, queue_)) main_ = &main;
}

void SignalWatch::end_interrupts() noexcept {
    if (!std::exchange(main_, nullptr)) return;
    if (!handlers_.contains(SIGINT)) SignalTable::remove(SIGINT, queue_);
}

namespace {

/// Lets SIGINT cancel a task for as long as this lives.
class InterruptScope {
public:
    InterruptScope(SignalWatch& signals, TaskCore& main) noexcept : signals_(signals) {
        signals.begin_interrupts(main);
    }
    InterruptScope(const InterruptScope&) = delete;
    InterruptScope& operator=(const InterruptScope&) = delete;
    ~InterruptScope() { signals_.end_interrupts(); }

private:
    SignalWatch& signals_;
};

}  // namespace

void LoopCore::run_main(TaskCore& main) {
    SignalWatch& watch = signals();
    const InterruptScope scope(watch, main);
    run_for(main);
    // It may have come in the last step, with nothing left to cancel.
    const bool missed = watch.missed_interrupt(ready_);
    const bool interrupted =
        main.cancelled() ? (watch.interrupts() > 0 || missed) && main.uncancel() == 0 : missed && !main.error();
    if (interrupted) throw KeyboardInterrupt();
}

bool SignalWatch::missed_interrupt(ReadyQueue& ready) {
    while (const int sig = queue_.take()) {
        if (interrupts_with(sig))
            missed_interrupt_ = true;
        else
            keep(sig, ready);
    }
    return missed_interrupt_;
}

}  // namespace aio::detail
