// timeout_test.cpp - time limits of blocks and of single waits
#include "virtual_run.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

aio::Coro<int> after(aio::Seconds delay, int value) {
    co_await aio::sleep(delay);
    co_return value;
}

aio::Coro<int> swallow() {
    try {
        co_await aio::sleep(1h);
    } catch (const aio::CancelledError&) {
    }
    co_return 7;
}

template <class F>
aio::Coro<bool> times_out(F make) {
    try {
        co_await make();
    } catch (const aio::TimeoutError&) {
        co_return true;
    }
    co_return false;
}

TEST(Timeout, GivesTheResultOfABlockThatIsInTime) {
    const auto body = []() -> aio::Coro<> {
        aio::Timeout limit;
        const int value = co_await aio::timeout(1s, [&](aio::Timeout& t) -> aio::Coro<int> {
            limit = t;
            co_return co_await after(10ms, 3);
        });
        EXPECT_EQ(value, 3);
        EXPECT_FALSE(limit.expired());
        EXPECT_THROW(limit.reschedule(1.0), aio::RuntimeError);
    };
    run_virtually(body());
}

TEST(Timeout, CancelsTheBlockAndTakesTheRequestBack) {
    const auto body = []() -> aio::Coro<> {
        aio::Timeout limit;
        const bool late = co_await times_out([&] {
            return aio::timeout(10ms, [&](aio::Timeout& t) -> aio::Coro<> {
                limit = t;
                co_await aio::sleep(1h);
            });
        });
        EXPECT_TRUE(late);
        EXPECT_TRUE(limit.expired());
        EXPECT_EQ(aio::current_task().cancelling(), 0);
        EXPECT_LT(aio::get_running_loop().time(), 1.0);
    };
    run_virtually(body());
}

TEST(Timeout, OfTheOuterBlockPassesThroughTheInnerOne) {
    const auto body = []() -> aio::Coro<> {
        bool inner_timed_out = false;
        const bool late = co_await times_out([&] {
            return aio::timeout(10ms, [&](aio::Timeout&) -> aio::Coro<> {
                inner_timed_out = co_await times_out(
                    [] { return aio::timeout(1s, [](aio::Timeout&) -> aio::Coro<> { co_await aio::sleep(1h); }); });
            });
        });
        EXPECT_TRUE(late);
        EXPECT_FALSE(inner_timed_out);
    };
    run_virtually(body());
}

TEST(Timeout, LetsACancellationFromOutsideWin) {
    const auto body = []() -> aio::Coro<> {
        auto task = aio::create_task(times_out(
            [] { return aio::timeout(10ms, [](aio::Timeout&) -> aio::Coro<> { co_await aio::sleep(1h); }); }));
        aio::get_running_loop().call_later(10ms, [task] { task.cancel(); });
        co_await aio::wait(list(task));
        EXPECT_TRUE(task.cancelled());
    };
    run_virtually(body());
}

TEST(Timeout, NeedsATask) {
    aio::Loop loop;
    loop.call_soon([&] {
        auto coro = aio::timeout_at(1.0, [](aio::Timeout&) -> aio::Coro<> { co_return; });
        coro.close();
        EXPECT_THROW(aio::detail::TimeoutScope(1.0), aio::RuntimeError);
        loop.stop();
    });
    loop.run_forever();
}

TEST(Timeout, MayBeDestroyedWithTheLoop) {
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.create_task(aio::timeout(std::nullopt, [](aio::Timeout& limit) -> aio::Coro<> {
            limit.reschedule(aio::get_running_loop().time() + 3600);
            co_await aio::sleep(1h);
        }));
        loop.run_once();
        loop.run_once();
    }
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(WaitFor, GivesWhatIsInTime) {
    const auto body = []() -> aio::Coro<> {
        EXPECT_EQ(co_await aio::wait_for(after(1ms, 1), 1s), 1);
        EXPECT_EQ(co_await aio::wait_for(after(1ms, 2), std::nullopt), 2);
        auto future = aio::get_running_loop().create_future<int>();
        future.set_result(3);
        EXPECT_EQ(co_await aio::wait_for(future, 0s), 3);
        EXPECT_EQ(co_await aio::wait_for(future, 1s), 3);
        co_await aio::wait_for(aio::sleep(1ms), 1s);
    };
    run_virtually(body());
}

TEST(WaitFor, CancelsAndJoinsWhatIsLate) {
    const auto body = []() -> aio::Coro<> {
        auto task = aio::create_task(after(1h, 1));
        EXPECT_TRUE(co_await times_out([&] { return aio::wait_for(task, 10ms); }));
        EXPECT_TRUE(task.cancelled());
        EXPECT_TRUE(co_await times_out([&] { return aio::wait_for(after(1h, 1), 0s); }));
        auto future = aio::get_running_loop().create_future<int>();
        EXPECT_TRUE(co_await times_out([&] { return aio::wait_for(future, 10ms); }));
        EXPECT_TRUE(future.cancelled());
        EXPECT_EQ(co_await aio::wait_for(swallow(), 10ms), 7);
        EXPECT_EQ(aio::current_task().cancelling(), 0);
    };
    run_virtually(body());
}

