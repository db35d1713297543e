// 026_seed_s9_gather_is_future_and_runs_without_await.cpp - a gather runs whether awaited or not
#include "python_text.h"

#include <concepts>
#include <tuple>

using conformance::text;

namespace {

aio::Coro<int> c(int n) {
    std::printf("child %d\n", n);
    co_return n;
}

aio::Coro<> main_coro() {
    std::vector<aio::Coro<int>> coros;
    coros.push_back(c(1));
    coros.push_back(c(2));
    auto g = aio::gather(std::move(coros));
    std::printf("is future: %s is coroutine: %s\n", text(std::derived_from<decltype(g), aio::FutureBase>),
                text(std::same_as<decltype(g), aio::Coro<std::vector<int>>>));
    co_await aio::sleep(aio::Seconds(0));
    std::printf("g done after one iteration: %s\n", text(g.done()));
    co_await aio::sleep(aio::Seconds(0));
    std::printf("g done after two iterations: %s\n", text(g.done()));
    std::printf("%s\n", text(g.result()).c_str());
    const std::vector<int> none = co_await aio::gather(std::vector<aio::Task<int>>());
    std::printf("empty: %s\n", text(none).c_str());
}

}  // namespace

void scenario_026() { aio::run(main_coro()); }
