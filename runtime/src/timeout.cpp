// timeout.cpp - limits the time that a block may take
#include "aio/timeout.h"

namespace aio {

namespace detail {

/// Shared by the scope, its timer and the handles that outlive both.
class TimeoutState : public std::enable_shared_from_this<TimeoutState> {
public:
    TimeoutState() : loop_(&get_running_loop()), task_(current_task()) {
        if (!task_) throw RuntimeError("Timeout should be used inside a task");
        cancelling_ = task_.cancelling();
    }

    [[nodiscard]] std::optional<double> when() const noexcept { return when_; }
    [[nodiscard]] bool expired() const noexcept { return phase_ == Phase::expiring || phase_ == Phase::expired; }

    void reschedule(std::optional<double> when) {
        if (phase_ != Phase::active)
            throw RuntimeError(std::string("Cannot change state of ") + phase_name() + " Timeout");
        when_ = when;
        timer_.cancel();
        if (!when) return;
        const auto expire = [self = shared_from_this()] { self->expire(); };
        if (*when <= loop_->time())
            timer_ = loop_->call_soon(expire);
        else
            timer_ = loop_->call_at(*when, expire);
    }

    /// Ends the block; true when a cancellation that it ended with is ours. Only
    /// the first call counts.
    bool exit() noexcept {
        timer_.cancel();
        if (phase_ == Phase::expiring) {
            phase_ = Phase::expired;
            return task_.uncancel() <= cancelling_;
        }
        if (phase_ == Phase::active) phase_ = Phase::finished;
        return false;
    }

private:
    enum class Phase { active, expiring, expired, finished };

    [[nodiscard]] const char* phase_name() const noexcept {
        switch (phase_) {
            case Phase::active: return "active";
            case Phase::expiring: return "expiring";
            case Phase::expired: return "expired";
            case Phase::finished: return "finished";
        }
        return "";
    }

    void expire() {
        phase_ = Phase::expiring;
        task_.cancel();
    }

    Loop* loop_;
    TaskBase task_;
    int cancelling_ = 0;
    Phase phase_ = Phase::active;
    std::optional<double> when_;
    Handle timer_;
};

TimeoutScope::TimeoutScope(std::optional<double> when) : state_(std::make_shared<TimeoutState>()), limit_(state_) {
    state_->reschedule(when);
}

TimeoutScope::~TimeoutScope() { state_->exit(); }

void TimeoutScope::fail(std::exception_ptr error) {
    if (!state_->exit()) std::rethrow_exception(std::move(error));
    throw_timeout(error);
}

std::optional<double> deadline_after(std::optional<Seconds> delay) {
    if (!delay) return std::nullopt;
    return get_running_loop().time() + delay->count();
}

void throw_timeout(const std::exception_ptr& cause) {
    try {
        std::rethrow_exception(cause);
    } catch (const CancelledError&) {
        std::throw_with_nested(TimeoutError());
    }
}

}  // namespace detail

std::optional<double> Timeout::when() const noexcept { return state_->when(); }
void Timeout::reschedule(std::optional<double> when) const { state_->reschedule(when); }
bool Timeout::expired() const noexcept { return state_->expired(); }

}  // namespace aio
