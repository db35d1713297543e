// 031_seed_s10_future_set_result_wakes_waiter.cpp - set_result never resumes inline
#include "python_text.h"

namespace {

aio::Coro<> waiter(aio::Future<std::string> future) {
    std::printf("waiting\n");
    const std::string got = co_await future;
    std::printf("got %s\n", got.c_str());
}

aio::Coro<> main_coro() {
    auto future = aio::get_running_loop().create_future<std::string>();
    auto task = aio::create_task(waiter(future));
    co_await aio::yield();
    std::printf("set_result\n");
    future.set_result("data");
    std::printf("set_result returned, waiter not resumed inline\n");
    co_await aio::yield();
    std::printf("main after one iteration, waiter task done: %s\n", conformance::text(task.done()));
    co_await task;
}

}  // namespace

void scenario_031() { aio::run(main_coro()); }
