// 017_seed_s6_await_does_not_always_yield.cpp - only what suspends lets others run
#include "python_text.h"

namespace {

aio::Coro<std::string> leaf() { co_return "leaf"; }

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    loop.call_soon([] { std::printf("callback ran\n"); });
    const std::string direct = co_await leaf();
    std::printf("%s\n", direct.c_str());
    auto future = loop.create_future<std::string>();
    future.set_result("done future");
    const std::string ready = co_await future;
    std::printf("%s\n", ready.c_str());
    auto task = aio::create_task(leaf());
    std::vector tasks{task};
    static_cast<void>(co_await aio::wait(tasks));
    loop.call_soon([] { std::printf("callback 2 ran\n"); });
    const std::string again = co_await task;
    std::printf("await done task: %s\n", again.c_str());
    std::printf("before sleep(0)\n");
    co_await aio::sleep(aio::Seconds(0));
    std::printf("after sleep(0)\n");
}

}  // namespace

void scenario_017() { aio::run(main_coro()); }