TEST(WaitFor, GivesACancellationPriorityOverAResult) {
    const auto body = []() -> aio::Coro<> {
        auto future = aio::get_running_loop().create_future<int>();
        auto task = aio::create_task(aio::wait_for(future, 1s));
        co_await aio::yield();
        future.set_result(1);
        task.cancel();
        co_await aio::wait(list(task));
        EXPECT_TRUE(task.cancelled());
    };
    run_virtually(body());
}

TEST(Shield, FollowsTheInnerTask) {
    const auto body = []() -> aio::Coro<> {
        EXPECT_EQ(co_await aio::shield(after(1ms, 5)), 5);
        auto done = aio::get_running_loop().create_future<int>();
        done.set_result(6);
        EXPECT_EQ(aio::shield(done), done);
        auto failing = aio::get_running_loop().create_future<int>();
        auto outer = aio::shield(failing);
        EXPECT_THROW(outer.set_result(1), aio::RuntimeError);
        failing.set_exception(aio::ValueError("inner"));
        bool thrown = false;
        try {
            co_await outer;
        } catch (const aio::ValueError&) {
            thrown = true;
        }
        EXPECT_TRUE(thrown);
    };
    run_virtually(body());
}

TEST(Shield, KeepsCancellationAway) {
    const auto body = []() -> aio::Coro<> {
        auto inner = aio::create_task(after(10ms, 5));
        auto waiter = aio::create_task(aio::wait_for(aio::shield(inner), 1s));
        co_await aio::yield();
        waiter.cancel();
        co_await aio::wait(list(waiter));
        EXPECT_TRUE(waiter.cancelled());
        EXPECT_EQ(co_await inner, 5);
    };
    run_virtually(body());
}

TEST(Shield, PassesTheCancellationOfTheInnerTaskOn) {
    const auto body = []() -> aio::Coro<> {
        auto inner = aio::create_task(after(1h, 5));
        auto outer = aio::shield(inner);
        inner.cancel();
        co_await aio::wait(list(outer));
        EXPECT_TRUE(outer.cancelled());
    };
    run_virtually(body());
}

TEST(Shield, MayBeDroppedBeforeOrAfterTheOutcome) {
    std::vector<std::string> reports;
    const auto body = [&]() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        Reports handler(loop);
        const auto value = std::make_shared<int>(1);
        auto future = loop.create_future<std::shared_ptr<int>>();
        static_cast<void>(aio::shield(future));
        auto kept = aio::shield(future);
        static_cast<void>(aio::shield(loop.create_future<int>()));
        future.set_result(value);
        EXPECT_FALSE(kept.done());
        kept = {};
        co_await aio::yield();
        co_await aio::yield();
        EXPECT_EQ(value.use_count(), 2) << "the shields are gone, and the value is where it was";
        EXPECT_EQ(future.result(), value);
        auto failing = loop.create_future<int>();
        auto seen = aio::shield(failing);
        static_cast<void>(aio::shield(failing));  // as in asyncio, its error is seen by nobody
        failing.set_exception(aio::ValueError("x"));
        co_await aio::yield();
        EXPECT_TRUE(seen.exception());
        reports = handler.errors;
        loop.set_exception_handler({});
    };
    run_virtually(body());
    EXPECT_EQ(reports, std::vector<std::string>{"aio::ValueError: x"});
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(WaitFor, OfAGatherWithoutTimeTimesOut) {
    const auto body = []() -> aio::Coro<bool> {
        auto gather = aio::gather(aio::sleep(1h), aio::sleep(1h));
        co_await aio::yield();
        try {
            co_await aio::wait_for(gather, 0s);
        } catch (const aio::TimeoutError&) {
            co_return true;
        }
        co_return false;
    };
    EXPECT_TRUE(run_virtually(body()));
}

TEST(Shield, CallsItsCallbacksWhenNobodyKeepsIt) {
    int calls = 0;
    const auto body = [&]() -> aio::Coro<> {
        const auto inner = aio::create_task(aio::sleep(1s));
        aio::shield(inner).add_done_callback([&] { ++calls; });
        co_await inner;
        co_await aio::yield();
        co_await aio::yield();
        // A shield of a future that can never be done goes with it.
        aio::shield(aio::get_running_loop().create_future()).add_done_callback([&] { ++calls; });
    };
    run_virtually(body());
    EXPECT_EQ(calls, 1);
}

TEST(Shield, KeepsTheMessageOfACancellationInside) {
    const auto body = []() -> aio::Coro<std::string> {
        auto inner = aio::create_task(aio::sleep(1h));
        auto outer = aio::shield(inner);
        co_await aio::yield();
        inner.cancel("why");
        try {
            co_await outer;
        } catch (const aio::CancelledError& error) {
            co_return error.what();
        }
        co_return "not cancelled";
    };
    EXPECT_EQ(run_virtually(body()), "");
}

TEST(Shield, CancelledInTheIterationOfTheErrorHasSeenIt) {
    std::vector<std::string> reports;
    const auto body = [&]() -> aio::Coro<> {
        Reports handler(aio::get_running_loop());
        {
            auto inner = aio::get_running_loop().create_future();
            const auto outer = aio::shield(inner);
            outer.cancel();
            inner.set_exception(aio::ValueError("late"));
        }
        co_await aio::yield();
        co_await aio::yield();
        reports = handler.messages;
        aio::get_running_loop().set_exception_handler({});
    };
    run_virtually(body());
    EXPECT_EQ(reports, std::vector<std::string>());
}

}  // namespace
