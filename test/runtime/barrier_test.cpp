// barrier_test.cpp - lets a number of tasks go on together
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<> pass(aio::Barrier& barrier, std::string& order, char name) {
    std::string what;
    try {
        what = std::to_string(co_await barrier.wait());
    } catch (const aio::BrokenBarrierError& error) {
        what = error.what();
    } catch (const aio::CancelledError&) {
        order += std::string(1, name) + "-cancelled ";
        throw;
    }
    order += std::string(1, name) + what + " ";
}

struct Parties {
    explicit Parties(std::ptrdiff_t parties) : barrier(parties) {}

    void come(char name) { tasks.push_back(aio::create_task(pass(barrier, order, name))); }

    aio::Barrier barrier;
    std::string order;
    std::vector<aio::Task<>> tasks;
};

TEST(Barrier, NeedsParties) {
    EXPECT_EQ(message_of<aio::ValueError>([] { aio::Barrier barrier(0); }), "parties must be > 0");
    const aio::Barrier barrier(2);
    EXPECT_EQ(barrier.parties(), 2U);
    EXPECT_EQ(barrier.n_waiting(), 0U);
    EXPECT_FALSE(barrier.broken());
}

TEST(Barrier, OfOneNeverWaits) {
    const auto body = []() -> aio::Coro<> {
        aio::Barrier barrier(1);
        bool ran = false;
        aio::get_running_loop().call_soon([&ran] { ran = true; });
        EXPECT_EQ(co_await barrier.wait(), 0U);
        EXPECT_EQ(co_await barrier.wait(), 0U);
        EXPECT_FALSE(ran);
        co_await aio::yield();
    };
    run_virtually(body());
}

TEST(Barrier, LetsAllPartiesGoOnTogether) {
    const auto body = []() -> aio::Coro<> {
        Parties parties(3);
        parties.come('a');
        parties.come('b');
        co_await aio::sleep(1s);
        EXPECT_EQ(parties.barrier.n_waiting(), 2U);
        EXPECT_EQ(parties.order, "");
        parties.come('c');
        co_await aio::gather(parties.tasks);
        EXPECT_EQ(parties.order, "c2 a0 b1 ");
        EXPECT_EQ(parties.barrier.n_waiting(), 0U);
    };
    run_virtually(body());
}

TEST(Barrier, DrainsBeforeItFillsAgain) {
    const auto body = []() -> aio::Coro<> {
        Parties parties(2);
        for (const char name : {'a', 'b', 'c', 'd'}) parties.come(name);
        co_await aio::gather(parties.tasks);
        EXPECT_EQ(parties.order, "b1 a0 d1 c0 ");
    };
    run_virtually(body());
}

TEST(Barrier, GoesOnFillingWithoutACancelledTask) {
    const auto body = []() -> aio::Coro<> {
        Parties parties(2);
        parties.come('a');
        co_await aio::yield();
        parties.tasks[0].cancel();
        static_cast<void>(co_await aio::wait(parties.tasks));
        EXPECT_FALSE(parties.barrier.broken());
        EXPECT_EQ(parties.barrier.n_waiting(), 0U);
        parties.come('b');
        parties.come('c');
        static_cast<void>(co_await aio::wait(parties.tasks));
        EXPECT_EQ(parties.order, "a-cancelled c1 b0 ");
    };
    run_virtually(body());
}

TEST(Barrier, BreaksWhenItIsAborted) {
    const auto body = []() -> aio::Coro<> {
        Parties parties(3);
        parties.come('a');
        parties.come('b');
        co_await aio::yield();
        co_await parties.barrier.abort();
        EXPECT_TRUE(parties.barrier.broken());
        parties.come('c');
        co_await aio::gather(parties.tasks);
        EXPECT_EQ(parties.order, "aAbort or reset of barrier bAbort or reset of barrier cBarrier aborted ");
        co_await parties.barrier.reset();
        EXPECT_FALSE(parties.barrier.broken());
    };
    run_virtually(body());
}

TEST(Barrier, TurnsItsWaitersAwayWhenItIsReset) {
    const auto body = []() -> aio::Coro<> {
        Parties parties(2);
        parties.come('a');
        co_await aio::yield();
        co_await parties.barrier.reset();
        EXPECT_EQ(parties.barrier.n_waiting(), 0U);
        parties.come('b');
        parties.come('c');
        co_await aio::gather(parties.tasks);
        EXPECT_EQ(parties.order, "aAbort or reset of barrier c1 b0 ");
    };
    run_virtually(body());
}

TEST(Barrier, MayHaveWaitersWhenTheLoopIsDestroyed) {
    aio::Barrier barrier(3);
    std::string order;
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.create_task(pass(barrier, order, 'a'));
        loop.create_task(pass(barrier, order, 'b'));
        loop.run_once();
    }
    EXPECT_EQ(order, "");
    EXPECT_EQ(barrier.n_waiting(), 0U);
    EXPECT_EQ(aio::live_frames(), 0U);
}

}  // namespace
