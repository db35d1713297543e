// gather_test.cpp - awaitables that run at the same time
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<int> after(aio::Seconds delay, int value) {
    co_await aio::sleep(delay);
    co_return value;
}
aio::Coro<int> fail_after(aio::Seconds delay, std::string text) {
    co_await aio::sleep(delay);
    throw aio::ValueError(text);
}
/// Uses what its caller owns until it has ended, whatever happens.
aio::Coro<> use(std::string& local, int stubborn_steps) {
    try {
        co_await aio::sleep(1h);
    } catch (const aio::CancelledError&) {
        local += "cancelled";
    }
    for (int i = 0; i < stubborn_steps; ++i) {
        co_await aio::yield();
        local += "+";
    }
}

TEST(Gather, ReportsAnErrorThatNobodyRetrievedUnderPythonsName) {
    std::vector<std::string> messages;
    const auto body = [&]() -> aio::Coro<> {
        aio::get_running_loop().set_exception_handler(
            [&](aio::Loop&, const aio::ExceptionContext& context) { messages.push_back(context.message); });
        {
            auto both = aio::gather(fail_after(1s, "a"), fail_after(1s, "b"));  // NOLINT(coro-unawaited-task): tested
            co_await aio::sleep(2s);
            EXPECT_TRUE(both.done());
        }
    };
    run_virtually(body());
    EXPECT_EQ(messages, std::vector<std::string>{"_GatheringFuture exception was never retrieved"});
}

TEST(Gather, GivesResultsInTheOrderOfTheArguments) {
    const auto body = []() -> aio::Coro<> {
        const auto [a, b] = co_await aio::gather(after(2s, 1), after(1s, 2));
        EXPECT_EQ(a, 1);
        EXPECT_EQ(b, 2);
        std::vector<aio::Task<int>> tasks{aio::create_task(after(2s, 3)), aio::create_task(after(1s, 4))};
        const auto values = co_await aio::gather(tasks);
        EXPECT_EQ(values, (std::vector<int>{3, 4}));
        EXPECT_EQ(tasks[0].result(), 3);
    };
    run_virtually(body());
}

TEST(Gather, AcceptsTheSameTaskTwice) {
    const auto body = []() -> aio::Coro<int> {
        auto task = aio::create_task(after(1s, 2));
        const auto [a, b] = co_await aio::gather(task, task);
        co_return a * 10 + b;
    };
    EXPECT_EQ(run_virtually(body()), 22);
}

TEST(Gather, OfNothingIsDone) {
    const auto body = []() -> aio::Coro<bool> {
        co_return aio::gather().done() && aio::gather(std::vector<aio::Task<int>>()).done();
    };
    EXPECT_TRUE(run_virtually(body()));
}

// B13, B14
TEST(Gather, JoinsSiblingsBeforeItRethrows) {
    const auto body = [](int stubborn_steps) -> aio::Coro<std::string> {
        std::string seen;
        {
            std::string local = "local:";
            try {
                co_await aio::gather(fail_after(1s, "a"), use(local, stubborn_steps));
            } catch (const aio::ValueError& error) {
                seen = local + error.what();
            }
        }
        co_return seen;
    };
    EXPECT_EQ(run_virtually(body(0)), "local:cancelleda");
    EXPECT_EQ(run_virtually(body(3)), "local:cancelled+++a");
}

TEST(Gather, CanLeaveSiblingsRunning) {
    const auto body = []() -> aio::Coro<int> {
        auto slow = aio::create_task(after(5s, 7));
        const aio::GatherOpts leave{aio::OnError::leave_running};
        try {
            co_await aio::gather(leave, fail_after(1s, "a"), slow);
            ADD_FAILURE() << "no error";
        } catch (const aio::ValueError&) {
            EXPECT_FALSE(slow.done());
        }
        co_return co_await slow;
    };
    EXPECT_EQ(run_virtually(body()), 7);
}

