// lock_test.cpp - one task at a time
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<> enter(aio::Lock& lock, std::string& order, char name) {
    const auto guard = co_await lock.scoped();
    order += name;
    co_await aio::yield();
}

TEST(Lock, IsTakenAtOnceWhenFree) {
    const auto body = []() -> aio::Coro<> {
        aio::Lock lock;
        bool others_ran = false;
        aio::get_running_loop().call_soon([&] { others_ran = true; });
        EXPECT_TRUE(co_await lock.acquire());
        EXPECT_FALSE(others_ran);
        EXPECT_TRUE(lock.locked());
        lock.release();
        EXPECT_THROW(lock.release(), aio::RuntimeError);
        co_await aio::yield();
    };
    run_virtually(body());
}

TEST(Lock, ServesWaitersInOrderAndNobodyOvertakes) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Lock lock;
        co_await lock.acquire();
        auto a = aio::create_task(enter(lock, order, 'a'));
        auto b = aio::create_task(enter(lock, order, 'b'));
        co_await aio::yield();
        lock.release();
        auto late = aio::create_task(enter(lock, order, 'c'));
        co_await aio::gather(a, b, late, enter(lock, order, 'd'));
        EXPECT_FALSE(lock.locked());
    };
    run_virtually(body());
    EXPECT_EQ(order, "abcd");
}

TEST(Lock, SkipsAWaiterThatIsCancelledInTheQueue) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Lock lock;
        co_await lock.acquire();
        auto a = aio::create_task(enter(lock, order, 'a'));
        auto b = aio::create_task(enter(lock, order, 'b'));
        co_await aio::yield();
        a.cancel();
        lock.release();
        co_await aio::gather(b);
        EXPECT_TRUE(a.cancelled());
        EXPECT_FALSE(lock.locked());
    };
    run_virtually(body());
    EXPECT_EQ(order, "b");
}

TEST(Lock, PassesItsTurnOnWhenCancelledAfterTheHandOff) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Lock lock;
        co_await lock.acquire();
        auto a = aio::create_task(enter(lock, order, 'a'));
        auto b = aio::create_task(enter(lock, order, 'b'));
        co_await aio::yield();
        lock.release();
        a.cancel();
        co_await aio::gather(b);
        EXPECT_TRUE(a.cancelled());
        EXPECT_FALSE(lock.locked());
    };
    run_virtually(body());
    EXPECT_EQ(order, "b");
}

TEST(Lock, MayHaveWaitersWhenTheLoopIsDestroyed) {
    aio::Lock lock;
    std::string order;
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.create_task(enter(lock, order, 'a'));
        loop.create_task(enter(lock, order, 'b'));
        loop.run_once();
    }
    EXPECT_EQ(order, "a");
    EXPECT_EQ(aio::live_frames(), 0U);
}

}  // namespace
