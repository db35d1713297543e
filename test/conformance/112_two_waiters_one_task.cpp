// 112_two_waiters_one_task.cpp - all that await a task get its outcome
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<std::string> job() {
    co_await aio::sleep(20ms);
    co_return "R";
}

aio::Coro<std::string> fail() {
    co_await aio::sleep(20ms);
    throw aio::ValueError("E");
}

aio::Coro<> waiter(const char* name, aio::Task<std::string> task) {
    try {
        const std::string result = co_await task;
        std::printf("%s %s\n", name, result.c_str());
    } catch (...) {
        std::printf("%s %s\n", name, conformance::repr(std::current_exception()).c_str());
    }
}

aio::Coro<> main_coro() {
    auto task = aio::create_task(job());
    co_await aio::gather(waiter("A", task), waiter("B", task), waiter("C", task));
    task = aio::create_task(fail());
    co_await aio::gather(waiter("A", task), waiter("B", task));
    task = aio::create_task(job());
    std::vector<aio::Task<>> waiters;
    for (const char* name : {"A", "B"}) waiters.push_back(aio::create_task(waiter(name, task)));
    co_await aio::sleep(0s);
    co_await aio::sleep(0s);
    waiters[0].cancel();
    co_await aio::wait(waiters);
    std::printf("%s\n", text(task.cancelled()));
}

}  // namespace

void scenario_112() { aio::run(main_coro()); }
