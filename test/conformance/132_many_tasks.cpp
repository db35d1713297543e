// 132_many_tasks.cpp - many tasks, a long chain of tasks, many callbacks
#include "python_text.h"

#include <numeric>

using conformance::text;

namespace {

aio::Coro<int> one(int i) {
    co_await aio::sleep(aio::Seconds(0));
    co_return i;
}

aio::Coro<int> link(aio::Task<int> previous) {
    if (!previous.valid()) co_return 1;
    co_return 1 + co_await previous;
}

aio::Coro<> main_coro() {
    std::vector<aio::Coro<int>> coros;
    for (int i = 0; i < 20000; ++i) coros.push_back(one(i));
    const std::vector<int> results = co_await aio::gather(std::move(coros));
    std::printf("%d\n", std::accumulate(results.begin(), results.end(), 0));
    aio::Task<int> last;
    for (int i = 0; i < 2000; ++i) last = aio::create_task(link(last));
    std::printf("%d\n", co_await last);
    std::vector<int> out;
    for (int i = 0; i < 20000; ++i) aio::get_running_loop().call_soon([&out, i] { out.push_back(i); });
    co_await aio::sleep(aio::Seconds(0));
    std::vector<int> expected(20000);
    std::iota(expected.begin(), expected.end(), 0);
    std::printf("%s\n", text(out == expected));
}

}  // namespace

void scenario_132() { aio::run(main_coro()); }
