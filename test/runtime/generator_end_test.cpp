// generator_end_test.cpp - generators that are left before their end
#include "noisy_generator.h"

#include <gtest/gtest.h>

namespace {

using namespace aio_test;

TEST(AsyncGenerator, B11IsClosedInATaskWhenDropped) {
    std::string log;
    const auto closing = [&]() -> aio::AsyncGenerator<int> {
        bool closed = false;
        try {
            co_yield 1;
        } catch (const aio::GeneratorExit&) {
            closed = true;
        }
        if (!closed) co_return;
        log += "closing ";
        co_await aio::sleep(1s);
        log += "closed ";
    };
    const auto body = [&]() -> aio::Coro<> {
        {
            auto generator = closing();
            co_await generator.next();
        }
        EXPECT_EQ(aio::all_tasks().size(), 1U);
        co_await aio::yield();
        EXPECT_EQ(aio::all_tasks().size(), 2U);
        EXPECT_EQ(log, "");
        co_await aio::yield();
        EXPECT_EQ(log, "closing ");
        co_await aio::sleep(2s);
        EXPECT_EQ(log, "closing closed ");
    };
    run_virtually(body());
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(AsyncGenerator, B11IsDestroyedAtOnceOutsideALoop) {
    int destroyed = 0;
    const auto holding = [](Probe) -> aio::AsyncGenerator<int> {
        co_yield 1;
        co_yield 2;
    };
    {
        auto fresh = holding(Probe(&destroyed));
    }
    EXPECT_EQ(destroyed, 1);
    {
        aio::Loop loop;
        auto generator = holding(Probe(&destroyed));
        EXPECT_EQ(loop.run_until_complete(next_of(generator)), 1);
    }
    EXPECT_EQ(destroyed, 2);
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(AsyncGenerator, IsNotResumedWhenTheLoopIsDestroyed) {
    std::string log;
    int destroyed = 0;
    const auto body = [&](Probe) -> aio::Coro<> {
        auto generator = noisy(log);
        while (co_await generator.next()) {
        }
    };
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.create_task(body(Probe(&destroyed)));
        loop.run_once();
        loop.run_once();
    }
    EXPECT_EQ(log, "");
    EXPECT_EQ(destroyed, 1);
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(AsyncGenerator, OutlivesItsLoopAndTheCallThatWasCutShort) {
    std::string log;
    auto generator = noisy(log);
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.run_until_complete(next_of(generator));
        loop.create_task(next_of(generator));
        loop.run_once();
    }
    aio::Loop other;
    EXPECT_EQ(other.run_until_complete(next_of(generator)), std::nullopt);
}

TEST(AsyncGenerator, IsClosedWhenTheRunEnds) {
    std::string log;
    auto first = noisy(log);
    auto second = noisy(log);
    const auto body = [&]() -> aio::Coro<> {
        co_await first.next();
        co_await second.next();
        EXPECT_EQ(log, "");
    };
    run_virtually(body());
    EXPECT_EQ(log, "exit exit ");
}

TEST(AsyncGenerator, ErrorsOfTheLastCloseAreReported) {
    const auto failing = []() -> aio::AsyncGenerator<int> {
        try {
            co_yield 1;
        } catch (const aio::GeneratorExit&) {
        }
        throw aio::ValueError("no end");
    };
    aio::Loop loop;
    Reports reports(loop);
    auto generator = failing();
    loop.run_until_complete(next_of(generator));
    loop.run_until_complete(loop.shutdown_asyncgens());
    ASSERT_EQ(reports.messages.size(), 1U);
    EXPECT_EQ(reports.messages[0],
              "an error occurred during closing of asynchronous generator "
              "<async_generator object <lambda>>");
    EXPECT_EQ(reports.errors[0], "aio::ValueError: no end");
}

std::string last_warning;

TEST(AsyncGenerator, WarnsWhenItBeginsAfterShutdown) {
    std::string log;
    aio::set_warning_hook([](std::string_view message, const std::source_location&) { last_warning = message; });
    aio::Loop loop;
    loop.run_until_complete(loop.shutdown_asyncgens());
    auto generator = noisy(log);
    EXPECT_EQ(loop.run_until_complete(next_of(generator)), 1);
    aio::set_warning_hook(nullptr);
    EXPECT_EQ(last_warning,
              "asynchronous generator <async_generator object noisy> was scheduled after "
              "loop.shutdown_asyncgens() call");
}

aio::AsyncGenerator<int> nested(int depth) {
    if (depth == 0) {
        co_await aio::yield();
        co_yield 1;
        co_return;
    }
    auto inner = nested(depth - 1);
    while (auto value = co_await inner.next()) co_yield *value + 1;
}

TEST(AsyncGenerator, B05DeepChainsNeedNoStack) {
    const auto body = []() -> aio::Coro<> {
        auto generator = nested(100'000);
        EXPECT_EQ(co_await generator.next(), 100'001);
        EXPECT_EQ(co_await generator.next(), std::nullopt);
        auto dropped = nested(1'000);
        co_await dropped.next();
    };
    run_virtually(body());
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(AsyncGenerator, DeepChainsCanBeDroppedOutsideALoop) {
    {
        aio::Loop loop;
        auto generator = nested(100'000);
        EXPECT_EQ(loop.run_until_complete(next_of(generator)), 100'001);
    }
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(AsyncGenerator, B41DeepChainsAreDestroyedWithTheLoop) {
    {
        aio::Loop loop;
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        const auto body = []() -> aio::Coro<> {
            auto generator = nested(100'000);
            co_await generator.next();
        };
        loop.create_task(body());
        loop.run_once();
    }
    EXPECT_EQ(aio::live_frames(), 0U);
}

}  // namespace
