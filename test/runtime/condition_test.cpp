// condition_test.cpp - waits for a change under a lock
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<> note(aio::Condition& condition, std::string& order, char name) {
    const auto guard = co_await condition.scoped();
    co_await condition.wait();
    EXPECT_TRUE(condition.locked());
    order += name;
}

aio::Coro<> notify(aio::Condition& condition, std::size_t count) {
    const auto guard = co_await condition.scoped();
    condition.notify(count);
}

TEST(Condition, DoesNotWaitForWhatIsTrue) {
    const auto body = []() -> aio::Coro<> {
        aio::Condition condition;
        const auto guard = co_await condition.scoped();
        EXPECT_EQ(co_await condition.wait_for([] { return 3; }), 3);
    };
    run_virtually(body());
}

TEST(Condition, WakesAsManyAsAskedInOrder) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Condition condition;
        std::vector<aio::Task<>> tasks;
        for (const char name : {'a', 'b', 'c'}) tasks.push_back(aio::create_task(note(condition, order, name)));
        co_await aio::yield();
        co_await notify(condition, 2);
        co_await aio::sleep(1ms);
        EXPECT_EQ(order, "ab");
        co_await condition.acquire();
        condition.notify_all();
        condition.release();
        co_await aio::gather(tasks);
    };
    run_virtually(body());
    EXPECT_EQ(order, "abc");
}

TEST(Condition, LosesNoNotificationToACancelledWaiter) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Condition condition;
        auto before = aio::create_task(note(condition, order, 'a'));
        auto after = aio::create_task(note(condition, order, 'b'));
        auto other = aio::create_task(note(condition, order, 'c'));
        co_await aio::yield();
        before.cancel();
        co_await notify(condition, 1);
        after.cancel();
        co_await aio::wait(list(before, after, other), {.timeout = 1s});
        EXPECT_TRUE(before.cancelled());
        EXPECT_TRUE(after.cancelled());
        EXPECT_TRUE(other.done());
        EXPECT_FALSE(condition.locked());
    };
    run_virtually(body());
    EXPECT_EQ(order, "c");
}

TEST(Condition, PassesANotificationOnWhenCancelledWhileItTakesTheLock) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Condition condition;
        auto first = aio::create_task(note(condition, order, 'a'));
        auto other = aio::create_task(note(condition, order, 'b'));
        co_await aio::yield();
        co_await condition.acquire();
        condition.notify();
        co_await aio::yield();
        co_await aio::yield();
        first.cancel();
        co_await aio::yield();
        EXPECT_FALSE(first.done());
        condition.release();
        co_await aio::wait(list(first, other), {.timeout = 1s});
        EXPECT_TRUE(first.cancelled());
        EXPECT_TRUE(other.done());
    };
    run_virtually(body());
    EXPECT_EQ(order, "b");
}

TEST(Condition, PassesNothingOnWhenAllWereNotified) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Condition condition;
        auto first = aio::create_task(note(condition, order, 'a'));
        co_await aio::yield();
        co_await condition.acquire();
        condition.notify_all();
        condition.release();
        auto late = aio::create_task(note(condition, order, 'b'));
        first.cancel();
        co_await aio::wait(list(first, late), {.timeout = 1s});
        EXPECT_TRUE(first.cancelled());
        EXPECT_FALSE(late.done());
        late.cancel();
        co_await aio::wait(list(late));
    };
    run_virtually(body());
    EXPECT_EQ(order, "");
}

TEST(Condition, NeedsTheLock) {
    const auto body = []() -> aio::Coro<> {
        aio::Lock lock;
        aio::Condition condition(lock);
        EXPECT_THROW(condition.notify(), aio::RuntimeError);
        bool thrown = false;
        try {
            co_await condition.wait();
        } catch (const aio::RuntimeError&) {
            thrown = true;
        }
        EXPECT_TRUE(thrown);
        co_await lock.acquire();
        EXPECT_TRUE(condition.locked());
        condition.notify_all();
    };
    run_virtually(body());
}

TEST(Condition, MayHaveWaitersWhenTheLoopIsDestroyed) {
    aio::Condition condition;
    std::string order;
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.create_task(note(condition, order, 'a'));
        loop.create_task(note(condition, order, 'b'));
        loop.run_once();
        loop.run_once();
    }
    EXPECT_EQ(order, "");
    EXPECT_FALSE(condition.locked());
    EXPECT_EQ(aio::live_frames(), 0U);
}

}  // namespace
