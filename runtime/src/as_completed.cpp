// as_completed.cpp - takes the results of several tasks as they come
#include "aio/as_completed.h"

#include "aio/detail/operation.h"
#include "aio/detail/waiter_list.h"

#include <deque>
#include <unordered_set>

namespace aio::detail {

/// The futures that are done and not taken yet, and who waits for one.
///
/// The callbacks hold it weakly: when nobody wants results any more, it goes.
class CompletionQueue : public std::enable_shared_from_this<CompletionQueue> {
public:
    ~CompletionQueue() { timer_.cancel(); }

    void begin(const std::vector<FutureBase>& futures, std::optional<Seconds> timeout) {
        const std::weak_ptr<CompletionQueue> self = weak_from_this();
        std::unordered_set<const void*> seen;
        for (const FutureBase& future : futures) {
            if (!seen.insert(future.state().get()).second) continue;
            future.add_done_callback([self](FutureBase& done) {
                if (const auto queue = self.lock()) queue->on_done(done);
            });
        }
        count_ = running_ = seen.size();
        if (!timeout || running_ == 0) return;
        timer_ = get_running_loop().call_later(*timeout, [self] {
            if (const auto queue = self.lock()) queue->expire();
        });
    }

    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    [[nodiscard]] bool ready() const noexcept { return !done_.empty() || expired_; }

    FutureBase take() {
        if (done_.empty()) throw TimeoutError();
        FutureBase future = std::move(done_.front());
        done_.pop_front();
        return future;
    }

    auto turn() noexcept { return Operation<void, Turn, CompletionQueue>(*this); }

private:
    template <class, class, class>
    friend class Operation;

    class Turn : public Waiter {
    public:
        explicit Turn(CompletionQueue& queue) noexcept : queue_(queue) {}

        bool await_ready() const noexcept { return queue_.ready(); }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiter) {
            wait(waiter.promise(), queue_.waiters_);
        }
        void await_resume() {
            if (!waited()) return;
            try {
                leave();
            } catch (...) {
                // The result that woke this one is for the next.
                if (woken() && queue_.ready()) queue_.waiters_.wake_next();
                throw;
            }
        }

    private:
        [[nodiscard]] const char* what() const noexcept override { return "as_completed"; }

        CompletionQueue& queue_;
    };

    void on_done(const FutureBase& future) {
        if (expired_) return;
        done_.push_back(future);
        if (--running_ == 0) timer_.cancel();
        waiters_.wake_next();
    }

    void expire() {
        expired_ = true;
        waiters_.wake_all();
    }

    std::size_t count_ = 0;
    std::size_t running_ = 0;
    bool expired_ = false;
    std::deque<FutureBase> done_;
    TimerHandle timer_;
    WaiterList waiters_;
};

std::shared_ptr<CompletionQueue> collect_completions(const std::vector<FutureBase>& futures,
                                                     std::optional<Seconds> timeout) {
    auto queue = std::make_shared<CompletionQueue>();
    queue->begin(futures, timeout);
    return queue;
}

std::size_t completion_count(const CompletionQueue& queue) noexcept { return queue.count(); }

Coro<FutureBase> next_completion(std::shared_ptr<CompletionQueue> queue) {
    while (!queue->ready()) co_await queue->turn();
    co_return queue->take();
}

}  // namespace aio::detail
