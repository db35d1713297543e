// 066_wait_for_swallowing_inner.cpp - what a late coroutine ends with wins
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<std::string> swallow() {
    try {
        co_await aio::sleep(5s);
    } catch (const aio::CancelledError&) {
    }
    co_return "late value";
}

aio::Coro<> err() {
    try {
        co_await aio::sleep(5s);
    } catch (const aio::CancelledError&) {
        throw aio::ValueError("cleanup failed");
    }
}

aio::Coro<> main_coro() {
    const std::string value = co_await aio::wait_for(swallow(), 20ms);
    std::printf("%s\n", value.c_str());
    try {
        co_await aio::wait_for(err(), 20ms);
    } catch (const aio::ValueError& error) {
        std::printf("ValueError %s\n", error.what());
    }
}

}  // namespace

void scenario_066() { aio::run(main_coro()); }
