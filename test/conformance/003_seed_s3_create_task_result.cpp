// 003_seed_s3_create_task_result.cpp - create_task does not start the body
#include "python_text.h"

#include <concepts>

using namespace std::chrono_literals;
using conformance::text;

namespace {

std::vector<std::string> log;

aio::Coro<int> foo() {
    log.push_back("foo started");
    co_await aio::sleep(10ms);
    co_return 42;
}

aio::Coro<> main_coro() {
    auto task = aio::create_task(foo());
    std::printf("is Task: %s is Future: %s\n", text(std::same_as<decltype(task), aio::Task<int>>),
                text(std::derived_from<decltype(task), aio::Future<int>>));
    std::printf("started on create? %s done? %s\n", text(log).c_str(), text(task.done()));
    const int result = co_await task;
    std::printf("task result: %d %s %s %s %d\n", result, text(log).c_str(), text(task.done()), text(task.cancelled()),
                task.result());
}

}  // namespace

void scenario_003() { aio::run(main_coro()); }
