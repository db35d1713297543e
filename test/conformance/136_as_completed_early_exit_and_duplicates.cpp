// 136_as_completed_early_exit_and_duplicates.cpp - leaving as_completed early cancels nothing
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<std::string> child(std::string name, aio::Seconds delay) {
    co_await aio::sleep(delay);
    std::printf("ran %s\n", name.c_str());
    co_return name;
}

aio::Coro<> main_coro() {
    std::vector<aio::Task<std::string>> tasks;
    tasks.push_back(aio::create_task(child("a", 20ms)));
    tasks.push_back(aio::create_task(child("b", 60ms)));
    auto completions = aio::as_completed(tasks);
    if (auto next = completions.next()) {
        const std::string first = co_await *next;
        std::printf("first: %s\n", first.c_str());
    }
    std::printf("b still pending: %s\n", text(!tasks[1].done()));
    const std::string b = co_await tasks[1];
    std::printf("%s\n", b.c_str());
    const auto dup = aio::create_task(child("dup", 10ms));
    std::vector<aio::Task<std::string>> twice = {dup, dup};
    int count = 0;
    auto again = aio::as_completed(twice);
    while (auto next = again.next()) {
        co_await *next;
        ++count;
    }
    std::printf("%d\n", count);
}

}  // namespace

void scenario_136() { aio::run(main_coro()); }
