// event_test.cpp - a flag that tasks wait for
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<> note(aio::Event& event, std::string& order, char name) {
    co_await event.wait();
    order += name;
}

TEST(Event, DoesNotSuspendWhenSet) {
    const auto body = []() -> aio::Coro<> {
        aio::Event event;
        event.set();
        bool others_ran = false;
        aio::get_running_loop().call_soon([&] { others_ran = true; });
        EXPECT_TRUE(co_await event.wait());
        EXPECT_FALSE(others_ran);
        co_await aio::yield();
    };
    run_virtually(body());
}

TEST(Event, WakesAllInOrderEvenWhenClearedAtOnce) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Event event;
        auto a = aio::create_task(note(event, order, 'a'));
        auto b = aio::create_task(note(event, order, 'b'));
        co_await aio::yield();
        event.set();
        event.clear();
        auto late = aio::create_task(note(event, order, 'c'));
        co_await aio::gather(a, b);
        EXPECT_FALSE(late.done());
        event.set();
        co_await aio::gather(late);
    };
    run_virtually(body());
    EXPECT_EQ(order, "abc");
}

TEST(Event, ForgetsAWaiterThatIsCancelled) {
    std::string order;
    const auto body = [&]() -> aio::Coro<> {
        aio::Event event;
        auto before = aio::create_task(note(event, order, 'a'));
        auto after = aio::create_task(note(event, order, 'b'));
        auto other = aio::create_task(note(event, order, 'c'));
        co_await aio::yield();
        before.cancel();
        event.set();
        after.cancel();
        co_await aio::wait(list(before, after, other));
        EXPECT_TRUE(before.cancelled());
        EXPECT_TRUE(after.cancelled());
    };
    run_virtually(body());
    EXPECT_EQ(order, "c");
}

TEST(Event, MayBeDestroyedBeforeOrAfterItsWaiters) {
    aio::Event outlives;
    std::string order;
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.create_task([](std::string& names) -> aio::Coro<> {
            aio::Event dies_first;
            aio::create_task(note(dies_first, names, 'a'));
            co_await aio::sleep(1h);
        }(order));
        loop.create_task(note(outlives, order, 'b'));
        loop.run_once();
        loop.run_once();
    }
    outlives.set();
    EXPECT_EQ(order, "");
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(Event, BelongsToOneLoop) {
    aio::Event event;
    const auto wait_a_moment = [&]() -> aio::Coro<> {
        try {
            co_await aio::wait_for(event.wait(), 1ms);
        } catch (const aio::TimeoutError&) {
        }
    };
    run_virtually(wait_a_moment());
    EXPECT_THROW(run_virtually(wait_a_moment()), aio::RuntimeError);
}

}  // namespace
