// 124_gather_done_iteration_count.cpp - how many iterations each combinator takes
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

int tick = 0;

void ticker(aio::Loop& loop) {
    if (++tick < 60) loop.call_soon([&loop] { ticker(loop); });
}

aio::Coro<> child(int n) {
    for (int i = 0; i < n; ++i) co_await aio::sleep(0s);
    std::printf("child %d finishes at tick %d\n", n, tick);
}

aio::Coro<> main_coro() {
    ticker(aio::get_running_loop());
    co_await aio::gather(child(0), child(1), child(3));
    std::printf("gather resumed at tick %d\n", tick);
    int start = tick;
    std::vector<aio::Task<>> tasks;
    tasks.push_back(aio::create_task(child(0)));
    co_await aio::wait(tasks);
    std::printf("wait took %d\n", tick - start);
    start = tick;
    co_await aio::wait_for(child(0), 5s);
    std::printf("wait_for took %d\n", tick - start);
    start = tick;
    co_await aio::shield(child(0));
    std::printf("shield took %d\n", tick - start);
}

}  // namespace

void scenario_124() { aio::run(main_coro()); }
