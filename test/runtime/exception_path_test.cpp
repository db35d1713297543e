// exception_path_test.cpp - exceptions of any type, on every path
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <functional>
#include <thread>

namespace {

using namespace aio_test;

/// Cannot be copied when it counts: whoever catches it has the object thrown.
class Precious {
public:
    explicit Precious(int number) noexcept : number_(number) {}
    Precious(const Precious& other) : number_(other.number_) {
        if (number_ != 0) throw std::logic_error("copied");
    }
    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

aio::Coro<int> throw_number() {
    co_await aio::yield();
    throw 42;
    co_return 0;
}
aio::Coro<int> throw_precious() {
    co_await aio::yield();
    throw Precious(42);
    co_return 0;
}

/// What \p path lets out: "int 42", "Precious 42", or something wrong.
aio::Coro<std::string> caught(std::function<aio::Coro<int>()> path) {
    try {
        co_await path();
    } catch (int number) {
        co_return "int " + std::to_string(number);
    } catch (const Precious& precious) {
        co_return "Precious " + std::to_string(precious.number());
    } catch (const aio::ExceptionGroup& group) {
        std::string text;
        group.for_each<int>([&](int number) { text += "group of int " + std::to_string(number); });
        group.for_each<Precious>(
            [&](const Precious& one) { text += "group of Precious " + std::to_string(one.number()); });
        co_return text;
    }
    co_return "nothing";
}

using Thrower = aio::Coro<int> (*)();

std::vector<std::function<aio::Coro<int>()>> paths(Thrower thrower) {
    return {
        [thrower]() -> aio::Coro<int> { co_return co_await thrower(); },
        [thrower]() -> aio::Coro<int> { co_return co_await aio::create_task(thrower()); },
        [thrower]() -> aio::Coro<int> { co_return std::get<0>(co_await aio::gather(thrower(), thrower())); },
        [thrower]() -> aio::Coro<int> {
            const auto outcomes = co_await aio::gather_outcomes(thrower());
            co_return std::get<0>(outcomes).value();
        },
        [thrower]() -> aio::Coro<int> { co_return co_await aio::wait_for(thrower(), 1h); },
        [thrower]() -> aio::Coro<int> { co_return co_await aio::shield(aio::create_task(thrower())); },
        [thrower]() -> aio::Coro<int> {
            const auto work = [thrower] { return aio::Loop().run_until_complete(thrower()); };
            co_return co_await aio::to_thread(work);
        },
        [thrower]() -> aio::Coro<int> {
            aio::Loop& loop = aio::get_running_loop();
            co_return co_await aio::wrap_future(aio::run_coroutine_threadsafe(loop, thrower()));
        },
    };
}

TEST(ExceptionPath, B18KeepsTypeAndObject) {
    const auto body = [](Thrower thrower, std::string expected) -> aio::Coro<> {
        for (const auto& path : paths(thrower)) EXPECT_EQ(co_await caught(path), expected);
        const auto group = [thrower]() -> aio::Coro<int> {
            const auto start = [thrower](aio::TaskGroup& tasks) -> aio::Coro<int> {
                co_return co_await tasks.create_task(thrower());
            };
            co_return co_await aio::with_task_group(start);
        };
        EXPECT_EQ(co_await caught(group), "group of " + expected);
    };
    run_virtually(body(&throw_number, "int 42"));
    run_virtually(body(&throw_precious, "Precious 42"));
}

TEST(ExceptionPath, B18CrossesThreadsThroughAThreadFuture) {
    aio::Loop loop;
    const auto number = aio::run_coroutine_threadsafe(loop, throw_number());
    const auto precious = aio::run_coroutine_threadsafe(loop, throw_precious());
    std::thread runner([&] { loop.run_forever(); });
    EXPECT_THROW(number.get(), int);
    EXPECT_THROW(precious.get(), Precious);
    loop.call_soon_threadsafe([&] { loop.stop(); });
    runner.join();
}

}  // namespace
