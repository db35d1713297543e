// 038_seed_s11_bounded_pool_with_wait.cpp - at most two jobs run at a time
#include "python_text.h"

#include <algorithm>
#include <deque>

using namespace std::chrono_literals;

namespace {

aio::Coro<int> job(int i) {
    co_await aio::sleep(i % 2 ? 50ms : 80ms);
    co_return i;
}

aio::Coro<> main_coro() {
    std::deque<int> todo{0, 1, 2, 3, 4, 5};
    std::vector<aio::Task<int>> running;
    std::vector<int> results;
    std::size_t peak = 0;
    while (!todo.empty() || !running.empty()) {
        while (!todo.empty() && running.size() < 2) {
            running.push_back(aio::create_task(job(todo.front())));
            todo.pop_front();
        }
        peak = std::max(peak, running.size());
        auto found = co_await aio::wait(running, {.return_when = aio::FIRST_COMPLETED});
        for (const auto& task : found.done) results.push_back(task.result());
        running = std::move(found.pending);
    }
    std::sort(results.begin(), results.end());
    std::printf("peak %zu results %s\n", peak, conformance::text(results).c_str());
}

}  // namespace

void scenario_038() { aio::run(main_coro()); }
