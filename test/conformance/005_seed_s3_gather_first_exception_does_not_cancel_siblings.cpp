// 005_seed_s3_gather_first_exception_does_not_cancel_siblings.cpp - by default aio cancels and joins them
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<std::string> slow() {
    try {
        co_await aio::sleep(100ms);
        std::printf("slow finished anyway\n");
        co_return "slow";
    } catch (const aio::CancelledError&) {
        std::printf("slow cancelled\n");
        throw;
    }
}

aio::Coro<> bad() {
    co_await aio::sleep(20ms);
    throw aio::ValueError("boom");
}

aio::Coro<> main_coro() {
    auto task = aio::create_task(slow());
    try {
        co_await aio::gather(task, bad());
    } catch (const aio::ValueError& error) {
        std::printf("caught ValueError %s\n", error.what());
    }
    std::printf("slow done? %s cancelled? %s\n", text(task.done()), text(task.cancelled()));
    try {
        const std::string result = co_await task;
        std::printf("await slow -> %s\n", result.c_str());
    } catch (const aio::CancelledError&) {
        std::printf("await slow -> CancelledError\n");
    }
}

}  // namespace

void scenario_005() { aio::run(main_coro()); }
