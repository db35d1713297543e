// cancellation_test.cpp - requests, deliveries and counters
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<> sleeper() { co_await aio::sleep(1h); }
aio::Coro<> never_run(int* ran) {
    ++*ran;
    co_return;
}

TEST(Cancellation, BeforeTheFirstStepRunsNothing) {
    int ran = 0;
    int destroyed = 0;
    const auto holding = [](int* count, Probe) -> aio::Coro<> { co_await never_run(count); };
    const auto body = [&]() -> aio::Coro<> {
        auto task = aio::create_task(holding(&ran, Probe(&destroyed)));
        EXPECT_TRUE(task.cancel());
        EXPECT_FALSE(task.done());
        co_await aio::yield();
        EXPECT_TRUE(task.cancelled());
        EXPECT_EQ(destroyed, 1);
        EXPECT_FALSE(task.cancel());
    };
    run_virtually(body());
    EXPECT_EQ(ran, 0);
}

TEST(Cancellation, RequestedTwiceIsDeliveredOnce) {
    int deliveries = 0;
    const auto stubborn = [&]() -> aio::Coro<int> {
        try {
            co_await aio::sleep(1h);
        } catch (const aio::CancelledError&) {
            ++deliveries;
        }
        co_await aio::yield();
        co_return aio::current_task().cancelling();
    };
    const auto body = [&]() -> aio::Coro<int> {
        auto task = aio::create_task(stubborn());
        co_await aio::yield();
        task.cancel();
        task.cancel();
        co_return co_await task;
    };
    EXPECT_EQ(run_virtually(body()), 2);
    EXPECT_EQ(deliveries, 1);
}

TEST(Cancellation, MaySwallowedAndComeAgain) {
    const auto stubborn = []() -> aio::Coro<std::string> {
        std::string caught;
        for (int i = 0; i < 2; ++i) {
            try {
                co_await aio::sleep(1h);
            } catch (const aio::CancelledError& error) {
                caught += error.what();
            }
        }
        co_return caught;
    };
    const auto body = [&]() -> aio::Coro<> {
        auto task = aio::create_task(stubborn());
        co_await aio::yield();
        task.cancel("a");
        co_await aio::yield();
        co_await aio::yield();
        EXPECT_FALSE(task.done());
        task.cancel("b");
        EXPECT_EQ(co_await task, "ab");
        EXPECT_FALSE(task.cancelled());
        EXPECT_EQ(task.cancelling(), 2);
    };
    run_virtually(body());
}

TEST(Cancellation, IsStillDeliveredAfterUncancel) {
    const auto self_cancelling = []() -> aio::Coro<> {
        auto me = aio::current_task();
        EXPECT_EQ(me.uncancel(), 0);
        me.cancel();
        EXPECT_EQ(me.cancelling(), 1);
        EXPECT_EQ(me.uncancel(), 0);
        co_await aio::yield();
        ADD_FAILURE() << "not cancelled";
    };
    const auto body = [&]() -> aio::Coro<> {
        auto task = aio::create_task(self_cancelling());
        static_cast<void>(co_await aio::gather_outcomes(task));
        EXPECT_TRUE(task.cancelled());
    };
    run_virtually(body());
}

TEST(Cancellation, OfATaskThatReturnsWithoutSuspendingCancelsIt) {
    const auto self_cancelling = []() -> aio::Coro<int> {
        aio::current_task().cancel();
        co_return 1;
    };
    const auto body = [&]() -> aio::Coro<> {
        auto task = aio::create_task(self_cancelling());
        co_await aio::yield();
        EXPECT_TRUE(task.cancelled());
    };
    run_virtually(body());
}

TEST(Cancellation, ReachesTheTaskThatIsAwaited) {
    const auto waiting = [](aio::Task<> inner) -> aio::Coro<> { co_await inner; };
    const auto body = [&]() -> aio::Coro<> {
        auto inner = aio::create_task(sleeper());
        auto outer = aio::create_task(waiting(inner));
        co_await aio::yield();
        outer.cancel();
        EXPECT_EQ(inner.cancelling(), 1);
        static_cast<void>(co_await aio::gather_outcomes(outer));
        EXPECT_TRUE(inner.cancelled());
        EXPECT_TRUE(outer.cancelled());
    };
    run_virtually(body());
}

TEST(Cancellation, WinsOverAResultThatArrivesInTheSameIteration) {
    const auto waiting = [](aio::Future<int> future) -> aio::Coro<int> { co_return co_await future; };
    const auto body = [&]() -> aio::Coro<> {
        auto future = aio::get_running_loop().create_future<int>();
        auto task = aio::create_task(waiting(future));
        co_await aio::yield();
        future.set_result(1);
        EXPECT_TRUE(task.cancel());
        co_await aio::yield();
        EXPECT_TRUE(task.cancelled());
    };
    run_virtually(body());
}

