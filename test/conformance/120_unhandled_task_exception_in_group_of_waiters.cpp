// 120_unhandled_task_exception_in_group_of_waiters.cpp - an exit request leaves a group bare
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<> sibling() {
    try {
        co_await aio::sleep(5s);
    } catch (const aio::CancelledError&) {
        std::printf("sibling cancelled\n");
        throw;
    }
}

aio::Coro<> exiting_body(aio::TaskGroup& group) {
    group.create_task(sibling());
    co_await aio::sleep(0s);
    throw aio::SystemExit(9);
}

aio::Coro<> main_coro() { co_await aio::with_task_group(&exiting_body); }

}  // namespace

void scenario_120() {
    try {
        aio::run(main_coro());
    } catch (const aio::SystemExit& exit) {
        std::printf("SystemExit %d\n", exit.code());
    }
}
