// executor.cpp - runs blocking functions on other threads
#include "aio/executor.h"

#include "aio/exception_context.h"
#include "aio/wait_for.h"

#include <pthread.h>
#include <algorithm>
#include <system_error>

namespace aio {

namespace {

/// The pool that this thread belongs to, or null.
thread_local const ThreadPoolExecutor* working_for = nullptr;

}  // namespace

Executor::~Executor() = default;

ThreadPoolExecutor::ThreadPoolExecutor(std::size_t threads, std::string name)
    : limit_(threads ? threads : std::min<std::size_t>(32, std::thread::hardware_concurrency() + 4)),
      name_(std::move(name)),
      crew_(std::make_unique<Crew>()) {}

ThreadPoolExecutor::~ThreadPoolExecutor() {
    // Threads that are not here cannot be joined: the memory they share stays.
    if (fork_mark_.forked())
        static_cast<void>(crew_.release());
    else
        shutdown(true, true);
}

void ThreadPoolExecutor::submit(Job job) {
    fork_mark_.check("executor");
    const std::lock_guard lock(crew_->mutex);
    if (crew_->stopped) throw ExecutorShutdown("cannot schedule new futures after shutdown");
    crew_->jobs.push_back(std::move(job));
    if (crew_->idle < crew_->jobs.size() && crew_->threads.size() < limit_)
        add_thread();
    else
        crew_->wake.notify_one();
}

void ThreadPoolExecutor::add_thread() {
    try {
        crew_->threads.emplace_back([this, number = crew_->threads.size()] { work(number); });
    } catch (const std::system_error&) {
        // The threads that exist get to the job in time.
        if (!crew_->threads.empty()) return;
        crew_->jobs.pop_back();
        throw;
    }
}

void ThreadPoolExecutor::shutdown(bool wait, bool cancel_pending) {
    if (fork_mark_.forked()) return;
    std::deque<Job> dropped;
    {
        const std::lock_guard lock(crew_->mutex);
        crew_->stopped = true;
        if (cancel_pending) dropped.swap(crew_->jobs);
    }
    crew_->wake.notify_all();
    dropped.clear();
    if (wait) join();
}

void ThreadPoolExecutor::join() {
    if (working_for == this) throw RuntimeError("cannot join current thread");
    // A second caller waits as long as the first one. No thread is added any more.
    const std::lock_guard lock(crew_->join_mutex);
    for (std::thread& thread : crew_->threads)
        if (thread.joinable()) thread.join();
}

void ThreadPoolExecutor::work(std::size_t number) {
    working_for = this;
    // Linux takes 15 characters.
    pthread_setname_np(pthread_self(), (name_ + "_" + std::to_string(number)).substr(0, 15).c_str());
    std::unique_lock lock(crew_->mutex);
    while (true) {
        ++crew_->idle;
        crew_->wake.wait(lock, [this] { return crew_->stopped || !crew_->jobs.empty(); });
        --crew_->idle;
        if (crew_->jobs.empty()) return;
        Job job = std::move(crew_->jobs.front());
        crew_->jobs.pop_front();
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

Coro<void> Loop::shutdown_default_executor(Seconds timeout) {
    core_->executor_shut_down = true;
    std::shared_ptr<Executor> executor = std::move(core_->default_executor);
    if (!executor) co_return;
    // Joined on a thread of its own, so that the loop goes on.
    // NOLINTNEXTLINE(coro-blocking-destructor): its one job has been awaited
    auto joiner = std::make_unique<ThreadPoolExecutor>(1, "aio-join");
    auto joined = run_in_executor(joiner.get(), [executor] { executor->shutdown(true); });
    bool late = false;
    try {
        if (timeout == forever)
            co_await joined;
        else
            co_await wait_for(joined, timeout);
    } catch (const TimeoutError&) {
        late = true;
    }
    if (!late) co_return;
    executor->shutdown(false);
    // The last job may take for ever: nobody waits for it but this thread. The
    // joiner may not have begun, and then the last reference is the one here.
    std::thread([joiner = std::move(joiner), executor = std::move(executor)] { executor->shutdown(true); }).detach();
    call_exception_handler({.message = "The executor did not finish joining its threads within " +
                                       std::to_string(timeout.count()) + " seconds."});
}

}  // namespace aio
