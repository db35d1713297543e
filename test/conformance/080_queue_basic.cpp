// 080_queue_basic.cpp - a queue in order, with a limit
#include "python_text.h"

using conformance::text;

namespace {

aio::Coro<> producer(aio::Queue<int>& queue) {
    for (int i = 0; i < 5; ++i) {
        co_await queue.put(i);
        std::printf("put %d size %zu\n", i, queue.qsize());
    }
}

aio::Coro<> consumer(aio::Queue<int>& queue) {
    for (int i = 0; i < 5; ++i) {
        const int item = co_await queue.get();
        std::printf("got %d\n", item);
    }
}

aio::Coro<> getter(aio::Queue<int>& queue, std::string name) {
    const int item = co_await queue.get();
    std::printf("getter %s %d\n", name.c_str(), item);
}

aio::Coro<> main_coro() {
    aio::Queue<int> queue(2);
    std::printf("%s %s %zu %zu\n", text(queue.empty()), text(queue.full()), queue.qsize(), queue.maxsize());
    try {
        static_cast<void>(queue.get_nowait());
    } catch (const aio::QueueEmpty&) {
        std::printf("QueueEmpty\n");
    }
    auto produced = aio::create_task(producer(queue));
    co_await aio::yield();
    co_await aio::yield();
    try {
        queue.put_nowait(99);
    } catch (const aio::QueueFull&) {
        std::printf("QueueFull\n");
    }
    co_await aio::gather(produced, consumer(queue));
    std::vector<aio::Task<>> getters;
    for (const char* name : {"a", "b", "c"}) getters.push_back(aio::create_task(getter(queue, name)));
    co_await aio::yield();
    for (int i = 0; i < 3; ++i) {
        if (!queue.full())
            queue.put_nowait(i);
        else
            co_await queue.put(i);
    }
    co_await aio::gather(getters);
}

}  // namespace

void scenario_080() { aio::run(main_coro()); }
