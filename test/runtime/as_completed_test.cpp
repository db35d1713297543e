// as_completed_test.cpp - results in the order in which they come
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<int> after(aio::Seconds delay, int value) {
    co_await aio::sleep(delay);
    co_return value;
}

TEST(AsCompleted, GivesResultsAsTheyCome) {
    const auto body = []() -> aio::Coro<> {
        std::vector<aio::Coro<int>> coros;
        coros.push_back(after(30ms, 3));
        coros.push_back(after(10ms, 1));
        coros.push_back(after(20ms, 2));
        std::vector<int> order;
        auto completions = aio::as_completed(std::move(coros));
        while (auto next = completions.next()) order.push_back(co_await *next);
        EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
    };
    run_virtually(body());
}

TEST(AsCompleted, CountsATaskOnceAndTakesAnEmptyRange) {
    const auto body = []() -> aio::Coro<> {
        auto task = aio::create_task(after(1ms, 1));
        std::vector tasks{task, task};
        auto completions = aio::as_completed(tasks);
        int results = 0;
        while (auto next = completions.next()) results += co_await *next;
        EXPECT_EQ(results, 1);
        auto none = aio::as_completed(std::vector<aio::Task<int>>());
        EXPECT_FALSE(none.next());
    };
    run_virtually(body());
}

TEST(AsCompleted, TimesOutWithoutCancelling) {
    const auto body = []() -> aio::Coro<> {
        std::vector tasks{aio::create_task(after(1ms, 1)), aio::create_task(after(1h, 2))};
        auto completions = aio::as_completed(tasks, 10ms);
        int results = 0;
        int late = 0;
        while (auto next = completions.next()) {
            try {
                results += co_await *next;
            } catch (const aio::TimeoutError&) {
                ++late;
            }
        }
        EXPECT_EQ(results, 1);
        EXPECT_EQ(late, 1);
        EXPECT_FALSE(tasks[1].done());
    };
    run_virtually(body());
}

aio::Coro<int> take(aio::Completion<int> completion) { co_return co_await completion; }

TEST(AsCompleted, GivesTheResultOfACancelledWaiterToTheNext) {
    const auto body = []() -> aio::Coro<> {
        auto first = aio::get_running_loop().create_future<int>();
        auto second = aio::get_running_loop().create_future<int>();
        auto completions = aio::as_completed(std::vector{first, second});
        auto a = aio::create_task(take(*completions.next()));
        auto b = aio::create_task(take(*completions.next()));
        co_await aio::yield();
        first.set_result(1);
        co_await aio::yield();
        a.cancel();
        EXPECT_EQ(co_await b, 1);
        EXPECT_TRUE(a.cancelled());
        second.set_result(2);
    };
    run_virtually(body());
}

TEST(AsCompleted, MayBeDroppedEarlyOrWithTheLoop) {
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.create_task([](aio::Loop& of) -> aio::Coro<> {
            auto never = of.create_future<int>();
            static_cast<void>(aio::as_completed(std::vector{never}, 1h));
            auto completions = aio::as_completed(std::vector{never}, 1h);
            co_await *completions.next();
        }(loop));
        loop.run_once();
        loop.run_once();
    }
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(AsCompleted, ComesAsAGenerator) {
    const auto value_after = [](int value) -> aio::Coro<int> {
        co_await aio::sleep(value * 1ms);
        if (value == 2) throw aio::ValueError("two");
        co_return value;
    };
    const auto body = [&]() -> aio::Coro<> {
        std::vector<aio::Task<int>> tasks;
        for (const int value : {3, 1, 2}) tasks.push_back(aio::create_task(value_after(value)));
        auto futures = aio::as_completed_generator(tasks);
        std::vector<int> order;
        while (auto done = co_await futures.next()) {
            for (int i = 0; i < 3; ++i) {
                if (*done == tasks[i]) order.push_back(i);
            }
        }
        EXPECT_EQ(order, (std::vector{1, 2, 0}));
        EXPECT_NE(tasks[2].exception(), nullptr);
        std::vector<aio::Sleep<>> slow;
        slow.push_back(aio::sleep(1s));
        auto late = aio::as_completed_generator(std::move(slow), 10ms);
        bool timed_out = false;
        try {
            co_await late.next();
        } catch (const aio::TimeoutError&) {
            timed_out = true;
        }
        EXPECT_TRUE(timed_out);
    };
    run_virtually(body());
}

}  // namespace
