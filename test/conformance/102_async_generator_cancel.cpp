// 102_async_generator_cancel.cpp - a generator sees that its caller is cancelled
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

struct Finally {
    ~Finally() { std::printf("generator finally\n"); }
};

aio::AsyncGenerator<int> g() {
    const Finally finally;
    try {
        co_yield 1;
        co_await aio::sleep(5s);
        co_yield 2;
    } catch (const aio::CancelledError&) {
        std::printf("generator cancelled\n");
        throw;
    }
}

aio::Coro<> use() {
    auto items = g();
    while (auto x = co_await items.next()) std::printf("item %d\n", *x);
}

aio::Coro<> next_of(aio::AsyncGenerator<int>& items) { co_await items.next(); }

aio::Coro<> main_coro() {
    auto t = aio::create_task(use());
    co_await aio::sleep(10ms);
    t.cancel();
    std::vector<aio::Task<>> tasks{t};
    co_await aio::wait(tasks);
    std::printf("%s\n", text(t.cancelled()));
    auto h = g();
    co_await h.next();
    tasks[0] = aio::create_task(next_of(h));
    tasks.push_back(aio::create_task(next_of(h)));
    co_await aio::sleep(10ms);
    std::printf("concurrent next: %s\n", conformance::repr(tasks[1].exception()).c_str());
    tasks[0].cancel();
    tasks.pop_back();
    co_await aio::wait(tasks);
}

}  // namespace

void scenario_102() { aio::run(main_coro()); }
