// 002_seed_s2_gather_greeting_twice.cpp - two coroutines take turns
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<> greeting() {
    std::printf("hello...");
    co_await aio::sleep(50ms);
    std::printf("world!\n");
}

aio::Coro<> main_coro() { co_await aio::gather(greeting(), greeting()); }

}  // namespace

void scenario_002() { aio::run(main_coro()); }
