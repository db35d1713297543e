// cpu_in_process_pool.cpp - computes in other processes while the loop runs
//
// A computation on the loop's thread would stop every other task. A pool of
// threads is enough for most; processes also keep crashes and leaks away.

#include <aio/aio.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>
#include <string>
#include <vector>

// Types that travel have these two functions beside them.
namespace primes {

struct Range {
    int first = 0;
    int last = 0;  // not included
};
void aio_save(aio::Saver& out, const Range& range) { out(range.first, range.last); }
void aio_load(aio::Loader& in, Range& range) { in(range.first, range.last); }

/// Runs in a worker: arguments and result are copies.
int count(const Range& range) {
    int found = 0;
    for (int number = std::max(range.first, 2); number < range.last; ++number) {
        bool prime = true;
        for (int divisor = 2; prime && divisor * divisor <= number; ++divisor) prime = number % divisor != 0;
        if (prime) ++found;
    }
    return found;
}

}  // namespace primes

namespace {

using namespace std::chrono_literals;

void refuse(const std::string& reason) { throw aio::ValueError(reason); }

/// Anything else that the loop has to do meanwhile.
aio::Coro<> tick(int& ticks) {
    while (true) {
        ++ticks;
        co_await aio::sleep(1ms);
    }
}

aio::Coro<bool> compute(aio::ProcessPoolExecutor& pool, const int& ticks) {
    aio::Loop& loop = aio::get_running_loop();
    constexpr int step = 25'000;
    std::vector<aio::Future<int>> parts;
    for (int first = 0; first < 200'000; first += step)
        parts.push_back(loop.run_in_executor(&pool, primes::count, primes::Range{first, first + step}));
    const std::vector<int> counts = co_await aio::gather(parts);
    const int total = std::accumulate(counts.begin(), counts.end(), 0);
    std::printf("%d primes below 200000, the loop ticked %s\n", total, ticks > 1 ? "meanwhile" : "not at all");

    std::string error;
    try {
        co_await loop.run_in_executor(&pool, refuse, "no such number");
    } catch (const aio::ValueError& refused) {
        error = refused.what();
    }
    std::printf("an error came back: %s\n", error.c_str());
    co_return total == 17984 && ticks > 1 && error == "no such number";
}

aio::Coro<bool> amain(aio::ProcessPoolExecutor& pool) {
    int ticks = 0;
    bool good = false;
    // The ticker uses a variable of this coroutine: the group ends it first.
    co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
        group.create_task(tick(ticks));
        good = co_await compute(pool, ticks);
        group.cancel();
    });
    co_return good;
}

}  // namespace

int main() {
    // First of all: while there are no threads the workers are forks.
    aio::ProcessPoolExecutor pool(2);
    return aio::run(amain(pool)) ? 0 : 1;
}
