// 084_lock_fifo_fairness.cpp - a lock is handed on in order
#include "python_text.h"

using conformance::text;

namespace {

aio::Coro<> worker(aio::Lock& lock, std::string name) {
    {
        const auto guard = co_await lock.scoped();
        std::printf("%s has lock\n", name.c_str());
        co_await aio::yield();
    }
    std::printf("%s released\n", name.c_str());
}

aio::Coro<> quick(aio::Lock& lock) {
    for (int i = 0; i < 2; ++i) {
        const auto guard = co_await lock.scoped();
        std::printf("quick %d\n", i);
    }
}

aio::Coro<> other(aio::Lock& lock) {
    const auto guard = co_await lock.scoped();
    std::printf("other\n");
}

aio::Coro<> main_coro() {
    aio::Lock lock;
    co_await lock.acquire();
    std::printf("locked %s\n", text(lock.locked()));
    std::vector<aio::Task<>> tasks;
    for (const char* name : {"A", "B", "C", "D"}) tasks.push_back(aio::create_task(worker(lock, name)));
    co_await aio::yield();
    tasks[1].cancel();
    co_await aio::yield();
    lock.release();
    std::printf("released by main, locked: %s\n", text(lock.locked()));
    auto all = tasks;
    all.push_back(aio::create_task(worker(lock, "barger")));
    co_await aio::wait(all);
    std::vector<bool> cancelled;
    for (const auto& task : tasks) cancelled.push_back(task.cancelled());
    std::printf("%s\n", text(cancelled).c_str());
    try {
        lock.release();
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
    co_await aio::gather(quick(lock), other(lock));
}

}  // namespace

void scenario_084() { aio::run(main_coro()); }
