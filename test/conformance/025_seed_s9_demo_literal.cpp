// 025_seed_s9_demo_literal.cpp - what calling, creating and awaiting do
#include "python_text.h"

#include <concepts>

namespace {

aio::Coro<std::string> foo() {
    std::printf("foo begin\n");
    co_await aio::yield();
    std::printf("foo end\n");
    co_return "result";
}

aio::Coro<> main_coro() {
    auto coro = foo();
    std::printf("foo() returned: %s\n", std::same_as<decltype(coro), aio::Coro<std::string>> ? "coroutine" : "?");
    auto task = aio::create_task(foo());
    std::printf("create_task(foo()) returned: Task %s name='%s'\n", task.done() ? "done" : "pending",
                task.name().c_str());
    const std::string result = co_await task;
    std::printf("task result: %s\n", result.c_str());
    std::printf("main is %s\n", aio::current_task().name().c_str());
    coro.close();
}

}  // namespace

void scenario_025() { aio::run(main_coro()); }
