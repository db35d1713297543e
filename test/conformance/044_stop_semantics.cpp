// 044_stop_semantics.cpp - stop() lets the iteration end
#include "python_text.h"

namespace {

aio::Coro<std::string> stop_and_go_on(aio::Loop& loop) {
    loop.stop();
    co_await aio::sleep(aio::Seconds(0));
    std::printf("continues next run\n");
    co_return "fin";
}

}  // namespace

void scenario_044() {
    aio::Loop loop;
    loop.call_soon([&loop] {
        std::printf("a\n");
        loop.stop();
        loop.call_soon([] { std::printf("added after stop: runs only in the next run\n"); });
    });
    loop.call_soon([] { std::printf("b same iteration\n"); });
    loop.run_forever();
    std::printf("-- returned\n");
    loop.stop();
    loop.run_forever();
    std::printf("-- returned again (stop before run = single iteration)\n");
    auto task = loop.create_task(stop_and_go_on(loop));
    try {
        loop.run_until_complete(task);
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
    std::printf("%s\n", loop.run_until_complete(task).c_str());
    loop.close();
}
