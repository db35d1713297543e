// executor.cpp - runs blocking functions on other threads
#include "aio/executor.h"

#include <algorithm>
#include <pthread.h>

namespace aio {

Executor::~Executor() = default;

ThreadPoolExecutor::ThreadPoolExecutor(std::size_t threads, std::string name)
    : limit_(threads ? threads : std::min<std::size_t>(32, std::thread::hardware_concurrency() + 4)),
      name_(std::move(name)) {}

ThreadPoolExecutor::~ThreadPoolExecutor() { shutdown(true, true); }

void ThreadPoolExecutor::submit(Job job) {
    const std::lock_guard lock(mutex_);
    if (stopped_) throw ExecutorShutdown("cannot schedule new futures after shutdown");
    jobs_.push_back(std::move(job));
    if (idle_ < jobs_.size() && threads_.size() < limit_) threads_.emplace_back([this] { work(); });
    else wake_.notify_one();
}

void ThreadPoolExecutor::shutdown(bool wait, bool cancel_pending) {
    std::deque<Job> dropped;
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        if (cancel_pending) dropped.swap(jobs_);
        if (wait) threads.swap(threads_);
    }
    wake_.notify_all();
    dropped.clear();
    for (std::thread& thread : threads) thread.join();
}

void ThreadPoolExecutor::work() {
    // Linux takes 15 characters.
    pthread_setname_np(pthread_self(), name_.substr(0, 15).c_str());
    std::unique_lock lock(mutex_);
    while (true) {
        ++idle_;
        wake_.wait(lock, [this] { return stopped_ || !jobs_.empty(); });
        --idle_;
        if (jobs_.empty()) return;
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job();
        job.reset();
        lock.lock();
    }
}

namespace detail {

Executor& executor_or_default(LoopCore& loop, Executor* chosen) {
    if (chosen) return *chosen;
    if (loop.executor_shut_down) throw RuntimeError("Executor shutdown has been called");
    if (!loop.default_executor) loop.default_executor = std::make_shared<ThreadPoolExecutor>();
    return *loop.default_executor;
}

ExecutorCall::ExecutorCall(LoopCore& loop, Ref<FutureState> future)
    : ExternalOp(loop.inbox()), loop_(&loop), future_(std::move(future)) {}

void ExecutorCall::watch() {
    loop_->external_ops().add(*this);
    future_->add_callback([self = std::static_pointer_cast<ExecutorCall>(shared_from_this())](FutureBase& future) {
        // A call that waits in the executor's queue is not made at all.
        if (future.cancelled() && self->claim(State::cancelled)) self->withdraw();
    });
}

void ExecutorCall::drop() noexcept {
    if (!claim(State::cancelled)) return;
    dropped_ = true;
    finish();
}

void ExecutorCall::withdraw() noexcept {
    if (future_) loop_->external_ops().remove(*this);
    abandon();
}

void ExecutorCall::abandon() noexcept {
    if (const auto future = std::move(future_)) future->drop_nodes();
}

void ExecutorCall::deliver() {
    const Ref<FutureState> future = std::move(future_);
    if (!future || future->done()) return;
    if (dropped_) {
        future->cancel({});
    } else if (error_) {
        future->settle(FutureStatus::failed, std::move(error_));
    } else {
        set_value(*future);
    }
}

}  // namespace detail

namespace {

/// Joins an executor on a thread of its own, so that the loop goes on.
Coro<void> join_executor(std::shared_ptr<Executor> executor) {
    ThreadPoolExecutor joiner(1);
    auto joined = get_running_loop().run_in_executor(&joiner, [&executor] { executor->shutdown(true); });
    co_await joined;
}

}  // namespace

Coro<void> Loop::shutdown_default_executor() {
    core_->executor_shut_down = true;
    if (core_->default_executor) co_await join_executor(std::move(core_->default_executor));
}

}  // namespace aio
