// 001_seed_s2_coroutine_object_not_started.cpp - a coroutine is inert until it is run
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<> greeting() {
    std::printf("hello...");
    co_await aio::sleep(10ms);
    std::printf("world!\n");
}

}  // namespace

void scenario_001() {
    auto coro = greeting();
    std::printf("type: coroutine %s\n", std::string(coro.name()).c_str());
    std::printf("nothing printed yet\n");
    aio::run(std::move(coro));
    try {
        aio::run(std::move(coro));
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
}
