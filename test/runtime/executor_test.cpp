// executor_test.cpp - blocking functions on other threads
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

namespace {

using namespace aio_test;

TEST(Executor, GivesResultsErrorsAndMoveOnlyValues) {
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        const int sum = co_await loop.run_in_executor(nullptr, [](int a, int b) { return a + b; }, 1, 2);
        EXPECT_EQ(sum, 3);
        const auto unique = co_await aio::to_thread([] { return std::make_unique<int>(4); });
        EXPECT_EQ(*unique, 4);
        auto failing = loop.run_in_executor(nullptr, [] { throw 42; });
        int caught = 0;
        try {
            co_await failing;
        } catch (int number) {
            caught = number;
        }
        EXPECT_EQ(caught, 42);
        const auto me = std::this_thread::get_id();
        const bool same = co_await aio::to_thread([me] { return std::this_thread::get_id() == me; });
        EXPECT_FALSE(same);
    };
    run_virtually(body());
}

TEST(Executor, RunsJobsInOrderOnOneThread) {
    const auto body = []() -> aio::Coro<> {
        aio::ThreadPoolExecutor pool(1);
        std::vector<int> order;
        std::vector<aio::Future<void>> futures;
        for (int i = 0; i < 20; ++i)
            futures.push_back(aio::get_running_loop().run_in_executor(&pool, [&order, i] { order.push_back(i); }));
        co_await aio::gather(futures);
        EXPECT_EQ(order.size(), 20U);
        EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
    };
    run_virtually(body());
}

TEST(Executor, DoesNotRunAJobThatWasCancelledInTheQueue) {
    const auto body = []() -> aio::Coro<> {
        aio::ThreadPoolExecutor pool(1);
        auto& loop = aio::get_running_loop();
        std::promise<void> gate;
        std::atomic<int> ran = 0;
        int destroyed = 0;
        auto first = loop.run_in_executor(&pool, [&] { gate.get_future().wait(); });
        auto second = loop.run_in_executor(&pool, [&ran, probe = Probe(&destroyed)] { ++ran; });
        second.cancel();
        co_await aio::yield();
        gate.set_value();
        co_await first;
        EXPECT_TRUE(second.cancelled());
        pool.shutdown(true);  // NOLINT(coro-sync-wait): the test decides when the pool ends
        EXPECT_EQ(ran, 0);
        EXPECT_EQ(destroyed, 1);
    };
    run_virtually(body());
}

TEST(Executor, LosesTheResultOfARunningJobWhoseAwaiterWasCancelled) {
    const auto body = []() -> aio::Coro<> {
        aio::ThreadPoolExecutor pool(1);
        std::promise<void> running;
        std::promise<void> gate;
        auto future = aio::get_running_loop().run_in_executor(&pool, [&] {
            running.set_value();
            gate.get_future().wait();
            return std::string("lost");
        });
        running.get_future().wait();  // NOLINT(coro-sync-wait): the test decides when the pool ends
        future.cancel();
        co_await aio::yield();
        gate.set_value();
        pool.shutdown(true);  // NOLINT(coro-sync-wait): the test decides when the pool ends
        co_await aio::yield();
        EXPECT_TRUE(future.cancelled());
    };
    run_virtually(body());
}

TEST(Executor, CancelsQueuedJobsWhenItIsDestroyed) {
    const auto body = []() -> aio::Coro<bool> {
        auto& loop = aio::get_running_loop();
        auto pool = std::make_unique<aio::ThreadPoolExecutor>(1);
        std::promise<void> running;
        std::promise<void> gate;
        auto first = loop.run_in_executor(pool.get(), [&] {
            running.set_value();
            gate.get_future().wait();
            return 1;
        });
        auto second = loop.run_in_executor(pool.get(), [] { return 2; });
        running.get_future().wait();  // NOLINT(coro-sync-wait): the test decides when the pool ends
        std::thread opener([&] { gate.set_value(); });
        pool.reset();
        opener.join();  // NOLINT(coro-blocking-call): the test decides when the pool ends
        const auto [one, two] = co_await aio::gather_outcomes(first, second);
        // The first job ran; the second was dropped unless it slipped in.
        co_return one.ok() && (two.cancelled() || two.value() == 2);
    };
    EXPECT_TRUE(run_virtually(body()));
}

TEST(Executor, RefusesJobsAfterShutdown) {
    const auto body = []() -> aio::Coro<> {
        aio::ThreadPoolExecutor pool(1);
        pool.shutdown(true);  // NOLINT(coro-sync-wait): the test decides when the pool ends
        EXPECT_THROW(aio::get_running_loop().run_in_executor(&pool, [] {}), aio::ExecutorShutdown);
        co_await aio::get_running_loop().shutdown_default_executor();
        EXPECT_THROW(aio::get_running_loop().run_in_executor(nullptr, [] {}), aio::RuntimeError);
    };
    run_virtually(body());
}

TEST(Executor, MayOutliveTheLoopThatWaitsForIt) {
    aio::ThreadPoolExecutor pool(1);
    std::promise<void> gate;
    std::atomic<bool> ended = false;
    {
        aio::Loop loop;
        loop.run_in_executor(&pool, [&] {
            gate.get_future().wait();
            ended = true;
            return std::string("nobody wants it");
        });
        loop.run_once();
    }
    gate.set_value();
    pool.shutdown(true);
    EXPECT_TRUE(ended);
}

}  // namespace
