// future_test.cpp - values that will be there later
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>

namespace {

using namespace aio_test;

/// No default constructor, and it can be moved only.
struct Token {
    explicit Token(int number) : number(std::make_unique<int>(number)) {}
    std::unique_ptr<int> number;
};

TEST(Future, RefusesASecondResult) {
    aio::Loop loop;
    auto future = loop.create_future<int>();
    future.set_result(1);
    EXPECT_THROW(future.set_result(2), aio::InvalidStateError);
    EXPECT_THROW(future.set_exception(aio::ValueError("x")), aio::InvalidStateError);
    EXPECT_EQ(future.result(), 1);
    EXPECT_FALSE(future.cancel());
}

TEST(Future, HasNoResultBeforeItIsDone) {
    aio::Loop loop;
    auto future = loop.create_future<int>();
    EXPECT_THROW(static_cast<void>(future.result()), aio::InvalidStateError);
    EXPECT_THROW(static_cast<void>(future.exception()), aio::InvalidStateError);
    EXPECT_THROW(future.take(), aio::InvalidStateError);
}

TEST(Future, ThrowsCancelledErrorWhenCancelled) {
    aio::Loop loop;
    auto future = loop.create_future<int>();
    EXPECT_TRUE(future.cancel("why"));
    EXPECT_TRUE(future.cancelled());
    EXPECT_EQ(message_of<aio::CancelledError>([&] { static_cast<void>(future.result()); }), "why");
    EXPECT_EQ(message_of<aio::CancelledError>([&] { static_cast<void>(future.exception()); }), "why");
}

// B27
TEST(Future, HoldsMoveOnlyReferenceVoidAndConstValues) {
    aio::Loop loop;
    auto token = loop.create_future<Token>();
    token.set_result(Token(3));
    EXPECT_EQ(*token.result().number, 3);
    EXPECT_EQ(*token.take().number, 3);
    EXPECT_THROW(token.take(), aio::InvalidStateError);

    int target = 1;
    auto reference = loop.create_future<int&>();
    reference.set_result(target);
    EXPECT_EQ(&reference.result(), &target);

    auto nothing = loop.create_future<void>();
    nothing.set_result();
    EXPECT_NO_THROW(nothing.result());

    auto constant = loop.create_future<const std::string>();
    constant.set_result("c");
    EXPECT_EQ(constant.result(), "c");
}

// B27
TEST(Future, GivesAMoveOnlyValueToOneAwaiter) {
    const auto body = []() -> aio::Coro<int> {
        auto future = aio::get_running_loop().create_future<Token>();
        future.set_result(Token(8));
        const Token token = co_await std::move(future);
        co_return *token.number;
    };
    EXPECT_EQ(run_virtually(body()), 8);
}

TEST(Future, WakesWaitersInOrderOneIterationLater) {
    std::vector<std::string> order;
    const auto waiter = [&order](aio::Future<int> future, std::string name) -> aio::Coro<> {
        const int value = co_await future;
        order.push_back(name + std::to_string(value));
    };
    const auto body = [&]() -> aio::Coro<> {
        auto future = aio::get_running_loop().create_future<int>();
        auto a = aio::create_task(waiter(future, "a"));
        auto b = aio::create_task(waiter(future, "b"));
        co_await aio::yield();
        future.set_result(1);
        EXPECT_TRUE(order.empty());
        co_await aio::gather(a, b);
    };
    run_virtually(body());
    EXPECT_EQ(order, (std::vector<std::string>{"a1", "b1"}));
}

TEST(Future, CallsBackInOrderAndForgetsRemovedCallbacks) {
    aio::Loop loop;
    auto future = loop.create_future<int>();
    std::vector<int> order;
    future.add_done_callback([&] { order.push_back(1); });
    const auto second = future.add_done_callback([&](aio::FutureBase&) { order.push_back(2); });
    future.add_done_callback([&](aio::Future<int>& done) { order.push_back(done.result()); });
    EXPECT_EQ(future.remove_done_callback(second), 1U);
    EXPECT_EQ(future.remove_done_callback(second), 0U);
    future.set_result(3);
    EXPECT_TRUE(order.empty());
    loop.run_once();
    EXPECT_EQ(order, (std::vector<int>{1, 3}));
}

TEST(Future, OfAnotherLoopCannotBeAwaited) {
    aio::Loop other;
    const auto body = [&]() -> aio::Coro<std::string> {
        auto future = other.create_future<int>();
        try {
            co_await future;
        } catch (const aio::RuntimeError& error) {
            co_return error.what();
        }
        co_return "no error";
    };
    EXPECT_NE(run_virtually(body()).find("attached to a different loop"), std::string::npos);
}

TEST(Future, OfAnotherLoopCannotBeRunUntilComplete) {
    aio::Loop one;
    aio::Loop two;
    EXPECT_THROW(one.run_until_complete(two.create_future<int>()), aio::ValueError);
}

TEST(Future, ReportsAnErrorThatNobodyRetrieved) {
    aio::Loop loop;
    Reports reports(loop);
    {
        loop.create_future<int>().set_exception(aio::ValueError("lost"));
    }
    EXPECT_EQ(reports.messages, std::vector<std::string>{"Future exception was never retrieved"});
    EXPECT_EQ(reports.errors, std::vector<std::string>{"aio::ValueError: lost"});
}

TEST(Future, OfATaskNamesTheOperationThatItDoesNotSupport) {
    aio::Loop loop;
    const aio::Future<int> future = loop.create_task([]() -> aio::Coro<int> { co_return 1; }());
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { future.set_result(2); }),
              "Task does not support set_result operation");
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { future.set_exception(aio::ValueError("x")); }),
              "Task does not support set_exception operation");
    EXPECT_EQ(loop.run_until_complete(future), 1);
}

TEST(Future, IsSilentWhenItsErrorWasRetrieved) {
    aio::Loop loop;
    Reports reports(loop);
    {
        auto future = loop.create_future<int>();
        future.set_exception(aio::ValueError("seen"));
        EXPECT_TRUE(future.exception());
    }
    EXPECT_TRUE(reports.messages.empty());
}

TEST(Future, CanOutliveItsLoop) {
    aio::Future<int> future;
    {
        aio::Loop loop;
        future = loop.create_future<int>();
        future.set_result(4);
    }
    EXPECT_EQ(future.result(), 4);
    EXPECT_THROW(static_cast<void>(future.get_loop()), aio::RuntimeError);
}

// B19
TEST(Future, SurvivesACallbackWhoseCapturesThrowWhenDestroyed) {
    struct Bomb {
        Bomb() = default;
        Bomb(Bomb&& other) noexcept : armed(std::exchange(other.armed, false)) {}
        ~Bomb() noexcept(false) {
            if (armed) throw std::runtime_error("boom");
        }
        void operator()() const {}
        bool armed = true;
    };
    aio::Loop loop;
    Reports reports(loop);
    auto future = loop.create_future<void>();
    int later = 0;
    future.add_done_callback(Bomb());
    future.add_done_callback([&] { ++later; });
    future.set_result();
    loop.run_once();
    EXPECT_EQ(reports.messages, std::vector<std::string>{"Exception in callback"});
    EXPECT_EQ(later, 1);
}

}  // namespace
