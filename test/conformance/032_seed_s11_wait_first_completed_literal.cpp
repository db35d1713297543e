// 032_seed_s11_wait_first_completed_literal.cpp - the first result counts
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<std::string> fetch_data(std::string name, aio::Seconds delay) {
    co_await aio::sleep(delay);
    co_return name;
}

std::vector<bool> cancelled(const std::vector<aio::Task<std::string>>& tasks) {
    std::vector<bool> flags;
    for (const auto& task : tasks) flags.push_back(task.cancelled());
    return flags;
}

aio::Coro<> main_coro() {
    std::vector<aio::Task<std::string>> tasks;
    tasks.push_back(aio::create_task(fetch_data("a", 300ms)));
    tasks.push_back(aio::create_task(fetch_data("b", 50ms)));
    tasks.push_back(aio::create_task(fetch_data("c", 400ms)));
    const auto [done, pending] = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
    std::printf("first finished: %zu task(s), pending %zu\n", done.size(), pending.size());
    for (const auto& task : done) std::printf("result: %s\n", task.result().c_str());
    for (const auto& task : pending) task.cancel();
    std::printf("cancel() only requests: %s\n", conformance::text(cancelled(tasks)).c_str());
    static_cast<void>(co_await aio::gather_outcomes(pending));
    std::printf("after awaiting them: %s\n", conformance::text(cancelled(tasks)).c_str());
}

}  // namespace

void scenario_032() { aio::run(main_coro()); }
