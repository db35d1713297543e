// process_pool.cpp - runs functions in other processes
#include "aio/process_pool.h"

#include "aio/detail/process_queue.h"

#include <algorithm>

namespace aio {

ProcessPoolExecutor::ProcessPoolExecutor(std::size_t workers)
    : queue_(std::make_unique<detail::ProcessQueue>(workers ? workers
                                                            : std::max(1U, std::thread::hardware_concurrency()))) {}

ProcessPoolExecutor::~ProcessPoolExecutor() {
    // A thread that is not here cannot be joined: its memory stays.
    if (queue_->forked()) queue_.release()->forget();
}

void ProcessPoolExecutor::shutdown(bool wait, bool cancel_pending) { queue_->shutdown(wait, cancel_pending); }

std::vector<pid_t> ProcessPoolExecutor::pids() const { return queue_->pids(); }

void ProcessPoolExecutor::submit(std::unique_ptr<detail::ProcessJob> job) { queue_->submit(std::move(job)); }

}  // namespace aio