TEST(Gather, TreatsACancelledChildAsAFailure) {
    const auto body = []() -> aio::Coro<> {
        auto a = aio::create_task(after(1h, 1));
        auto b = aio::create_task(after(1h, 2));
        aio::get_running_loop().call_later(1s, [a] { a.cancel(); });
        bool cancelled = false;
        try {
            co_await aio::gather(a, b);
        } catch (const aio::CancelledError&) {
            cancelled = true;
        }
        EXPECT_TRUE(cancelled);
        EXPECT_TRUE(b.cancelled());
        EXPECT_EQ(aio::current_task().cancelling(), 0);
    };
    run_virtually(body());
}

// B15
TEST(Gather, CancelledTwiceWhileJoiningThrowsOnceAndJoinsAll) {
    std::string first;
    std::string second;
    const auto gathering = [&]() -> aio::Coro<int> {
        int thrown = 0;
        try {
            co_await aio::gather(use(first, 3), use(second, 3));
        } catch (const aio::CancelledError&) {
            ++thrown;
        }
        co_await aio::yield();
        EXPECT_EQ(aio::current_task().cancelling(), 2);
        co_return thrown;
    };
    const auto body = [&]() -> aio::Coro<int> {
        auto task = aio::create_task(gathering());
        co_await aio::sleep(1s);
        task.cancel();
        task.cancel();
        co_return co_await task;
    };
    EXPECT_EQ(run_virtually(body()), 1);
    EXPECT_EQ(first, "cancelled+++");
    EXPECT_EQ(second, "cancelled+++");
}

TEST(Gather, OfOutcomesNeverThrowsForItsChildren) {
    const auto body = []() -> aio::Coro<> {
        auto cancelled = aio::create_task(after(1h, 0));
        cancelled.cancel();
        const auto [good, bad, gone] = co_await aio::gather_outcomes(after(1s, 1), fail_after(2s, "b"), cancelled);
        EXPECT_EQ(good.value(), 1);
        EXPECT_EQ(aio::describe(bad.error()), "aio::ValueError: b");
        EXPECT_FALSE(bad.cancelled());
        EXPECT_TRUE(gone.cancelled());
        EXPECT_THROW(static_cast<void>(bad.value()), aio::ValueError);
    };
    run_virtually(body());
}

TEST(Gather, OfOutcomesThrowsWhenItIsCancelledItself) {
    const auto body = []() -> aio::Coro<> {
        auto task = aio::create_task(
            []() -> aio::Coro<> { static_cast<void>(co_await aio::gather_outcomes(after(1h, 1), after(1h, 2))); });
        co_await aio::sleep(1s);
        task.cancel();
        static_cast<void>(co_await aio::gather_outcomes(task));
        EXPECT_TRUE(task.cancelled());
    };
    run_virtually(body());
}

TEST(Gather, CanBeNested) {
    const auto body = []() -> aio::Coro<int> {
        const auto [inner, c] = co_await aio::gather(aio::gather(after(1s, 1), after(2s, 2)), after(1s, 3));
        const auto [a, b] = inner;
        co_return a * 100 + b * 10 + c;
    };
    EXPECT_EQ(run_virtually(body()), 123);
}

TEST(Gather, CancelledWithAMessageThrowsItOnce) {
    const auto body = []() -> aio::Coro<std::string> {
        auto gather = aio::gather_outcomes(aio::sleep(1h), aio::sleep(1h));
        co_await aio::yield();
        gather.cancel("enough");
        try {
            co_await gather;
        } catch (const aio::CancelledError& error) {
            co_return error.what();
        }
        co_return "";
    };
    EXPECT_EQ(run_virtually(body()), "enough");
}

TEST(Gather, NoticesADoneChildBeforeALaterOneStarts) {
    bool noticed = false;
    const auto body = [&]() -> aio::Coro<> {
        auto failed = aio::get_running_loop().create_future();
        failed.set_exception(aio::ValueError("early"));
        aio::FutureBase gather;
        const auto child = [&]() -> aio::Coro<> {
            noticed = gather.done();
            co_return;
        };
        gather = aio::gather(aio::GatherOpts{aio::OnError::leave_running}, failed, child());
        co_await aio::yield();
        EXPECT_TRUE(gather.exception() != nullptr);
    };
    run_virtually(body());
    EXPECT_TRUE(noticed);
}

}  // namespace
