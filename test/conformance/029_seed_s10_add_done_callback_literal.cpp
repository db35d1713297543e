// 029_seed_s10_add_done_callback_literal.cpp - a done callback comes one iteration later
#include "python_text.h"

namespace {

aio::Coro<int> some_coro() {
    std::printf("some_coro body\n");
    aio::get_running_loop().call_soon([] { std::printf("handle queued by the body before it finished\n"); });
    co_return 5;
}

void on_done(aio::Task<int>& task) { std::printf("task finished, result: %d\n", task.result()); }

aio::Coro<> main_coro() {
    auto task = aio::create_task(some_coro());
    task.add_done_callback(on_done);
    co_await aio::yield();
    std::printf("after 1 iteration: done = %s\n", conformance::text(task.done()));
    co_await aio::yield();
    std::printf("after 2 iterations\n");
    task.add_done_callback([] { std::printf("late registration also deferred\n"); });
    std::printf("late registered\n");
    co_await aio::yield();
}

}  // namespace

void scenario_029() { aio::run(main_coro()); }
