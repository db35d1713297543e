// 052_task_completion_wakeup_takes_one_iteration.cpp - a waiter resumes one iteration later
#include "python_text.h"

namespace {

int tick = 0;

void ticker(aio::Loop& loop) {
    if (++tick < 8) loop.call_soon([&loop] { ticker(loop); });
}

aio::Coro<> child() {
    std::printf("child start tick %d\n", tick);
    co_await aio::sleep(aio::Seconds(0));
    std::printf("child end tick %d\n", tick);
}

aio::Coro<> mid() {
    std::printf("mid start tick %d\n", tick);
    co_await aio::create_task(child());
    std::printf("mid end tick %d\n", tick);
}

aio::Coro<> main_coro() {
    ticker(aio::get_running_loop());
    std::printf("main start tick %d\n", tick);
    co_await aio::create_task(mid());
    std::printf("main end tick %d\n", tick);
}

}  // namespace

void scenario_052() { aio::run(main_coro()); }
