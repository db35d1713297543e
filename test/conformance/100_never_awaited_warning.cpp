// 100_never_awaited_warning.cpp - a coroutine is dropped without being run
#include "python_text.h"

#include <string_view>

namespace {

aio::Coro<> foo() { co_return; }

void print_warning(std::string_view message, const std::source_location&) {
    std::printf("RuntimeWarning %s\n", std::string(message).c_str());
}

aio::Coro<> main_coro() {
    aio::set_warning_hook(print_warning);
    static_cast<void>(foo());
    foo().close();
    auto task = aio::create_task(foo());
    task.cancel();
    try {
        co_await task;
    } catch (const aio::CancelledError&) {
    }
    aio::set_warning_hook(nullptr);
}

}  // namespace

void scenario_100() { aio::run(main_coro(), {.debug = true}); }
