// every_noun.cpp - instantiates what the headers of aio offer
#include "every_noun.h"

#include <aio/aio.h>

#include <memory>
#include <string>
#include <vector>

namespace consumer {

using namespace std::chrono_literals;

namespace {

aio::Coro<int> one() { co_return 1; }
aio::Coro<> nothing() { co_await aio::yield(); }
aio::Coro<std::unique_ptr<int>> movable() { co_return std::make_unique<int>(1); }
aio::Coro<int> fails() {
    throw aio::ValueError("as asked");
    co_return 0;
}

aio::Coro<int> combinators() {
    const auto [a, b, c] = co_await aio::gather(one(), movable(), nothing());
    static_cast<void>(c);
    int sum = a + *b;
    const auto [good, bad] = co_await aio::gather_outcomes(one(), fails());
    sum += good.value() + (bad.ok() ? 0 : 1);
    std::vector<aio::Task<int>> tasks;
    tasks.push_back(aio::create_task(one()));
    tasks.push_back(aio::create_task(one(), {.name = "second"}));
    const auto waited = co_await aio::wait(tasks, {.return_when = aio::ALL_COMPLETED, .timeout = 10s});
    sum += static_cast<int>(waited.done.size());
    auto completions = aio::as_completed(tasks);
    while (auto next = completions.next()) sum += co_await *next;
    sum += co_await aio::wait_for(one(), 10s);
    sum += co_await aio::shield(aio::create_task(one()));
    sum += co_await aio::timeout(10s, [](aio::Timeout& limit) -> aio::Coro<int> { co_return limit.expired() ? 0 : 1; });
    sum += co_await aio::with_task_group([](aio::TaskGroup& group) -> aio::Coro<int> {
        group.create_task(nothing());
        co_return co_await group.create_task(one());
    });
    co_return sum + co_await aio::with_cleanup(one, nothing);
}

aio::Coro<int> synchronisation() {
    aio::Lock lock;
    aio::Semaphore semaphore(1);
    aio::BoundedSemaphore bounded(1);
    aio::Event event;
    aio::Condition condition;
    int sum = 0;
    {
        const auto held = co_await lock.scoped();
        co_await semaphore.acquire();
        co_await bounded.acquire();
        semaphore.release();
        bounded.release();
        event.set();
        co_await event.wait();
        ++sum;
    }
    co_await condition.acquire();
    condition.notify_all();
    condition.release();
    aio::Queue<std::unique_ptr<int>> queue;
    co_await queue.put(std::make_unique<int>(1));
    sum += *co_await queue.get();
    aio::PriorityQueue<int> sorted;
    sorted.put_nowait(1);
    aio::LifoQueue<std::string> last_first;
    last_first.put_nowait("one");
    co_return sum + co_await sorted.get() + static_cast<int>(last_first.try_get().value().size()) - 2;
}

aio::Coro<int> loop_and_threads() {
    aio::Loop& loop = aio::get_running_loop();
    auto future = loop.create_future<int>();
    loop.call_soon([future] { future.set_result(1); });
    loop.call_later(1h, [] {}).cancel();
    int sum = co_await future;
    sum += co_await aio::to_thread([](int value) { return value; }, 1);
    aio::ThreadPoolExecutor pool(1);
    sum += co_await loop.run_in_executor(&pool, [] { return 1; });
    co_return sum + co_await aio::wrap_future(aio::run_coroutine_threadsafe(loop, one()));
}

}  // namespace

aio::Coro<int> every_noun() {
    const int combined = co_await combinators();
    const int synchronised = co_await synchronisation();
    co_return combined + synchronised + co_await loop_and_threads();
}

}  // namespace consumer
