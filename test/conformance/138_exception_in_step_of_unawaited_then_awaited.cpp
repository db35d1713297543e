// 138_exception_in_step_of_unawaited_then_awaited.cpp - an early error waits for its reader
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<> bad() {
    throw aio::ValueError("early");
    co_return;
}

aio::Coro<> main_coro() {
    auto task = aio::create_task(bad());
    co_await aio::sleep(10ms);
    std::printf("done %s\n", text(task.done()));
    aio::get_running_loop().call_soon([] { std::printf("callback after\n"); });
    try {
        co_await task;
    } catch (const aio::ValueError& error) {
        std::printf("ValueError %s\n", error.what());
    }
    co_await aio::sleep(0s);
}

}  // namespace

void scenario_138() { aio::run(main_coro()); }
