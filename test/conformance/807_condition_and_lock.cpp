// 807_condition_and_lock.cpp - who is notified, who gets the lock
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

using Log = std::vector<std::string>;
using Tasks = std::vector<aio::Task<>>;

aio::Coro<> ticks(int count) {
    while (count-- > 0) co_await aio::yield();
}
template <class F>
void refused(F f) {
    try {
        f();
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
}
aio::Coro<> waiter(aio::Condition& condition, Log& log, std::string name) {
    const auto guard = co_await condition.scoped();
    try {
        const bool notified = co_await condition.wait();
        log.push_back(name + " " + text(notified));
    } catch (const aio::CancelledError&) {
        log.push_back(name + " cancelled, locked " + text(condition.locked()));
        throw;
    }
}

aio::Coro<> notifying() {
    aio::Condition condition;
    Log log;
    refused([&] { condition.notify(); });
    refused([&] { condition.notify_all(); });
    refused([&] { condition.release(); });
    try {
        co_await condition.wait();
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
    Tasks tasks;
    for (int i = 0; i < 4; ++i) tasks.push_back(aio::create_task(waiter(condition, log, text(i))));
    co_await aio::yield();
    {
        const auto guard = co_await condition.scoped();
        condition.notify(2);
    }
    co_await ticks(3);
    std::printf("%s\n", text(log).c_str());
    {
        const auto guard = co_await condition.scoped();
        condition.notify_all();
        condition.notify(0);
    }
    static_cast<void>(co_await aio::wait(tasks));
    std::printf("%s %s\n", text(log).c_str(), text(condition.locked()));
}

aio::Coro<int> until(aio::Condition& condition, int& value) {
    const auto guard = co_await condition.scoped();
    co_return co_await condition.wait_for([&] { return value; });
}
aio::Coro<> predicates() {
    aio::Condition condition;
    int value = 0;
    auto task = aio::create_task(until(condition, value));
    co_await aio::yield();
    {
        const auto guard = co_await condition.scoped();
        condition.notify();
    }
    co_await ticks(3);
    std::printf("%s\n", text(task.done()));
    value = 42;
    {
        const auto guard = co_await condition.scoped();
        condition.notify(5);
    }
    const int first = co_await task;
    const int second = co_await until(condition, value);
    std::printf("%d %d\n", first, second);
}

aio::Coro<> cancelled() {
    aio::Condition condition;
    Log log;
    Tasks tasks{aio::create_task(waiter(condition, log, "x"))};
    co_await aio::yield();
    co_await condition.acquire();
    tasks[0].cancel();
    co_await ticks(3);
    std::printf("has to wait for the lock: %s %s\n", text(tasks[0].done()), text(log).c_str());
    condition.release();
    static_cast<void>(co_await aio::wait(tasks));
    std::printf("%s %s %s\n", text(log).c_str(), text(tasks[0].cancelled()), text(condition.locked()));
    log.clear();
    tasks[0] = aio::create_task(waiter(condition, log, "y"));
    co_await aio::yield();
    co_await condition.acquire();
    condition.notify();
    co_await aio::yield();
    tasks[0].cancel();
    co_await ticks(3);
    condition.release();
    static_cast<void>(co_await aio::wait(tasks));
    std::printf("%s %s %s\n", text(log).c_str(), text(tasks[0].cancelled()), text(condition.locked()));
    aio::Lock lock;
    aio::Condition of_lock(lock);
    const bool taken = co_await lock.acquire();
    std::printf("%s %s\n", text(taken), text(of_lock.locked()));
    of_lock.release();
    std::printf("%s\n", text(lock.locked()));
}

aio::Coro<> holder(aio::Lock& lock, Log& log, std::string name) {
    try {
        const auto guard = co_await lock.scoped();
        log.push_back(name);
        co_await aio::yield();
    } catch (const aio::CancelledError&) {
        log.push_back(name + " cancelled");
        throw;
    }
}
aio::Coro<> locks() {
    aio::Lock lock;
    Log log;
    refused([&] { lock.release(); });
    const bool taken = co_await lock.acquire();
    std::printf("%s %s\n", text(taken), text(lock.locked()));
    Tasks tasks;
    for (int i = 0; i < 3; ++i) tasks.push_back(aio::create_task(holder(lock, log, text(i))));
    co_await aio::yield();
    lock.release();
    tasks[0].cancel();
    std::printf("%s\n", text(lock.locked()));
    static_cast<void>(co_await aio::wait(tasks));
    std::printf("%s %s\n", text(log).c_str(), text(lock.locked()));
    log.clear();
    co_await lock.acquire();
    tasks = {aio::create_task(holder(lock, log, "first"))};
    co_await aio::yield();
    lock.release();
    tasks.push_back(aio::create_task(holder(lock, log, "last")));
    co_await holder(lock, log, "second");
    static_cast<void>(co_await aio::wait(tasks));
    std::printf("%s\n", text(log).c_str());
}

aio::Coro<> main_coro() {
    co_await notifying();
    co_await predicates();
    co_await cancelled();
    co_await locks();
}

}  // namespace

void scenario_807() { aio::run(main_coro()); }
