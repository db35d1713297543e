// 024_seed_s8_process_pool.cpp - jobs in another process leave the loop responsive
#include "python_text.h"

#include <unistd.h>
#include <numeric>

using namespace std::chrono_literals;
using conformance::text;

namespace {

namespace names_that_aio_lacks {
constexpr bool run_in_executor = false;
}

std::pair<int, int> work(int n) {
    std::vector<int> numbers(static_cast<std::size_t>(n));
    std::iota(numbers.begin(), numbers.end(), 0);
    return {::getpid(), std::accumulate(numbers.begin(), numbers.end(), 0)};
}

void bad() { throw aio::ValueError("in child"); }

aio::Coro<> ticker(int& ticks) {
    while (true) {
        ++ticks;
        co_await aio::sleep(5ms);
    }
}

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    int ticks = 0;
    auto t = aio::create_task(ticker(ticks));
    {
        aio::ProcessPoolExecutor pool(1);
        const auto [pid, sum] = co_await loop.run_in_executor(&pool, work, 1000);
        std::printf("other process: %s sum: %d\n", text(pid != ::getpid()), sum);
        try {
            co_await loop.run_in_executor(&pool, bad);
        } catch (const aio::ValueError& error) {
            std::printf("ValueError %s\n", error.what());
        }
    }
    std::printf("loop kept ticking: %s\n", text(ticks > 0));
    t.cancel();
    // If aio had a function of this name, it would be ambiguous here.
    using namespace aio;
    using namespace names_that_aio_lacks;
    std::printf("has asyncio.run_in_executor: %s\n", text(run_in_executor));
}

}  // namespace

void scenario_024() { aio::run(main_coro()); }
