// 056_cancel_swallowed.cpp - a task may swallow a cancellation and go on
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<std::string> stubborn() {
    try {
        co_await aio::sleep(10s);
    } catch (const aio::CancelledError&) {
        std::printf("swallowed\n");
    }
    std::printf("cancelling() inside: %d\n", aio::current_task().cancelling());
    try {
        co_await aio::sleep(10s);
    } catch (const aio::CancelledError&) {
        std::printf("second one swallowed too\n");
    }
    co_return "survived";
}

aio::Coro<> main_coro() {
    auto task = aio::create_task(stubborn());
    co_await aio::sleep(0s);
    task.cancel();
    co_await aio::sleep(0s);
    std::printf("done? %s\n", text(task.done()));
    co_await aio::sleep(0s);
    task.cancel();
    const std::string result = co_await task;
    std::printf("%s %s %d\n", result.c_str(), text(task.cancelled()), task.cancelling());
}

}  // namespace

void scenario_056() { aio::run(main_coro()); }
