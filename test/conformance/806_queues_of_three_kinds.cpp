// 806_queues_of_three_kinds.cpp - queues: order, limits, join, and waiters that are cancelled
#include "python_text.h"

#include <utility>

using namespace std::chrono_literals;
using conformance::args;
using conformance::text;

namespace {

template <class Queue>
auto take(Queue& queue) {
    std::vector<typename Queue::value_type> items;
    while (!queue.empty()) items.push_back(queue.get_nowait());
    return items;
}
aio::Coro<> ticks(int count) {
    while (count-- > 0) co_await aio::yield();
}

template <class Queue>
void kind() {
    Queue queue(4);
    for (const int item : {3, 1, 2, 1}) queue.put_nowait(item);
    std::printf("%zu %zu %s %s\n", queue.maxsize(), queue.qsize(), text(queue.full()), text(queue.empty()));
    try {
        queue.put_nowait(9);
    } catch (const aio::QueueFull& error) {
        std::printf("QueueFull %s\n", args(error).c_str());
    }
    const auto items = take(queue);
    std::printf("%s %s\n", text(items).c_str(), text(queue.empty()));
    try {
        queue.get_nowait();
    } catch (const aio::QueueEmpty& error) {
        std::printf("QueueEmpty %s\n", args(error).c_str());
    }
}
void kinds() {
    kind<aio::Queue<int>>();
    kind<aio::PriorityQueue<int>>();
    kind<aio::LifoQueue<int>>();
    aio::PriorityQueue<std::pair<int, std::string>> queue;
    queue.put_nowait({2, "b"});
    queue.put_nowait({1, "z"});
    queue.put_nowait({2, "a"});
    queue.put_nowait({1, "y"});
    std::vector<std::string> names;
    for (const auto& item : take(queue)) names.push_back(item.second);
    std::printf("%s\n", text(names).c_str());
}

aio::Coro<> worker(aio::Queue<int>& queue) {
    while (true) {
        const int item = co_await queue.get();
        co_await aio::sleep(10ms * (3 - item));
        std::printf("work %d\n", item);
        queue.task_done();
    }
}
aio::Coro<> joining() {
    aio::Queue<int> queue;
    co_await queue.join();
    std::printf("nothing to join\n");
    try {
        queue.task_done();
    } catch (const aio::ValueError& error) {
        std::printf("ValueError: %s\n", error.what());
    }
    for (int i = 0; i < 3; ++i) queue.put_nowait(i);
    std::vector<aio::Task<>> workers;
    for (int i = 0; i < 2; ++i) workers.push_back(aio::create_task(worker(queue)));
    co_await queue.join();
    std::printf("joined\n");
    std::vector<std::string> ends;
    for (const auto& task : workers) task.cancel();
    for (const auto& outcome : co_await aio::gather_outcomes(workers))
        ends.push_back(conformance::type_name(outcome.error()));
    std::printf("%s\n", text(ends).c_str());
}

aio::Coro<> put(aio::Queue<int>& queue, std::vector<std::string>& log, int item) {
    try {
        co_await queue.put(item);
        log.push_back("put " + text(item));
    } catch (const aio::CancelledError&) {
        log.push_back("cancelled " + text(item));
        throw;
    }
}
aio::Coro<> putters(bool early) {
    aio::Queue<int> queue(1);
    queue.put_nowait(0);
    std::vector<std::string> log;
    std::vector<aio::Task<>> tasks;
    for (const int item : {1, 2, 3}) tasks.push_back(aio::create_task(put(queue, log, item)));
    co_await aio::yield();
    if (early) tasks[0].cancel();
    const int got = queue.get_nowait();
    if (!early) tasks[0].cancel();
    co_await ticks(4);
    const std::size_t size = queue.qsize();
    const int next = queue.get_nowait();
    std::printf("%d %s %zu %d\n", got, text(log).c_str(), size, next);
    co_await ticks(4);
    std::printf("%s %s\n", text(log).c_str(), text(take(queue)).c_str());
    co_await aio::gather_outcomes(tasks);
}

aio::Coro<> get(aio::Queue<std::string>& queue, std::vector<std::string>& log) { log.push_back(co_await queue.get()); }
aio::Coro<> getters() {
    aio::Queue<std::string> queue;
    std::vector<std::string> log;
    auto task = aio::create_task(get(queue, log));
    co_await aio::yield();
    queue.put_nowait("a");
    std::printf("taken from under the waiter: %s\n", queue.get_nowait().c_str());
    co_await ticks(3);
    std::printf("%s %s\n", text(log).c_str(), text(task.done()));
    queue.put_nowait("b");
    co_await task;
    std::printf("%s\n", text(log).c_str());
    bool timed_out = false;
    try {
        co_await aio::wait_for(queue.get(), 10ms);
    } catch (const aio::TimeoutError&) {
        timed_out = true;
    }
    if (!timed_out) co_return;
    queue.put_nowait("c");
    const std::size_t size = queue.qsize();
    const std::string item = co_await queue.get();
    std::printf("timed out %zu %s\n", size, item.c_str());
}

aio::Coro<> main_coro() {
    kinds();
    co_await joining();
    co_await putters(true);
    co_await putters(false);
    co_await getters();
}

}  // namespace

void scenario_806() { aio::run(main_coro()); }
