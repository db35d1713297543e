// 016_seed_s5_get_running_loop_outside.cpp - the running loop inside and outside callbacks
#include "python_text.h"

namespace {

aio::Coro<> never() { co_return; }

}  // namespace

void scenario_016() {
    try {
        static_cast<void>(aio::get_running_loop());
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
    aio::Loop loop;
    loop.call_soon([&] {
        std::printf("in callback same loop: %s\n", conformance::text(&aio::get_running_loop() == &loop));
        const auto task = aio::current_task();
        std::printf("current task: %s\n", task ? task.name().c_str() : "None");
        loop.stop();
    });
    loop.run_forever();
    loop.close();
    try {
        aio::create_task(never());
    } catch (const aio::RuntimeError& error) {
        std::printf("create_task: %s\n", error.what());
    }
}
