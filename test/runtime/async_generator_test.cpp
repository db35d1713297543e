// async_generator_test.cpp - coroutines that give a sequence of values
#include "noisy_generator.h"

#include <gtest/gtest.h>

#include <memory>

namespace {

using namespace aio_test;

aio::AsyncGenerator<int> count(int end) {
    for (int i = 0; i < end; ++i) {
        co_await aio::yield();
        co_yield i;
    }
}

/// The message of the error that awaiting \p awaitable throws.
template <class Error, class A>
aio::Coro<std::string> failure(A awaitable) {
    try {
        static_cast<void>(co_await std::move(awaitable));
    } catch (const Error& error) {
        co_return error.what();
    }
    co_return "no error";
}

TEST(AsyncGenerator, GivesItsValuesAndThenNothing) {
    const auto body = []() -> aio::Coro<> {
        auto numbers = count(3);
        std::vector<int> seen;
        while (auto number = co_await numbers.next()) seen.push_back(*number);
        EXPECT_EQ(seen, (std::vector{0, 1, 2}));
        EXPECT_EQ(co_await numbers.next(), std::nullopt);
        EXPECT_EQ(co_await numbers.next(), std::nullopt);
    };
    run_virtually(body());
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(AsyncGenerator, DoesNotSuspendTheTaskByItself) {
    const auto direct = []() -> aio::AsyncGenerator<std::string> {
        co_yield "a";
        co_yield std::string("b");
    };
    bool ran = false;
    const auto body = [&]() -> aio::Coro<> {
        aio::get_running_loop().call_soon([&] { ran = true; });
        auto letters = direct();
        EXPECT_EQ(co_await letters.next(), "a");
        EXPECT_EQ(co_await letters.next(), "b");
        EXPECT_EQ(co_await letters.next(), std::nullopt);
        EXPECT_FALSE(ran);
    };
    run_virtually(body());
}

TEST(AsyncGenerator, YieldsReferencesAndMoveOnlyValues) {
    const auto references = [](std::vector<int>& items) -> aio::AsyncGenerator<int&> {
        for (int& item : items) co_yield item;
    };
    const auto owners = []() -> aio::AsyncGenerator<std::unique_ptr<int>> {
        co_yield std::make_unique<int>(4);
        auto last = std::make_unique<int>(5);
        co_yield std::move(last);
    };
    const auto body = [&]() -> aio::Coro<> {
        std::vector<int> items{1, 2};
        auto each = references(items);
        while (int* item = co_await each.next()) *item *= 10;
        EXPECT_EQ(items, (std::vector{10, 20}));
        auto owned = owners();
        int sum = 0;
        while (auto value = co_await owned.next()) sum += **value;
        EXPECT_EQ(sum, 9);
    };
    run_virtually(body());
}

TEST(AsyncGenerator, ThrowsItsErrorOnce) {
    const auto failing = []() -> aio::AsyncGenerator<int> {
        co_yield 1;
        throw aio::ValueError("broken");
    };
    const auto body = [&]() -> aio::Coro<> {
        auto values = failing();
        EXPECT_EQ(co_await values.next(), 1);
        EXPECT_EQ(co_await failure<aio::ValueError>(values.next()), "broken");
        EXPECT_EQ(co_await values.next(), std::nullopt);
    };
    run_virtually(body());
}

TEST(AsyncGenerator, TakesWhatIsSent) {
    const auto echo = []() -> aio::AsyncGenerator<std::string, int> {
        std::string answer = "begin";
        while (true) {
            const std::optional<int> sent = co_yield answer;
            answer = sent ? std::to_string(*sent) : "nothing";
        }
    };
    const auto body = [&]() -> aio::Coro<> {
        auto generator = echo();
        EXPECT_EQ(co_await failure<aio::TypeError>(generator.asend(1)),
                  "can't send non-None value to a just-started async generator");
        EXPECT_EQ(co_await generator.next(), "begin");
        EXPECT_EQ(co_await generator.asend(7), "7");
        EXPECT_EQ(co_await generator.next(), "nothing");
        co_await generator.aclose();
    };
    run_virtually(body());
}

TEST(AsyncGenerator, ThrowsWhatIsThrownIn) {
    const auto catching = []() -> aio::AsyncGenerator<int> {
        bool caught = false;
        try {
            co_yield 1;
        } catch (const aio::ValueError&) {
            caught = true;
        }
        if (caught) co_yield 99;
    };
    const auto body = [&]() -> aio::Coro<> {
        const auto error = std::make_exception_ptr(aio::ValueError("x"));
        auto begun = catching();
        EXPECT_EQ(co_await begun.next(), 1);
        EXPECT_EQ(co_await begun.athrow(error), 99);
        EXPECT_EQ(co_await begun.next(), std::nullopt);
        EXPECT_EQ(co_await begun.athrow(error), std::nullopt);
        auto fresh = catching();
        EXPECT_EQ(co_await failure<aio::ValueError>(fresh.athrow(error)), "x");
        EXPECT_EQ(co_await fresh.next(), std::nullopt);
    };
    run_virtually(body());
}

TEST(AsyncGenerator, IsClosedAtItsYield) {
    std::string log;
    const auto body = [&]() -> aio::Coro<> {
        auto generator = noisy(log);
        EXPECT_EQ(co_await generator.next(), 1);
        co_await generator.aclose();
        EXPECT_EQ(log, "exit ");
        EXPECT_EQ(co_await generator.next(), std::nullopt);
        co_await generator.aclose();
        auto fresh = noisy(log);
        co_await fresh.aclose();
        EXPECT_EQ(co_await fresh.next(), std::nullopt);
        EXPECT_EQ(log, "exit ");
    };
    run_virtually(body());
}

TEST(AsyncGenerator, MayNotYieldWhileItIsClosed) {
    const auto stubborn = []() -> aio::AsyncGenerator<int> {
        try {
            co_yield 1;
        } catch (const aio::GeneratorExit&) {
        }
        co_yield 2;
        co_yield 3;
    };
    const auto body = [&]() -> aio::Coro<> {
        auto generator = stubborn();
        EXPECT_EQ(co_await generator.next(), 1);
        EXPECT_EQ(co_await failure<aio::RuntimeError>(aio::ensure_future(generator.aclose())),
                  "async generator ignored GeneratorExit");
        EXPECT_EQ(co_await generator.next(), 3);
    };
    run_virtually(body());
}

TEST(AsyncGenerator, TakesOneCallerAtATime) {
    std::string log;
    const auto body = [&]() -> aio::Coro<> {
        auto generator = noisy(log);
        co_await generator.next();
        auto inside = aio::create_task(next_of(generator));
        co_await aio::yield();
        EXPECT_EQ(co_await failure<aio::RuntimeError>(generator.next()),
                  "anext(): asynchronous generator is already running");
        const auto error = std::make_exception_ptr(aio::ValueError("x"));
        EXPECT_EQ(co_await failure<aio::RuntimeError>(generator.athrow(error)),
                  "athrow(): asynchronous generator is already running");
        EXPECT_EQ(co_await failure<aio::RuntimeError>(aio::ensure_future(generator.aclose())),
                  "aclose(): asynchronous generator is already running");
        EXPECT_EQ(co_await inside, 2);
    };
    run_virtually(body());
}

TEST(AsyncGenerator, GetsTheCancellationOfItsCaller) {
    std::string log;
    const auto body = [&]() -> aio::Coro<> {
        auto generator = noisy(log);
        co_await generator.next();
        auto inside = aio::create_task(next_of(generator));
        co_await aio::yield();
        inside.cancel();
        EXPECT_EQ(co_await inside, std::nullopt);
        EXPECT_EQ(log, "cancelled ");
    };
    run_virtually(body());
}

TEST(AsyncGenerator, WorksWithTimeLimits) {
    std::string log;
    const auto body = [&]() -> aio::Coro<> {
        auto generator = noisy(log);
        EXPECT_EQ(co_await aio::wait_for(generator.next(), 1s), 1);
        auto patient = aio::wait_for(generator.next(), 2s);
        EXPECT_EQ(co_await std::move(patient), 2);
        EXPECT_EQ(std::get<0>(co_await aio::gather(generator.next())), std::nullopt);
    };
    run_virtually(body());
}

TEST(AsyncGenerator, RunsInTheContextOfItsCaller) {
    aio::ContextVar<std::string> name("name", "none");
    const auto read = [&]() -> aio::AsyncGenerator<std::string> {
        while (true) co_yield name.get();
    };
    const auto step = [&](aio::AsyncGenerator<std::string>& generator) -> aio::Coro<std::string> {
        name.set("task");
        co_return *co_await generator.next();
    };
    const auto body = [&]() -> aio::Coro<> {
        auto names = read();
        EXPECT_EQ(co_await names.next(), "none");
        EXPECT_EQ(co_await aio::create_task(step(names)), "task");
        EXPECT_EQ(co_await names.next(), "none");
    };
    run_virtually(body());
}

TEST(AsyncGenerator, ForEachCallsFunctionsAndCoroutines) {
    const auto body = []() -> aio::Coro<> {
        int sum = 0;
        co_await aio::for_each(count(4), [&](int number) { sum += number; });
        EXPECT_EQ(sum, 6);
        auto numbers = count(10);
        const auto add = [&](int number) -> aio::Coro<bool> {
            co_await aio::sleep(1ms);
            sum += number;
            co_return number < 2;
        };
        co_await aio::for_each(numbers, add);
        EXPECT_EQ(sum, 9);
        EXPECT_EQ(co_await numbers.next(), 3);
        co_await aio::for_each(numbers, [&](int number) { return number < 5; });
        EXPECT_EQ(co_await numbers.next(), 6);
    };
    run_virtually(body());
}

TEST(AsyncGenerator, ForEachClosesWhatItOwns) {
    std::string log;
    const auto body = [&]() -> aio::Coro<> {
        const auto fail = [](int) { throw aio::ValueError("stop"); };
        EXPECT_EQ(co_await failure<aio::ValueError>(aio::for_each(noisy(log), fail)), "stop");
        EXPECT_EQ(log, "exit ");
    };
    run_virtually(body());
}

/// Throws when it is closed.
aio::AsyncGenerator<int> fails_to_end() {
    try {
        co_yield 1;
    } catch (const aio::GeneratorExit&) {
    }
    throw aio::RuntimeError("no end");
}

// As `async with aclosing()`: the error of the end wins, with the other as its context.
TEST(AsyncGenerator, ForEachKeepsTheErrorOfTheCallBesideThatOfTheEnd) {
    const auto body = []() -> aio::Coro<std::string> {
        try {
            co_await aio::for_each(fails_to_end(), [](int) { throw aio::ValueError("stop"); });
        } catch (const aio::RuntimeError& error) {
            const auto context = [&] { std::rethrow_if_nested(error); };
            co_return error.what() + (" during " + message_of<aio::ValueError>(context));
        }
        co_return "no error";
    };
    EXPECT_EQ(run_virtually(body()), "no end during stop");
}

TEST(AsyncGenerator, ForEachThrowsTheErrorOfTheEnd) {
    const auto body = []() -> aio::Coro<> {
        const auto stop = [](int) { return false; };
        EXPECT_EQ(co_await failure<aio::RuntimeError>(aio::for_each(fails_to_end(), stop)), "no end");
    };
    run_virtually(body());
}

}  // namespace
