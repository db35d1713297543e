// bounded_worker_pool.cpp - many jobs, few at a time
//
// Two ways to bound concurrency. With a semaphore every job is a task, and waits
// for its turn: short, and right when the jobs are known and not too many. With
// a bounded queue a few workers take what a producer puts in: the producer waits
// while the queue is full, so that the jobs may be endless.

#include <aio/aio.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;

constexpr int limit = 3;
constexpr int job_count = 20;

/// Counts how many jobs are under way.
class Meter {
public:
    Meter() { peak = std::max(peak, ++current); }
    Meter(const Meter&) = delete;
    Meter& operator=(const Meter&) = delete;
    ~Meter() { --current; }

    static inline int current = 0;
    static inline int peak = 0;
};

/// Stands for a request to a server.
aio::Coro<std::string> fetch(int number) {
    const Meter meter;
    co_await aio::sleep(1ms);
    co_return "page " + std::to_string(number);
}

/// Fetches when the semaphore lets it.
aio::Coro<std::string> fetch_in_turn(aio::Semaphore& turns, int number) {
    const auto turn = co_await turns.scoped();
    co_return co_await fetch(number);
}

/// The results come in the order of the jobs.
aio::Coro<std::vector<std::string>> with_semaphore() {
    aio::Semaphore turns(limit);
    std::vector<aio::Coro<std::string>> jobs;
    for (int i = 0; i < job_count; ++i) jobs.push_back(fetch_in_turn(turns, i));
    co_return co_await aio::gather(std::move(jobs));
}

/// Does one job after the other; ends by cancellation.
aio::Coro<> work(aio::Queue<int>& jobs, std::vector<std::string>& pages) {
    while (true) {
        const int number = co_await jobs.get();
        pages.push_back(co_await fetch(number));
        jobs.task_done();
    }
}

/// The results come in the order in which the jobs end. An error of a job ends
/// the group, the producer included.
aio::Coro<std::vector<std::string>> with_queue() {
    aio::Queue<int> jobs(2 * limit);
    std::vector<std::string> pages;
    const auto body = [&](aio::TaskGroup& group) -> aio::Coro<> {
        std::vector<aio::Task<>> workers;
        for (int i = 0; i < limit; ++i) workers.push_back(group.create_task(work(jobs, pages)));
        for (int i = 0; i < job_count; ++i) co_await jobs.put(i);
        co_await jobs.join();
        for (const auto& worker : workers) worker.cancel();
    };
    co_await aio::with_task_group(body);
    co_return pages;
}

bool check(const char* name, std::vector<std::string> pages) {
    std::sort(pages.begin(), pages.end());
    const bool all = std::unique(pages.begin(), pages.end()) == pages.end() && pages.size() == job_count;
    std::printf("%s: %zu pages, at most %d at a time\n", name, pages.size(), Meter::peak);
    return all && Meter::peak == limit && Meter::current == 0;
}

}  // namespace

int main() {
    const bool semaphore = check("semaphore", aio::run(with_semaphore()));
    Meter::peak = 0;
    const bool queue = check("queue", aio::run(with_queue()));
    return semaphore && queue ? 0 : 1;
}
