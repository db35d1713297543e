// 130_cancel_at_sleep0_and_tight_loop.cpp - only a suspended task can be cancelled
#include "python_text.h"

using conformance::text;

namespace {

aio::Coro<> spin() {
    int n = 0;
    try {
        while (true) {
            ++n;
            co_await aio::sleep(aio::Seconds(0));
        }
    } catch (const aio::CancelledError&) {
        std::printf("spin cancelled after %d\n", n);
        throw;
    }
}

aio::Coro<int> never_awaits() {
    int sum = 0;
    for (int i = 0; i < 1000; ++i) sum += i;
    co_return sum;
}

aio::Coro<> main_coro() {
    std::vector<aio::Task<>> spinning;
    spinning.push_back(aio::create_task(spin()));
    for (int i = 0; i < 3; ++i) co_await aio::sleep(aio::Seconds(0));
    spinning[0].cancel();
    co_await aio::wait(spinning);
    std::printf("%s\n", text(spinning[0].cancelled()));
    auto task = aio::create_task(never_awaits());
    co_await aio::sleep(aio::Seconds(0));
    const bool accepted = task.cancel();
    std::printf("cancel after it ran: %s %d\n", text(accepted), task.result());
}

}  // namespace

void scenario_130() { aio::run(main_coro()); }
