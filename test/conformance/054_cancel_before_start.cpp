// 054_cancel_before_start.cpp - a task cancelled before its first step never runs
#include "python_text.h"

using conformance::text;

namespace {

aio::Coro<> never() {
    std::printf("never printed\n");
    co_return;
}

aio::Coro<> main_coro() {
    auto task = aio::create_task(never());
    task.add_done_callback(
        [](aio::Task<>& ended) { std::printf("done callback, cancelled = %s\n", text(ended.cancelled())); });
    const bool accepted = task.cancel();
    std::printf("%s %s\n", text(accepted), text(task.done()));
    try {
        co_await task;
    } catch (const aio::CancelledError&) {
        std::printf("CancelledError\n");
    }
    std::printf("%s\n", text(task.cancelled()));
    co_await aio::sleep(aio::Seconds(0));
}

}  // namespace

void scenario_054() { aio::run(main_coro()); }
