// 034_seed_s11_first_exception_ignores_cancelled.cpp - a cancelled task is no error
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<double> slow(aio::Seconds delay) {
    co_await aio::sleep(delay);
    co_return delay.count();
}

aio::Coro<> main_coro() {
    auto a = aio::create_task(slow(5s));
    auto b = aio::create_task(slow(80ms));
    aio::get_running_loop().call_later(20ms, [a] { a.cancel(); });
    std::vector tasks{a, b};
    const auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_EXCEPTION});
    std::printf("%zu %zu %s %g\n", done.size(), pending.size(), conformance::text(a.cancelled()), b.result());
}

}  // namespace

void scenario_034() { aio::run(main_coro()); }
