// hostile_test.cpp - programs that make it hard for the loop
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <functional>
#include <thread>

namespace {

using namespace aio_test;

aio::Coro<int> wait_for_other(aio::Task<int>& other) { co_return co_await other; }
aio::Coro<int> gather_both(aio::Task<int>& first, aio::Task<int>& second) {
    const auto [a, b] = co_await aio::gather(first, second);
    co_return a + b;
}

TEST(Circle, OfTasksThatAwaitEachOtherIsBrokenByACancellation) {
    const auto body = []() -> aio::Coro<> {
        aio::Task<int> a;
        aio::Task<int> b;
        a = aio::create_task(wait_for_other(b));
        b = aio::create_task(wait_for_other(a));
        auto outside = aio::create_task(wait_for_other(a));
        co_await aio::yield();
        outside.cancel();
        static_cast<void>(co_await aio::gather_outcomes(a, b, outside));
        EXPECT_TRUE(a.cancelled());
        EXPECT_TRUE(b.cancelled());
        EXPECT_TRUE(outside.cancelled());
        EXPECT_EQ(a.cancelling(), 1);
        EXPECT_EQ(b.cancelling(), 1);
    };
    run_virtually(body());
}

TEST(Circle, ThroughAGatherIsBrokenToo) {
    const auto body = []() -> aio::Coro<> {
        aio::Task<int> a;
        aio::Task<int> b;
        aio::Task<int> c;
        a = aio::create_task(gather_both(b, c));
        b = aio::create_task(wait_for_other(a));
        c = aio::create_task(wait_for_other(a));
        co_await aio::yield();
        // The gather will fail with the cancellation that nobody waits for.
        aio::get_running_loop().set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        a.cancel();
        static_cast<void>(co_await aio::gather_outcomes(a, b, c));
        EXPECT_TRUE(a.cancelled() && b.cancelled() && c.cancelled());
        EXPECT_EQ(a.cancelling(), 1);
    };
    run_virtually(body());
}

TEST(Circle, DoesNotKeepRunFromEnding) {
    aio::Task<int> a;
    aio::Task<int> b;
    const auto body = [&]() -> aio::Coro<> {
        a = aio::create_task(wait_for_other(b));
        b = aio::create_task(wait_for_other(a));
        co_await aio::yield();
    };
    run_virtually(body());
    EXPECT_TRUE(a.cancelled());
    EXPECT_TRUE(b.cancelled());
}

TEST(Callbacks, ThatHoldTheirOwnFutureGoWithTheLoop) {
    int destroyed = 0;
    {
        aio::Loop loop;
        auto future = loop.create_future<int>();
        future.add_done_callback([future, probe = std::make_shared<Probe>(&destroyed)] {});
        auto gathered = loop.create_future<std::shared_ptr<Probe>>();
        gathered.add_done_callback([probe = std::make_shared<Probe>(&destroyed)] {});
        const auto body = [](aio::Future<std::shared_ptr<Probe>> never) -> aio::Coro<> {
            const auto gather = aio::gather(never);  // NOLINT(coro-unawaited-task): the test is about losing it
            co_await aio::yield();
        };
        loop.run_until_complete(body(std::move(gathered)));
        EXPECT_EQ(destroyed, 0);
    }
    EXPECT_EQ(destroyed, 2);
}

TEST(Callbacks, AddedWhileTheLoopGoesAreDroppedToo) {
    struct Again {
        Again(aio::Future<int> future, int more) : future(std::move(future)), more(more) {}
        Again(const Again&) = delete;
        Again& operator=(const Again&) = delete;
        ~Again() {
            if (more > 0)
                future.add_done_callback([next = std::make_shared<Again>(future, more - 1)] {});
            else
                future.cancel();
        }
        aio::Future<int> future;
        int more;
    };
    aio::Future<int> outlives;
    {
        aio::Loop loop;
        outlives = loop.create_future<int>();
        outlives.add_done_callback([next = std::make_shared<Again>(outlives, 5)] {});
    }
    EXPECT_TRUE(outlives.cancelled());
}

TEST(Callbacks, HaveDifferentIdsOnDifferentThreads) {
    aio::Loop loop;
    auto future = loop.create_future<int>();
    std::string ran;
    const auto add = [&](const char* name) { return future.add_done_callback([&ran, name] { ran += name; }); };
    std::vector<aio::CallbackId> ids;
    std::thread([&] { ids.push_back(add("1")); }).join();
    std::thread([&] { ids.push_back(add("2")); }).join();
    EXPECT_NE(ids[0], ids[1]);
    EXPECT_EQ(future.remove_done_callback(ids[1]), 1U);
    future.set_result(0);
    loop.run_once();
    EXPECT_EQ(ran, "1");
}

TEST(Executor, SurvivesACallableThatThrowsWhenItIsMoved) {
    struct Brittle {
        Brittle() = default;
        Brittle(const Brittle& other) : copies(other.copies + 1), limit(other.limit) {
            if (copies > limit) throw std::length_error("copied");
        }
        int operator()() const { return copies; }
        int copies = 0;
        int limit = 0;
    };
    const auto body = [](int limit) -> aio::Coro<bool> {
        Brittle callable;
        callable.limit = limit;
        try {
            co_return co_await aio::get_running_loop().run_in_executor(nullptr, callable) > 0;
        } catch (const std::length_error&) {
            co_return false;
        }
    };
    int limit = 0;
    while (!run_virtually(body(limit))) ++limit;
    EXPECT_GT(limit, 1);
    EXPECT_EQ(aio::live_frames(), 0U);
}

}  // namespace
