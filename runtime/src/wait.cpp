// wait.cpp - waits for some or all of several tasks
#include "aio/wait.h"

#include <memory>

namespace aio::detail {

namespace {

/// Counts the futures that are done and releases the waiting task.
///
/// Shared with the callbacks: one of them may still be in the ready queue when
/// the wait is over.
class WaitCount : public std::enable_shared_from_this<WaitCount> {
public:
    WaitCount(Loop& loop, std::vector<FutureBase> futures, ReturnWhen return_when)
        : futures_(std::move(futures)),
          return_when_(return_when),
          left_(futures_.size()),
          released_(loop.create_future()) {}

    void begin(Loop& loop, std::optional<Seconds> timeout) {
        const auto self = shared_from_this();
        if (timeout) timer_ = loop.call_later(*timeout, [self] { self->release(); });
        for (const FutureBase& future : futures_)
            ids_.push_back(future.add_done_callback([self](FutureBase& done) { self->on_done(done); }));
    }

    void end() noexcept {
        timer_.cancel();
        for (std::size_t i = 0; i < ids_.size(); ++i) futures_[i].remove_done_callback(ids_[i]);
        ids_.clear();
    }

    [[nodiscard]] const Future<void>& released() const noexcept { return released_; }

private:
    void on_done(FutureBase& future) {
        if (--left_ > 0 && return_when_ != FIRST_COMPLETED && !has_failed(future)) return;
        timer_.cancel();
        release();
    }

    /// Looks at the error, so that it is not reported: asyncio does, too, but not
    /// at that of the last future.
    [[nodiscard]] bool has_failed(const FutureBase& future) const {
        return return_when_ == FIRST_EXCEPTION && !future.cancelled() && future.exception();
    }

    void release() {
        if (!released_.done()) released_.set_result();
    }

    std::vector<FutureBase> futures_;
    ReturnWhen return_when_;
    std::size_t left_;
    Future<void> released_;
    TimerHandle timer_;
    std::vector<CallbackId> ids_;
};

/// Ends the wait on every path, also when the coroutine is destroyed.
class WaitScope {
public:
    WaitScope(std::shared_ptr<WaitCount> count, Loop& loop, std::optional<Seconds> timeout) : count_(std::move(count)) {
        count_->begin(loop, timeout);
    }
    WaitScope(const WaitScope&) = delete;
    WaitScope& operator=(const WaitScope&) = delete;
    ~WaitScope() { count_->end(); }

private:
    std::shared_ptr<WaitCount> count_;
};

}  // namespace

Coro<void> wait_until(std::vector<FutureBase> futures, WaitOpts options) {
    if (futures.empty()) throw ValueError("Set of Tasks/Futures is empty.");
    if (options.return_when < FIRST_COMPLETED || options.return_when > ALL_COMPLETED)
        throw ValueError("Invalid return_when value: " + std::to_string(static_cast<int>(options.return_when)));
    Loop& loop = get_running_loop();
    const auto count = std::make_shared<WaitCount>(loop, std::move(futures), options.return_when);
    const WaitScope scope(count, loop, options.timeout);
    co_await count->released();
}

}  // namespace aio::detail
