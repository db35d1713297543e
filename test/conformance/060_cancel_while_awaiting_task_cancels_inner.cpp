// 060_cancel_while_awaiting_task_cancels_inner.cpp - cancellation passes into what is awaited
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<> inner() {
    try {
        co_await aio::sleep(10s);
    } catch (const aio::CancelledError&) {
        std::printf("inner cancelled\n");
        throw;
    }
}

aio::Coro<> outer(aio::Future<> awaited) {
    try {
        co_await awaited;
    } catch (const aio::CancelledError&) {
        std::printf("outer cancelled\n");
        throw;
    }
}

aio::Coro<> main_coro() {
    std::vector<aio::Task<>> both;
    both.push_back(aio::create_task(inner()));
    both.push_back(aio::create_task(outer(both[0])));
    co_await aio::sleep(0s);
    co_await aio::sleep(0s);
    both[1].cancel();
    co_await aio::wait(both);
    std::printf("%s %s\n", text(both[0].cancelled()), text(both[1].cancelled()));
    auto future = aio::get_running_loop().create_future();
    std::vector<aio::Task<>> second;
    second.push_back(aio::create_task(outer(future)));
    co_await aio::sleep(0s);
    second[0].cancel();
    std::printf("future cancelled immediately: %s\n", text(future.cancelled()));
    co_await aio::wait(second);
    auto innermost = aio::create_task(inner());
    std::vector<aio::Task<>> third;
    third.push_back(aio::create_task(outer(innermost)));
    co_await aio::sleep(0s);
    co_await aio::sleep(0s);
    innermost.cancel();
    co_await aio::wait(third);
    std::printf("inner cancelled -> awaiting outer is cancelled too: %s cancelling() %d\n", text(third[0].cancelled()),
                third[0].cancelling());
}

}  // namespace

void scenario_060() { aio::run(main_coro()); }
