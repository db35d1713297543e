// 036_seed_s11_wait_timeout.cpp - a timeout of wait() cancels nothing
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<std::string> slow(std::string name, aio::Seconds delay) {
    co_await aio::sleep(delay);
    co_return name;
}

aio::Coro<> main_coro() {
    std::vector<aio::Task<std::string>> tasks;
    tasks.push_back(aio::create_task(slow("a", 20ms)));
    tasks.push_back(aio::create_task(slow("b", 200ms)));
    auto found = co_await aio::wait(tasks, {.timeout = 0s});
    std::printf("timeout=0: %zu %zu\n", found.done.size(), found.pending.size());
    found = co_await aio::wait(tasks, {.timeout = 100ms});
    std::vector<std::string> results;
    for (const auto& task : found.done) results.push_back(task.result());
    std::printf("timeout=0.1: %s %zu\n", conformance::text(results).c_str(), found.pending.size());
    found = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED, .timeout = 10ms});
    std::printf("already-done counts: %zu %zu\n", found.done.size(), found.pending.size());
    const auto only = found.pending;
    found = co_await aio::wait(only, {.return_when = aio::FIRST_COMPLETED, .timeout = 10ms});
    std::printf("FIRST_COMPLETED with timeout may be empty: %zu %zu\n", found.done.size(), found.pending.size());
    const std::string last = co_await tasks[1];
    std::printf("pending survived: %s\n", last.c_str());
}

}  // namespace

void scenario_036() { aio::run(main_coro()); }