TEST(Cancellation, ReplacedByAnotherErrorFailsTheTask) {
    const auto failing = []() -> aio::Coro<> {
        try {
            co_await aio::sleep(1h);
        } catch (const aio::CancelledError&) {
            throw aio::ValueError("cleanup");
        }
    };
    const auto body = [&]() -> aio::Coro<> {
        auto task = aio::create_task(failing());
        co_await aio::yield();
        task.cancel();
        static_cast<void>(co_await aio::gather_outcomes(task));
        EXPECT_FALSE(task.cancelled());
        EXPECT_EQ(aio::describe(task.exception()), "aio::ValueError: cleanup");
    };
    run_virtually(body());
}

TEST(Cancellation, OfATimerThatIsAlreadyQueuedIsDelivered) {
    const auto body = []() -> aio::Coro<> {
        auto task = aio::create_task(sleeper());
        co_await aio::yield();
        // Both run in the iteration that finds the sleep over.
        aio::get_running_loop().call_at(aio::get_running_loop().time() + 3600 - 1e-10, [task] { task.cancel(); });
        static_cast<void>(co_await aio::gather_outcomes(task));
        EXPECT_TRUE(task.cancelled());
    };
    run_virtually(body());
}

TEST(Cancellation, IsNoStdException) {
    const auto body = []() -> aio::Coro<std::string> {
        auto task = aio::create_task([]() -> aio::Coro<std::string> {
            try {
                co_await aio::sleep(1h);
            } catch (const std::exception&) {
                co_return "swallowed";
            }
            co_return "slept";
        });
        co_await aio::yield();
        task.cancel();
        const auto [outcome] = co_await aio::gather_outcomes(task);
        co_return outcome.cancelled() ? "cancelled" : outcome.value();
    };
    EXPECT_EQ(run_virtually(body()), "cancelled");
}

std::string message_of_cancellation(const aio::Task<>& task) {
    try {
        task.result();
    } catch (const aio::CancelledError& error) {
        return error.what();
    }
    return "not cancelled";
}

TEST(Cancellation, ThatArrivedFirstKeepsItsMessage) {
    const auto body = []() -> aio::Coro<> {
        aio::Lock lock;
        co_await lock.acquire();
        const auto waiting = [](aio::Lock& busy) -> aio::Coro<> { co_await busy.acquire(); };
        const auto future = aio::get_running_loop().create_future();
        const auto awaiting = [](aio::Future<> awaited) -> aio::Coro<> { co_await awaited; };
        std::vector<aio::Task<>> tasks;
        tasks.push_back(aio::create_task(waiting(lock)));
        tasks.push_back(aio::create_task(sleeper()));
        tasks.push_back(aio::create_task(awaiting(future)));
        co_await aio::yield();
        for (const auto& task : tasks) {
            task.cancel("first");
            task.cancel("second");
        }
        co_await aio::wait(tasks);
        for (const auto& task : tasks) EXPECT_EQ(message_of_cancellation(task), "first");
    };
    run_virtually(body());
}

TEST(Cancellation, OfTasksThatWaitForEachOtherEnds) {
    const auto body = []() -> aio::Coro<> {
        std::vector<aio::Task<>> tasks(3);
        const auto awaiting = [&](std::size_t next) -> aio::Coro<> { co_await tasks[next]; };
        tasks[0] = aio::create_task(awaiting(1));
        tasks[1] = aio::create_task(awaiting(0));
        tasks[2] = aio::create_task(awaiting(0));
        co_await aio::yield();
        co_await aio::yield();
        EXPECT_TRUE(tasks[2].cancel());
        co_await aio::wait(tasks);
        for (const auto& task : tasks) EXPECT_TRUE(task.cancelled());
    };
    run_virtually(body());
}

TEST(Cancellation, OfATaskThatWaitsForAGatherOfItselfEnds) {
    const auto body = []() -> aio::Coro<> {
        std::vector<aio::Task<>> tasks(1);
        const auto awaiting = [&]() -> aio::Coro<> { co_await aio::gather(tasks); };
        tasks[0] = aio::create_task(awaiting());
        co_await aio::yield();
        EXPECT_TRUE(tasks[0].cancel());
        co_await aio::wait(tasks);
        EXPECT_TRUE(tasks[0].cancelled());
    };
    run_virtually(body());
}

}  // namespace
