// 046_system_exit_passes_through.cpp - exit requests leave the loop at once
#include "python_text.h"

namespace {

aio::Coro<> interrupt() {
    throw aio::KeyboardInterrupt();
    co_return;
}

aio::Coro<> nap() { co_await aio::sleep(aio::Seconds(10)); }

aio::Coro<> main_coro() {
    aio::create_task(nap());
    throw aio::SystemExit(4);
    co_return;
}

}  // namespace

void scenario_046() {
    aio::Loop loop;
    loop.call_soon([] { throw aio::SystemExit(3); });
    loop.call_soon([] { std::printf("still queued, runs in the next run\n"); });
    try {
        loop.run_forever();
    } catch (const aio::SystemExit& exit) {
        std::printf("SystemExit %d\n", exit.code());
    }
    loop.call_soon([&loop] { loop.stop(); });
    loop.run_forever();
    try {
        loop.run_until_complete(interrupt());
    } catch (const aio::KeyboardInterrupt&) {
        std::printf("KeyboardInterrupt\n");
    }
    loop.close();
    try {
        aio::run(main_coro());
    } catch (const aio::SystemExit& exit) {
        std::printf("from run: %d\n", exit.code());
    }
}
