// 035_seed_s11_wait_all_completed_never_raises.cpp - errors stay in their tasks
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<int> ok() { co_return 1; }
aio::Coro<int> bad() {
    throw aio::ValueError("b");
    co_return 0;
}
aio::Coro<int> slow() {
    co_await aio::sleep(5s);
    co_return 0;
}

std::string show(const aio::Task<int>& task) {
    if (task.cancelled()) return "'cancelled'";
    const auto error = task.exception();
    return error ? "\"" + conformance::repr(error) + "\"" : "'None'";
}

aio::Coro<> main_coro() {
    std::vector<aio::Task<int>> tasks;
    tasks.push_back(aio::create_task(ok()));
    tasks.push_back(aio::create_task(bad()));
    tasks.push_back(aio::create_task(slow()));
    aio::get_running_loop().call_later(50ms, [last = tasks[2]] { last.cancel(); });
    const auto [done, pending] = co_await aio::wait(tasks);
    std::printf("%zu %zu [%s, %s, %s]\n", done.size(), pending.size(), show(tasks[0]).c_str(), show(tasks[1]).c_str(),
                show(tasks[2]).c_str());
}

}  // namespace

void scenario_035() { aio::run(main_coro()); }
