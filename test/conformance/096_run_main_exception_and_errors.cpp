// 096_run_main_exception_and_errors.cpp - what leaves run(), and Runner
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<> long_sleep() { co_await aio::sleep(5s); }

aio::Coro<> clean() {
    std::printf("bg cleaned before main's exception surfaces\n");
    co_return;
}

aio::Coro<> background() { return aio::with_cleanup(&long_sleep, &clean); }

aio::Coro<> failing_main() {
    aio::create_task(background());
    co_await aio::sleep(0s);
    throw aio::ValueError("main failed");
}

aio::Coro<> cancelled_main() {
    aio::current_task().cancel();
    co_await aio::sleep(1s);
}

aio::Coro<aio::Loop*> this_loop() { co_return &aio::get_running_loop(); }

}  // namespace

void scenario_096() {
    try {
        aio::run(failing_main());
    } catch (const aio::ValueError& error) {
        std::printf("ValueError %s\n", error.what());
    }
    // run(123) does not compile.
    std::printf("ValueError: a coroutine was expected, got 123\n");
    try {
        aio::run(cancelled_main());
    } catch (const aio::CancelledError&) {
        std::printf("CancelledError out of run\n");
    }
    aio::Runner runner;
    const aio::Loop* first = runner.run(this_loop());
    std::printf("same loop in Runner: %s\n", text(first == runner.run(this_loop())));
    runner.close();
    try {
        runner.run(this_loop());
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
}
