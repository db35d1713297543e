// 004_seed_s3_gather_three_results_in_order.cpp - results come in the order of the arguments
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<int> c(int n, aio::Seconds delay) {
    co_await aio::sleep(delay);
    std::printf("finished %d\n", n);
    co_return n;
}

aio::Coro<> main_coro() {
    std::vector<aio::Coro<int>> coros;
    coros.push_back(c(1, 150ms));
    coros.push_back(c(2, 100ms));
    coros.push_back(c(3, 50ms));
    const std::vector<int> results = co_await aio::gather(std::move(coros));
    std::printf("list %s\n", conformance::text(results).c_str());
}

}  // namespace

void scenario_004() { aio::run(main_coro()); }
