// 078_taskgroup_child_cancel_is_not_error.cpp - cancelling one child does not abort the group
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<std::string> sleeper(std::string name, aio::Seconds delay) {
    co_await aio::sleep(delay);
    std::printf("%s done\n", name.c_str());
    co_return name;
}

aio::Coro<> main_coro() {
    aio::Task<std::string> a;
    aio::Task<std::string> b;
    co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
        a = group.create_task(sleeper("a", 5s));
        b = group.create_task(sleeper("b", 50ms));
        co_await aio::yield();
        a.cancel();
    });
    std::printf("%s %s %d\n", conformance::text(a.cancelled()), b.result().c_str(), aio::current_task().cancelling());
}

}  // namespace

void scenario_078() { aio::run(main_coro()); }
