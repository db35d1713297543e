// 050_create_task_start_order.cpp - tasks start in order, between callbacks
#include "python_text.h"

namespace {

aio::Coro<> numbered(int n) {
    std::printf("start %d\n", n);
    if (n == 1) {
        aio::create_task(numbered(10));
        std::printf("created 10 from 1\n");
    }
    co_await aio::sleep(aio::Seconds(0));
    std::printf("resume %d\n", n);
}

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    aio::create_task(numbered(1));
    loop.call_soon([] { std::printf("soon A\n"); });
    aio::create_task(numbered(2));
    loop.call_soon([] { std::printf("soon B\n"); });
    std::printf("main continues\n");
    for (int i = 0; i < 4; ++i) {
        co_await aio::sleep(aio::Seconds(0));
        std::printf("main tick %d\n", i);
    }
}

}  // namespace

void scenario_050() { aio::run(main_coro()); }
