// signal_watch.h - the signals that one loop handles
#pragma once

#include "aio/detail/context_state.h"
#include "aio/detail/ready_queue.h"
#include "aio/detail/signal_table.h"
#include "aio/detail/unique_function.h"

#include <map>
#include <memory>
#include <vector>

namespace aio::detail {

class TaskCore;

/// A callback for a signal, and the context that all its calls share.
struct SignalHandler {
    Callback callback;
    ContextSlot context;
};

/// Calls back, from the loop, for the signals that a loop has handlers for, and
/// lets SIGINT cancel the main task of run().
class SignalWatch final : private Runnable {
public:
    explicit SignalWatch(int wake_fd) noexcept : queue_(wake_fd) {}
    /// Restores the dispositions of all signals.
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

    /// See Loop::add_signal_handler(); \p sig is valid.
    void add(int sig, Callback callback);
    /// See Loop::remove_signal_handler().
    bool remove(int sig) noexcept;

    /// Takes the signals that have come. Called before and after the loop waits.
    ///
    /// A SIGINT for the main task acts at once: the first one cancels the task, a
    /// further one throws KeyboardInterrupt. Handlers are called one iteration
    /// later, as asyncio does.
    void collect(ReadyQueue& ready) {
        if (queue_.any()) [[unlikely]]
            take_all(ready);
    }

    /// True when collect() may find something.
    [[nodiscard]] bool pending() const noexcept { return queue_.any(); }

    /// True while there are handlers: a signal could give the loop something to do.
    [[nodiscard]] bool active() const noexcept { return !handlers_.empty(); }

    /// Lets SIGINT cancel \p main, if nobody else handles SIGINT and this is the
    /// main thread.
    void begin_interrupts(TaskCore& main) noexcept;
    /// Ends begin_interrupts().
    void end_interrupts() noexcept;
    /// How often SIGINT came for the main task.
    [[nodiscard]] int interrupts() const noexcept { return interrupts_; }
    /// Takes what has come; true when a SIGINT came too late to cancel the task.
    [[nodiscard]] bool missed_interrupt(ReadyQueue& ready);

private:
    void take_all(ReadyQueue& ready);
    void keep(int sig, ReadyQueue& ready);
    [[nodiscard]] bool interrupts_with(int sig) const noexcept;
    void run(LoopCore& loop) override;
    void discard() noexcept override;

    SignalQueue queue_;
    std::map<int, std::shared_ptr<SignalHandler>> handlers_;
    std::vector<int> arrived_;
    bool scheduled_ = false;
    TaskCore* main_ = nullptr;
    int interrupts_ = 0;
    bool missed_interrupt_ = false;
};

}  // namespace aio::detail
