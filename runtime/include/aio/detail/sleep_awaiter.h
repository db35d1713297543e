// sleep_awaiter.h - a timer inside the frame that sleeps
#pragma once

#include "aio/detail/future_awaiter.h"

#include <coroutine>
#include <memory>
#include <string>
#include <utility>

namespace aio::detail {

/// A pause, of one iteration or until a deadline.
class Pause : public AwaiterTag, private Runnable, private Timer, private Suspension {
public:
    explicit Pause(double delay) noexcept : Timer(static_cast<Runnable&>(*this)), delay_(delay) {}
    ~Pause();

    bool await_ready() const noexcept { return false; }

    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiter) {
        suspend(waiter.promise());
    }

protected:
    /// Throws when the pause was cut short.
    void resume() const;

private:
    void suspend(PromiseBase& waiter);
    void run(LoopCore& loop) override;
    void discard() noexcept override {}
    bool cancel(const std::string& message) override;
    [[nodiscard]] const char* what() const noexcept override { return "sleep"; }

    double delay_;
    TaskCore* task_ = nullptr;
    bool over_ = false;
    bool cancelled_ = false;
    std::unique_ptr<std::string> message_;  // null: empty
};

template <class T>
class SleepAwaiter : public Pause {
public:
    SleepAwaiter(double delay, Stored<T> value) : Pause(delay), value_(std::move(value)) {}

    T await_resume() {
        resume();
        return unwrap<T>(std::move(value_));
    }

private:
    [[no_unique_address]] Stored<T> value_;
};

}  // namespace aio::detail
