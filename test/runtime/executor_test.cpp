// executor_test.cpp - blocking functions on other threads
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <pthread.h>
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

TEST(Executor, B23CancelsQueuedJobsWhenItIsDestroyed) {
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

/// An executor of a user, which does with a job what it was told to.
class OddExecutor : public aio::Executor {
public:
    enum class Habit { run_inline, keep, drop, refuse };
    explicit OddExecutor(Habit habit) : habit_(habit) {}

    void submit(Job job) override {
        if (habit_ == Habit::run_inline) job();
        if (habit_ == Habit::keep) kept.push_back(std::move(job));
        if (habit_ == Habit::refuse) throw aio::ValueError("not today");
    }
    void shutdown(bool, bool) override { kept.clear(); }

    std::vector<Job> kept;

private:
    Habit habit_;
};

TEST(Executor, MayBeWrittenByTheUser) {
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        OddExecutor now(OddExecutor::Habit::run_inline);
        const int inline_result = co_await loop.run_in_executor(&now, [] { return 1; });
        EXPECT_EQ(inline_result, 1);
        OddExecutor later(OddExecutor::Habit::keep);
        auto kept = loop.run_in_executor(&later, [](std::string text) { return text; }, std::string("kept"));
        loop.call_soon([&later] { later.kept.at(0)(); });
        const std::string text = co_await kept;
        EXPECT_EQ(text, "kept");
        auto forgotten = loop.run_in_executor(&later, [] {});
        later.shutdown(true, true);
        OddExecutor never(OddExecutor::Habit::drop);
        auto dropped = loop.run_in_executor(&never, [] {});
        co_await aio::wait(list(forgotten, dropped));
        EXPECT_TRUE(forgotten.cancelled());
        EXPECT_TRUE(dropped.cancelled());
        OddExecutor strict(OddExecutor::Habit::refuse);
        EXPECT_THROW(loop.run_in_executor(&strict, [] {}), aio::ValueError);
    };
    run_virtually(body());
}

TEST(Executor, AJobMayRunALoopOfItsOwnThatUsesItsOwnExecutor) {
    const auto inner = []() -> aio::Coro<int> { co_return co_await aio::to_thread([] { return 42; }); };
    const auto body = [&]() -> aio::Coro<int> {
        co_return co_await aio::to_thread([&inner] { return aio::run(inner()); });
    };
    EXPECT_EQ(run_virtually(body()), 42);
}

TEST(Executor, NamesItsThreadsAndStartsNoMoreThanItMay) {
    const auto name = [] {
        char text[16] = {};
        pthread_getname_np(pthread_self(), text, sizeof text);
        return std::string(text);
    };
    const auto body = [&]() -> aio::Coro<> {
        aio::ThreadPoolExecutor pool(2, "disk");
        std::vector<aio::Future<std::string>> futures;
        for (int i = 0; i < 50; ++i) futures.push_back(aio::get_running_loop().run_in_executor(&pool, name));
        for (const auto& found : co_await aio::gather(futures)) EXPECT_TRUE(found == "disk_0" || found == "disk_1");
        const auto first = co_await aio::to_thread(name);
        EXPECT_EQ(first, "aio_0");
    };
    run_virtually(body());
}

TEST(Executor, CannotJoinItselfFromOneOfItsThreads) {
    const auto body = []() -> aio::Coro<std::string> {
        aio::ThreadPoolExecutor pool(1);
        co_return co_await aio::get_running_loop().run_in_executor(
            &pool, [&pool] { return message_of<aio::RuntimeError>([&pool] { pool.shutdown(true); }); });
    };
    EXPECT_EQ(run_virtually(body()), "cannot join current thread");
}

TEST(Executor, ShutdownOfTheDefaultExecutorMayGiveUp) {
    // Shared with the thread, which ends after this test.
    const auto gate = std::make_shared<std::promise<void>>();
    const auto body = [&](aio::Loop& loop) -> aio::Coro<> {
        auto job = loop.run_in_executor(nullptr, [gate] { gate->get_future().wait(); });
        co_await loop.shutdown_default_executor(1ms);
        EXPECT_FALSE(job.done());
        EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.run_in_executor(nullptr, [] {}); }),
                  "Executor shutdown has been called");
        co_await loop.shutdown_default_executor();
    };
    {
        aio::Loop loop;
        const Reports reports(loop);
        loop.run_until_complete(body(loop));
        EXPECT_EQ(reports.messages.size(), 1U);
    }
    gate->set_value();
}

}  // namespace
