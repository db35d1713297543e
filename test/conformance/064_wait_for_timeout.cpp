// 064_wait_for_timeout.cpp - a timeout cancels and waits for what is late
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<std::string> job(aio::Seconds delay, std::string name, aio::Seconds cleanup = 0s) {
    const auto sleep = [=]() -> aio::Coro<std::string> {
        co_await aio::sleep(delay);
        co_return name;
    };
    std::exception_ptr cancelled;
    try {
        co_return co_await sleep();
    } catch (const aio::CancelledError&) {
        cancelled = std::current_exception();
    }
    if (cleanup > 0s) co_await aio::sleep(cleanup);
    std::printf("%s cancelled (cleanup done)\n", name.c_str());
    std::rethrow_exception(cancelled);
}

std::string cause_of(const aio::TimeoutError& error) {
    try {
        std::rethrow_if_nested(error);
    } catch (...) {
        return conformance::type_name(std::current_exception());
    }
    return "NoneType";
}

aio::Coro<> main_coro() {
    auto fast = job(10ms, "fast");
    std::string value = co_await aio::wait_for(std::move(fast), 1s);
    std::printf("%s\n", value.c_str());
    auto slow = job(5s, "slow", 50ms);
    try {
        co_await aio::wait_for(std::move(slow), 50ms);
    } catch (const aio::TimeoutError& error) {
        std::printf("TimeoutError '%s' %s\n", error.what(), cause_of(error).c_str());
    }
    auto none = job(10ms, "none");
    value = co_await aio::wait_for(std::move(none), std::nullopt);
    std::printf("%s\n", value.c_str());
    auto zero = job(10ms, "zero (never started)");
    try {
        co_await aio::wait_for(std::move(zero), 0s);
    } catch (const aio::TimeoutError&) {
        std::printf("TimeoutError for 0\n");
    }
    auto future = aio::get_running_loop().create_future<std::string>();
    future.set_result("already");
    const std::string first = co_await aio::wait_for(future, 0s);
    const std::string second = co_await aio::wait_for(future, -1s);
    std::printf("%s %s\n", first.c_str(), second.c_str());
    auto task = aio::create_task(job(5s, "t"));
    try {
        co_await aio::wait_for(task, 20ms);
    } catch (const aio::TimeoutError&) {
        std::printf("t.cancelled %s\n", conformance::text(task.cancelled()));
    }
    auto shielded = aio::shield(job(50ms, "shielded"));
    try {
        co_await aio::wait_for(shielded, 10ms);
    } catch (const aio::TimeoutError&) {
        std::printf("shielded keeps running\n");
    }
    co_await aio::sleep(100ms);
}

}  // namespace

void scenario_064() { aio::run(main_coro()); }
