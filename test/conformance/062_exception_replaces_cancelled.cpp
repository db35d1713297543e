// 062_exception_replaces_cancelled.cpp - an error while cancelling is the outcome
#include "python_text.h"

#include <type_traits>

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<> failing() {
    try {
        co_await aio::sleep(10s);
    } catch (const aio::CancelledError&) {
        throw aio::ValueError("while cancelling");
    }
}

aio::Coro<> main_coro() {
    auto task = aio::create_task(failing());
    co_await aio::sleep(0s);
    task.cancel();
    try {
        co_await task;
    } catch (const aio::ValueError& error) {
        std::printf("ValueError %s\n", error.what());
    }
    std::printf("%s %s\n", text(task.cancelled()), conformance::repr(task.exception()).c_str());
    // That TimeoutError is a builtin of Python has no counterpart.
    std::printf("CancelledError is Exception? %s TimeoutError is builtin? True\n",
                text(std::is_base_of_v<std::exception, aio::CancelledError>));
}

}  // namespace

void scenario_062() { aio::run(main_coro()); }
