// 082_queue_cancelled_getter.cpp - cancelled waiters lose nothing for the others
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

using Items = aio::Queue<std::string>;

aio::Coro<> getter(Items& queue, std::string name) {
    const std::string item = co_await queue.get();
    std::printf("%s got %s\n", name.c_str(), item.c_str());
}

aio::Coro<> putter(Items& queue, std::string name) {
    co_await queue.put(name);
    std::printf("put %s\n", name.c_str());
}

aio::Coro<> main_coro() {
    Items queue(1);
    std::vector<aio::Task<>> getters;
    for (const char* name : {"A", "B"}) getters.push_back(aio::create_task(getter(queue, name)));
    co_await aio::yield();
    queue.put_nowait("item");
    getters[0].cancel();
    co_await aio::wait(getters, {.timeout = 50ms});
    std::printf("%s %s %zu\n", text(getters[0].cancelled()), text(getters[1].done()), queue.qsize());
    queue.put_nowait("full");
    auto p = aio::create_task(putter(queue, "P"));
    auto q = aio::create_task(putter(queue, "Q"));
    co_await aio::yield();
    p.cancel();
    co_await aio::yield();
    for (int i = 0; i < 2; ++i) {
        const std::string item = co_await queue.get();
        std::printf("%s\n", item.c_str());
    }
    co_await q;
    std::printf("%zu\n", queue.qsize());
}

}  // namespace

void scenario_082() { aio::run(main_coro()); }
