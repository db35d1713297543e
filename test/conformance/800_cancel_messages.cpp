// 800_cancel_messages.cpp - what a request for cancellation says, and where it arrives
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::args;
using conformance::text;

namespace {

aio::Coro<> w() {
    try {
        co_await aio::sleep(10s);
    } catch (const aio::CancelledError& error) {
        std::printf("w got %s\n", args(error).c_str());
        throw;
    }
}
aio::Coro<> selfish() {
    const auto task = aio::current_task();
    const bool accepted = task.cancel("me");
    std::printf("self cancel %s %d and goes on\n", text(accepted), task.cancelling());
    try {
        co_await aio::sleep(0s);
    } catch (const aio::CancelledError& error) {
        std::printf("at the await %s\n", args(error).c_str());
        throw;
    }
}
aio::Coro<> returns() {
    aio::current_task().cancel("r");
    co_return;
}
aio::Coro<> raises() {
    aio::current_task().cancel("r");
    throw aio::ValueError("v");
    co_return;
}
aio::Coro<std::string> inner() { co_return "I"; }
aio::Coro<> done_first() {
    auto done = aio::get_running_loop().create_future<std::string>();
    done.set_result("D");
    aio::current_task().cancel();
    const std::string first = co_await done;
    const std::string second = co_await inner();
    std::printf("no suspension: %s %s\n", first.c_str(), second.c_str());
    try {
        co_await aio::sleep(0s);
    } catch (const aio::CancelledError&) {
        std::printf("at the first real suspension\n");
    }
}
aio::Coro<> on_future(aio::Future<int> future) {
    try {
        const int result = co_await future;
        std::printf("result %d\n", result);
    } catch (const aio::CancelledError& error) {
        std::printf("cancelled %s %s %s\n", args(error).c_str(), text(future.done()), text(future.cancelled()));
    }
}
aio::Coro<> cleanup() {
    std::printf("cleanup begins %d\n", aio::current_task().cancelling());
    try {
        co_await aio::sleep(10s);
    } catch (const aio::CancelledError& error) {
        std::printf("cleanup cancelled %s %d\n", args(error).c_str(), aio::current_task().cancelling());
        throw aio::ValueError("from cleanup");
    }
}
aio::Coro<> long_sleep() { co_await aio::sleep(10s); }
aio::Coro<> cleaner() { co_await aio::with_cleanup(&long_sleep, &cleanup); }

aio::Coro<> ending(aio::Task<> task) {
    try {
        co_await task;
        std::printf("returned None\n");
    } catch (const aio::CancelledError& error) {
        std::printf("CancelledError %s %s %d\n", args(error).c_str(), text(task.cancelled()), task.cancelling());
    } catch (const aio::ValueError& error) {
        std::printf("ValueError %s %s %d\n", error.what(), text(task.cancelled()), task.cancelling());
    }
}

aio::Coro<> in_time() {
    auto task = aio::create_task(selfish());
    co_await ending(task);
    const bool accepted = task.cancel();
    const int count = task.cancelling();
    std::printf("a done task: %s %d %d\n", text(accepted), count, task.uncancel());
    task = aio::create_task(w());
    co_await aio::sleep(0s);
    const bool one = task.cancel("one");
    const bool two = task.cancel("two");
    std::printf("%s %s %d\n", text(one), text(two), task.cancelling());
    co_await ending(task);
    task = aio::create_task(w());
    task.cancel("early");
    task.cancel("early2");
    co_await ending(task);
    co_await ending(aio::create_task(returns()));
    co_await ending(aio::create_task(raises()));
    co_await aio::create_task(done_first());
}

aio::Coro<> main_coro() {
    co_await in_time();
    auto& loop = aio::get_running_loop();
    auto future = loop.create_future<int>();
    auto task = aio::create_task(on_future(future));
    co_await aio::sleep(0s);
    future.set_result(1);
    std::printf("cancel after set_result %s\n", text(task.cancel("late")));
    co_await ending(task);
    future = loop.create_future<int>();
    task = aio::create_task(on_future(future));
    co_await aio::sleep(0s);
    task.cancel();
    std::printf("the future at once: %s\n", text(future.cancelled()));
    try {
        future.set_result(2);
    } catch (const aio::InvalidStateError& error) {
        std::printf("InvalidStateError: %s\n", error.what());
    }
    co_await ending(task);
    task = aio::create_task(cleaner());
    co_await aio::sleep(0s);
    task.cancel("1");
    co_await aio::sleep(0s);
    task.cancel("2");
    co_await ending(task);
}

}  // namespace

void scenario_800() { aio::run(main_coro()); }
