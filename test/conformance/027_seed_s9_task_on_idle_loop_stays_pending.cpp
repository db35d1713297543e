// 027_seed_s9_task_on_idle_loop_stays_pending.cpp - a task waits for its loop to run
#include "python_text.h"

namespace {

aio::Coro<int> foo() {
    std::printf("foo body\n");
    co_return 123;
}

}  // namespace

void scenario_027() {
    aio::Loop loop;
    auto task = loop.create_task(foo());
    task.add_done_callback([](aio::Task<int>& done) { std::printf("callback, result %d\n", done.result()); });
    std::printf("done: %s\n", conformance::text(task.done()));
    std::printf("%d\n", loop.run_until_complete(task));
    loop.close();
}
