// 812_work_from_and_on_threads.cpp - work for other threads, and from them
#include "python_text.h"

#include <future>
#include <memory>

using namespace std::chrono_literals;
using conformance::args;
using conformance::text;

namespace {

aio::Coro<int> ok(int value) {
    co_await aio::sleep(10ms);
    co_return value;
}
aio::Coro<> bad() {
    throw aio::ValueError("bad");
    co_return;
}
std::vector<std::string> saw;

aio::Coro<> hang() {
    try {
        co_await aio::sleep(100s);
    } catch (const aio::CancelledError& error) {
        saw.push_back(args(error));
        throw;
    }
}
aio::Coro<> cancels_itself() {
    aio::current_task().cancel();
    co_await aio::yield();
}

void given_up(aio::Loop& loop) {
    const auto future = aio::run_coroutine_threadsafe(loop, hang());
    try {
        future.get(50ms);
    } catch (const aio::TimeoutError& error) {
        std::printf("TimeoutError %s %s\n", args(error).c_str(), text(future.done()));
    }
    const bool accepted = future.cancel();
    std::printf("cancel %s %s %s\n", text(accepted), text(future.cancelled()), text(future.done()));
    try {
        future.get();
    } catch (const aio::CancelledError&) {
        std::printf("CancelledError\n");
    }
}
void from_thread(aio::Loop& loop) {
    const auto good = aio::run_coroutine_threadsafe(loop, ok(1));
    const int value = good.get();
    const bool done = good.done();
    const bool accepted = good.cancel();
    std::printf("%d %s %s %s\n", value, text(done), text(accepted), text(good.cancelled()));
    const auto failed = aio::run_coroutine_threadsafe(loop, bad());
    try {
        failed.get(5s);
    } catch (const aio::ValueError& error) {
        std::printf("ValueError %s %s %s\n", error.what(), text(failed.done()), text(failed.cancelled()));
    }
    given_up(loop);
    const auto cancelled = aio::run_coroutine_threadsafe(loop, cancels_itself());
    try {
        cancelled.get();
    } catch (const aio::CancelledError&) {
        std::printf("cancelled itself %s\n", text(cancelled.cancelled()));
    }
}

/// Lets jobs go on that wait for it.
class Gate {
public:
    void open() { opened_.set_value(); }
    auto waiter() {
        return [future = opened_.get_future().share()] { future.wait_for(5s); };
    }

private:
    std::promise<void> opened_;
};

aio::Coro<> queued_and_running(aio::Executor& executor) {
    auto& loop = aio::get_running_loop();
    Gate gate;
    std::vector<int> ran;
    auto one = loop.run_in_executor(&executor, [&ran, wait = gate.waiter()] {
        wait();
        ran.push_back(1);
    });
    auto two = loop.run_in_executor(&executor, [&ran] { ran.push_back(2); });
    auto three = loop.run_in_executor(&executor, [&ran] { ran.push_back(3); });
    co_await aio::sleep(20ms);
    const bool queued = two.cancel();
    const bool running = one.cancel();
    std::printf("%s %s %s %s %s\n", text(queued), text(running), text(one.cancelled()), text(two.cancelled()),
                text(three.done()));
    co_await aio::sleep(0s);  // the pool hears of the cancellation before its thread goes on
    gate.open();
    co_await three;
    std::printf("%s\n", text(ran).c_str());
    try {
        co_await one;
    } catch (const aio::CancelledError&) {
        std::printf("CancelledError\n");
    }
}

aio::Coro<> too_long(aio::Executor& executor) {
    auto& loop = aio::get_running_loop();
    Gate first;
    const double start = loop.time();
    try {
        co_await aio::wait_for(loop.run_in_executor(&executor, first.waiter()), 20ms);
    } catch (const aio::TimeoutError&) {
        std::printf("TimeoutError %s\n", text(loop.time() - start < 2));
    }
    Gate second;
    auto task = aio::create_task(aio::to_thread(second.waiter()));
    co_await aio::sleep(10ms);
    task.cancel("to_thread");
    try {
        co_await task;
    } catch (const aio::CancelledError& error) {
        std::printf("CancelledError %s\n", args(error).c_str());
    }
    first.open();
    second.open();
}

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    co_await loop.run_in_executor(nullptr, [&loop] { from_thread(loop); });
    std::printf("hang got [%s]\n", saw.at(0).c_str());
    aio::ThreadPoolExecutor executor(1);
    co_await queued_and_running(executor);
    co_await too_long(executor);
    executor.shutdown(true);
    try {
        loop.run_in_executor(&executor, [] {});
    } catch (const aio::ExecutorShutdown&) {
        std::printf("the executor takes nothing any more\n");
    }
    loop.set_default_executor(std::make_shared<aio::ThreadPoolExecutor>(1));
    std::vector<aio::Future<int>> squares;
    for (int i = 0; i < 4; ++i) squares.push_back(loop.run_in_executor(nullptr, [i] { return i * i; }));
    const auto values = co_await aio::gather(squares);
    std::printf("%s\n", text(values).c_str());
    co_await loop.shutdown_default_executor();
    try {
        loop.run_in_executor(nullptr, [] {});
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
}

}  // namespace

void scenario_812() { aio::run(main_coro()); }
