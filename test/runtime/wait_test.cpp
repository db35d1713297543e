// wait_test.cpp - waiting for some or all of several tasks
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<int> after(aio::Seconds delay, int value) {
    co_await aio::sleep(delay);
    if (value < 0) throw aio::ValueError("negative");
    co_return value;
}
std::vector<aio::Task<int>> start(std::vector<int> values) {
    std::vector<aio::Task<int>> tasks;
    double delay = 1;
    for (const int value : values) tasks.push_back(aio::create_task(after(aio::Seconds(delay++), value)));
    return tasks;
}

aio::Coro<std::string> counts(std::vector<int> values, aio::WaitOpts options) {
    auto tasks = start(std::move(values));
    const auto found = co_await aio::wait(tasks, options);
    const std::string text = std::to_string(found.done.size()) + "/" + std::to_string(found.pending.size());
    for (const auto& task : found.pending) {
        EXPECT_EQ(task.cancelling(), 0);
        task.cancel();
    }
    static_cast<void>(co_await aio::gather_outcomes(tasks));
    co_return text;
}

TEST(Wait, ReturnsOnTheConditionThatWasAskedFor) {
    EXPECT_EQ(run_virtually(counts({1, 2, 3}, {})), "3/0");
    EXPECT_EQ(run_virtually(counts({1, 2, 3}, {.return_when = aio::FIRST_COMPLETED})), "1/2");
    EXPECT_EQ(run_virtually(counts({1, -2, 3}, {.return_when = aio::FIRST_EXCEPTION})), "2/1");
    EXPECT_EQ(run_virtually(counts({1, 2, 3}, {.return_when = aio::FIRST_EXCEPTION})), "3/0");
}

TEST(Wait, ReturnsWhenItsTimeIsOver) {
    EXPECT_EQ(run_virtually(counts({1, 2, 3}, {.timeout = 2500ms})), "2/1");
    EXPECT_EQ(run_virtually(counts({1, 2, 3}, {.timeout = 0s})), "0/3");
}

TEST(Wait, RefusesNothingAndNonsense) {
    EXPECT_EQ(message_of<aio::ValueError>([] { run_virtually(counts({}, {})); }), "Set of Tasks/Futures is empty.");
    EXPECT_THROW(run_virtually(counts({1}, {.return_when = static_cast<aio::ReturnWhen>(9)})), aio::ValueError);
}

// GCC 12 cannot compile a braced list of tasks inside an await.
TEST(Wait, TakesAFewWithoutARange) {
    const auto body = []() -> aio::Coro<> {
        auto first = aio::create_task(after(1s, 1));
        auto second = aio::create_task(after(2s, 2));
        const auto found = co_await aio::wait({.return_when = aio::FIRST_COMPLETED}, second, first, second);
        EXPECT_EQ(found.done, std::vector{first});
        EXPECT_EQ(found.pending, std::vector{second});
        const aio::WaitOpts half{.timeout = 500ms};
        EXPECT_EQ((co_await aio::wait(half, first, second)).pending, list(second));
        EXPECT_EQ((co_await aio::wait(first, second)).done, list(first, second));
        auto future = aio::get_running_loop().create_future<int>();
        aio::get_running_loop().call_later(1s, [future] { future.set_result(3); });
        EXPECT_EQ((co_await aio::wait(future, future)).done.at(0).result(), 3);
    };
    run_virtually(body());
}

TEST(Wait, CountsDuplicatesOnceAndKeepsTheOrder) {
    const auto body = []() -> aio::Coro<> {
        auto tasks = start({1, 2});
        std::vector twice{tasks[1], tasks[0], tasks[1]};
        const auto found = co_await aio::wait(twice);
        EXPECT_EQ(found.done, (std::vector{tasks[1], tasks[0]}));
    };
    run_virtually(body());
}

TEST(Wait, LeavesItsTasksAloneWhenCancelled) {
    const auto body = []() -> aio::Coro<> {
        auto tasks = start({1, 2});
        auto waiter = aio::create_task(
            [](std::vector<aio::Task<int>> all) -> aio::Coro<> { static_cast<void>(co_await aio::wait(all)); }, tasks);
        co_await aio::yield();
        waiter.cancel();
        static_cast<void>(co_await aio::gather_outcomes(waiter));
        EXPECT_TRUE(waiter.cancelled());
        const auto values = co_await aio::gather(tasks);
        EXPECT_EQ(values, (std::vector<int>{1, 2}));
    };
    run_virtually(body());
}

TEST(Wait, ForTheFirstExceptionLooksAtNoErrorOfTheLastTask) {
    std::vector<std::string> messages;
    const auto body = [&]() -> aio::Coro<> {
        aio::get_running_loop().set_exception_handler(
            [&](aio::Loop&, const aio::ExceptionContext& context) { messages.push_back(context.message); });
        const auto failing = []() -> aio::Coro<int> {
            co_await aio::yield();
            throw aio::ValueError("x");
        };
        std::vector<aio::Task<int>> last{aio::create_task(failing())};
        static_cast<void>(co_await aio::wait(last, {.return_when = aio::FIRST_EXCEPTION}));
        last.clear();
        EXPECT_EQ(messages.size(), 1U);
        std::vector<aio::Task<int>> first{aio::create_task(failing()), aio::create_task(after(1s, 1))};
        static_cast<void>(co_await aio::wait(first, {.return_when = aio::FIRST_EXCEPTION}));
    };
    run_virtually(body());
    EXPECT_EQ(messages, std::vector<std::string>{"Task exception was never retrieved"});
}

TEST(Wait, SurvivesSeveralTasksThatEndTogether) {
    const auto body = []() -> aio::Coro<std::size_t> {
        std::vector<aio::Task<int>> tasks;
        for (int i = 0; i < 4; ++i) tasks.push_back(aio::create_task(after(1s, i)));
        // NOLINTNEXTLINE(coro-ignored-pending): run() cancels them
        const auto found = co_await aio::wait(tasks, {.return_when = aio::FIRST_COMPLETED});
        co_return found.done.size();
    };
    EXPECT_EQ(run_virtually(body()), 4U);
}

}  // namespace
