// executor_op.h - one call on an executor, seen from both threads
#pragma once

#include "aio/detail/external_op.h"
#include "aio/detail/future_state.h"

#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

namespace aio::detail {

/// The part of a call that does not depend on the result.
class ExecutorCall : public ExternalOp {
public:
    /// Claims the call for the thread; false when it was cancelled before.
    [[nodiscard]] bool begin() noexcept { return claim(State::running); }
    void fail(std::exception_ptr error) noexcept { error_ = std::move(error); }
    /// The job was destroyed without running.
    void drop() noexcept;
    /// The executor refused the job. Loop's thread.
    void withdraw() noexcept;
    void abandon() noexcept final;

protected:
    ExecutorCall(LoopCore& loop, Ref<FutureState> future);
    void deliver() final;
    /// Puts the value into \p future.
    virtual void set_value(FutureState& future) = 0;
    /// Makes cancelling the future cancel the call while it waits.
    void watch();

private:
    enum class State { waiting, running, cancelled };

    bool claim(State next) noexcept {
        State expected = State::waiting;
        return state_.compare_exchange_strong(expected, next, std::memory_order_acq_rel);
    }

    std::atomic<State> state_{State::waiting};
    bool dropped_ = false;
    std::exception_ptr error_;
    LoopCore* loop_;  // loop's thread only, like the future
    Ref<FutureState> future_;
};

template <class T>
class ExecutorOp final : public ExecutorCall {
public:
    static std::shared_ptr<ExecutorOp> start(LoopCore& loop, Ref<FutureState> future) {
        std::shared_ptr<ExecutorOp> op(new ExecutorOp(loop, std::move(future)));
        op->watch();
        return op;
    }

    template <class F, class Tuple>
    void call(F& f, Tuple& args) {
        if constexpr (std::is_void_v<T>) {
            std::apply(f, std::move(args));
            value_.emplace();
        } else if constexpr (std::is_reference_v<T>) {
            value_.emplace(&std::apply(f, std::move(args)));
        } else {
            value_.emplace(std::apply(f, std::move(args)));
        }
    }

private:
    ExecutorOp(LoopCore& loop, Ref<FutureState> future) : ExecutorCall(loop, std::move(future)) {}

    void set_value(FutureState& future) override {
        static_cast<PlainFuture<T>&>(future).emplace(std::move(*value_));
        future.settle(FutureStatus::finished);
    }

    std::optional<Stored<T>> value_;
};

/// What the executor runs. The callable is destroyed before the loop hears of
/// the result.
template <class T, class F, class... Args>
class ExecutorJob {
public:
    ExecutorJob(std::shared_ptr<ExecutorOp<T>> op, F f, Args... args)
        : op_(std::move(op)), call_(std::in_place, std::move(f), std::tuple<Args...>(std::move(args)...)) {}
    ExecutorJob(ExecutorJob&&) = default;
    ExecutorJob& operator=(ExecutorJob&&) = delete;
    ~ExecutorJob() {
        if (!op_) return;
        call_.reset();
        op_->drop();
    }

    void operator()() {
        const auto op = std::move(op_);
        if (!op->begin()) return;
        try {
            op->call(call_->first, call_->second);
        } catch (...) {
            op->fail(std::current_exception());
        }
        call_.reset();
        op->finish();
    }

private:
    std::shared_ptr<ExecutorOp<T>> op_;
    std::optional<std::pair<F, std::tuple<Args...>>> call_;
};

}  // namespace aio::detail
