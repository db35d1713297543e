// queue_test.cpp - items that pass from task to task
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <memory>

namespace {

using namespace aio_test;

aio::Coro<> take(aio::Queue<int>& queue, std::vector<int>& got) {
    const int item = co_await queue.get();
    got.push_back(item);
}

TEST(Queue, NeitherWaitsForAnItemNorForRoomThatIsThere) {
    const auto body = []() -> aio::Coro<> {
        aio::Queue<int> queue(1);
        bool others_ran = false;
        aio::get_running_loop().call_soon([&] { others_ran = true; });
        co_await queue.put(1);
        EXPECT_TRUE(queue.full());
        EXPECT_THROW(queue.put_nowait(2), aio::QueueFull);
        EXPECT_EQ(co_await queue.get(), 1);
        EXPECT_THROW(queue.get_nowait(), aio::QueueEmpty);
        EXPECT_FALSE(queue.try_get());
        EXPECT_FALSE(others_ran);
        co_await aio::yield();
    };
    run_virtually(body());
}

TEST(Queue, ServesGettersAndPuttersInOrder) {
    std::vector<int> got;
    const auto body = [&]() -> aio::Coro<> {
        aio::Queue<int> queue(1);
        auto a = aio::create_task(take(queue, got));
        auto b = aio::create_task(take(queue, got));
        co_await aio::yield();
        co_await queue.put(1);
        co_await queue.put(2);
        co_await aio::gather(a, b);
        queue.put_nowait(3);
        auto first = aio::create_task(queue.put(4));
        auto second = aio::create_task(queue.put(5));
        co_await aio::yield();
        for (int i = 0; i < 3; ++i) co_await take(queue, got);
        co_await aio::gather(first, second);
    };
    run_virtually(body());
    EXPECT_EQ(got, (std::vector<int>{1, 2, 3, 4, 5}));
}

TEST(Queue, LosesNoItemToACancelledGetter) {
    std::vector<int> got;
    const auto body = [&]() -> aio::Coro<> {
        aio::Queue<int> queue;
        auto before = aio::create_task(take(queue, got));
        auto after = aio::create_task(take(queue, got));
        auto other = aio::create_task(take(queue, got));
        co_await aio::yield();
        before.cancel();
        queue.put_nowait(1);
        after.cancel();
        co_await aio::wait(list(before, after, other));
        EXPECT_TRUE(before.cancelled());
        EXPECT_TRUE(after.cancelled());
        EXPECT_TRUE(queue.empty());
    };
    run_virtually(body());
    EXPECT_EQ(got, std::vector<int>{1});
}

TEST(Queue, LosesNoRoomToACancelledPutter) {
    const auto body = []() -> aio::Coro<> {
        aio::Queue<int> queue(1);
        queue.put_nowait(1);
        auto before = aio::create_task(queue.put(2));
        auto after = aio::create_task(queue.put(3));
        auto other = aio::create_task(queue.put(4));
        co_await aio::yield();
        before.cancel();
        EXPECT_EQ(queue.get_nowait(), 1);
        after.cancel();
        co_await aio::wait(list(before, after, other));
        EXPECT_TRUE(other.done());
        EXPECT_EQ(queue.get_nowait(), 4);
    };
    run_virtually(body());
}

TEST(Queue, JoinWaitsForTheWork) {
    const auto body = []() -> aio::Coro<> {
        aio::Queue<int> queue;
        co_await queue.join();
        queue.put_nowait(1);
        auto joined = aio::create_task(queue.join());
        static_cast<void>(queue.get_nowait());
        co_await aio::yield();
        EXPECT_FALSE(joined.done());
        queue.task_done();
        co_await joined;
        EXPECT_THROW(queue.task_done(), aio::ValueError);
    };
    run_virtually(body());
}

TEST(Queue, HoldsMoveOnlyItems) {
    const auto body = []() -> aio::Coro<> {
        aio::Queue<std::unique_ptr<int>> queue;
        co_await queue.put(std::make_unique<int>(1));
        const auto item = co_await queue.get();
        EXPECT_EQ(*item, 1);
    };
    run_virtually(body());
}

TEST(Queue, MayHaveWaitersWhenTheLoopIsDestroyed) {
    aio::Queue<int> queue(1);
    std::vector<int> got;
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.create_task(take(queue, got));
        loop.create_task(take(queue, got));
        loop.run_once();
        queue.put_nowait(1);
        loop.create_task(queue.put(2));
        loop.create_task(queue.put(3));
    }
    EXPECT_TRUE(got.empty());
    EXPECT_EQ(queue.qsize(), 1U);
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(PriorityQueue, GivesTheSmallestAndOfEqualOnesTheOldest) {
    const auto by_first = [](const std::pair<int, char>& a, const std::pair<int, char>& b) {
        return a.first < b.first;
    };
    aio::PriorityQueue<std::pair<int, char>, decltype(by_first)> queue(0, by_first);
    for (const auto& item : {std::pair(2, 'd'), std::pair(1, 'a'), std::pair(1, 'b'), std::pair(1, 'c')})
        queue.put_nowait(item);
    std::string order;
    while (auto item = queue.try_get()) order += item->second;
    EXPECT_EQ(order, "abcd");
    aio::PriorityQueue<int> plain;
    plain.put_nowait(2);
    plain.put_nowait(1);
    EXPECT_EQ(plain.get_nowait(), 1);
}

TEST(LifoQueue, GivesTheNewest) {
    aio::LifoQueue<int> queue;
    queue.put_nowait(1);
    queue.put_nowait(2);
    EXPECT_EQ(queue.get_nowait(), 2);
    EXPECT_EQ(queue.get_nowait(), 1);
}

}  // namespace
