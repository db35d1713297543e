// 114_wait_cancelled.cpp - cancelling a wait leaves the tasks alone
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

using Tasks = std::vector<aio::Task<std::string>>;

aio::Coro<std::string> sleeper() {
    co_await aio::sleep(50ms);
    co_return "alive";
}

aio::Coro<> wait_for_all(const Tasks& tasks) { co_await aio::wait(tasks); }

aio::Coro<> main_coro() {
    Tasks tasks;
    for (int i = 0; i < 2; ++i) tasks.push_back(aio::create_task(sleeper()));
    auto waiter = aio::create_task(wait_for_all(tasks));
    co_await aio::sleep(0s);
    co_await aio::sleep(0s);
    waiter.cancel();
    try {
        co_await waiter;
    } catch (const aio::CancelledError&) {
        std::vector<bool> done;
        for (const auto& task : tasks) done.push_back(task.done());
        std::printf("waiter cancelled %s\n", text(done).c_str());
    }
    std::vector<std::string> results;
    for (const auto& task : tasks) results.push_back(co_await task);
    std::printf("%s\n", text(results).c_str());
}

}  // namespace

void scenario_114() { aio::run(main_coro()); }
