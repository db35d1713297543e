// 086_event.cpp - an event wakes all waiters
#include "python_text.h"

using conformance::text;

namespace {

aio::Coro<> waiter(aio::Event& event, std::string name) {
    const bool woken = co_await event.wait();
    std::printf("%s %s %s\n", name.c_str(), text(woken), text(event.is_set()));
}

aio::Coro<> main_coro() {
    aio::Event event;
    auto a = aio::create_task(waiter(event, "A"));
    auto b = aio::create_task(waiter(event, "B"));
    co_await aio::yield();
    event.set();
    event.clear();
    std::printf("set+clear\n");
    co_await aio::gather(a, b);
    event.set();
    aio::get_running_loop().call_soon([] { std::printf("callback\n"); });
    const bool at_once = co_await event.wait();
    std::printf("no suspend: %s\n", text(at_once));
    co_await aio::yield();
}

}  // namespace

void scenario_086() { aio::run(main_coro()); }
