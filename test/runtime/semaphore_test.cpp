// semaphore_test.cpp - a limited number of tasks at a time
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<> enter(aio::Semaphore& semaphore, std::string& order, char name) {
    const auto permit = co_await semaphore.scoped();
    order += name;
    co_await aio::yield();
}

TEST(Semaphore, IsTakenAtOnceWhilePermitsAreLeft) {
    const auto body = []() -> aio::Coro<> {
        aio::Semaphore semaphore(2);
        bool others_ran = false;
        aio::get_running_loop().call_soon([&] { others_ran = true; });
        EXPECT_TRUE(co_await semaphore.acquire());
        EXPECT_FALSE(semaphore.locked());
        co_await semaphore.acquire();
        EXPECT_TRUE(semaphore.locked());
        EXPECT_FALSE(others_ran);
        semaphore.release();
        EXPECT_FALSE(semaphore.locked());
        co_await aio::yield();
    };
    run_virtually(body());
}

TEST(Semaphore, ServesWaitersInOrderAndNobodyOvertakes) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Semaphore semaphore(1);
        co_await semaphore.acquire();
        auto a = aio::create_task(enter(semaphore, order, 'a'));
        auto b = aio::create_task(enter(semaphore, order, 'b'));
        co_await aio::yield();
        semaphore.release();
        EXPECT_TRUE(semaphore.locked());
        co_await aio::gather(a, b, enter(semaphore, order, 'c'));
        EXPECT_FALSE(semaphore.locked());
    };
    run_virtually(body());
    EXPECT_EQ(order, "abc");
}

TEST(Semaphore, LosesNoPermitToACancelledWaiter) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Semaphore semaphore(0);
        auto before = aio::create_task(enter(semaphore, order, 'a'));
        auto after = aio::create_task(enter(semaphore, order, 'b'));
        auto other = aio::create_task(enter(semaphore, order, 'c'));
        co_await aio::yield();
        before.cancel();
        semaphore.release();
        after.cancel();
        co_await aio::wait(list(before, after, other));
        EXPECT_TRUE(before.cancelled());
        EXPECT_TRUE(after.cancelled());
        EXPECT_FALSE(semaphore.locked());
    };
    run_virtually(body());
    EXPECT_EQ(order, "c");
}

TEST(Semaphore, GetsThePermitOfADestroyedWaiterBack) {
    aio::Semaphore semaphore(0);
    std::string order;
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.create_task(enter(semaphore, order, 'a'));
        loop.create_task(enter(semaphore, order, 'b'));
        loop.run_once();
        semaphore.release();
        EXPECT_TRUE(semaphore.locked());
    }
    EXPECT_EQ(order, "");
    EXPECT_FALSE(semaphore.locked());
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(Semaphore, ChecksItsNumbers) {
    EXPECT_THROW(aio::Semaphore(-1), aio::ValueError);
    aio::BoundedSemaphore bounded(1);
    EXPECT_THROW(bounded.release(), aio::ValueError);
    aio::Semaphore free(0);
    free.release();
    EXPECT_FALSE(free.locked());
}

}  // namespace
