// 122_await_future_exception_and_cancelled_future.cpp - futures that fail or are cancelled
#include "python_text.h"

using conformance::text;

namespace {

aio::Coro<> await_it(aio::Future<> future) { co_await future; }

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    auto failing = loop.create_future();
    loop.call_soon([failing] { failing.set_exception(aio::ValueError("late")); });
    try {
        co_await failing;
    } catch (const aio::ValueError& error) {
        std::printf("ValueError %s\n", error.what());
    }
    auto cancelled = loop.create_future();
    loop.call_soon([cancelled] { cancelled.cancel(); });
    try {
        co_await cancelled;
    } catch (const aio::CancelledError&) {
        std::printf("CancelledError; my cancelling() %d\n", aio::current_task().cancelling());
    }
    auto awaited = loop.create_future();
    std::vector<aio::Task<>> waiters;
    waiters.push_back(aio::create_task(await_it(awaited)));
    co_await aio::sleep(aio::Seconds(0));
    awaited.cancel();
    co_await aio::wait(waiters);
    std::printf("task awaiting cancelled future is cancelled: %s\n", text(waiters[0].cancelled()));
}

}  // namespace

void scenario_122() { aio::run(main_coro()); }
