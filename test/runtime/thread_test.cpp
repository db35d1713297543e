// thread_test.cpp - work that other threads give to a loop
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

namespace {

using namespace aio_test;

TEST(Threads, B21PostManyCallbacksAndEachRunsOnce) {
    constexpr int threads = 8;
    constexpr int posts = 100'000;
    aio::Loop loop;
    std::atomic<int> accepted = 0;
    std::atomic<int> refused = 0;
    int ran = 0;
    std::vector<std::thread> posters;
    for (int i = 0; i < threads; ++i) {
        posters.emplace_back([&] {
            for (int n = 0; n < posts; ++n) {
                try {
                    loop.call_soon_threadsafe([&ran] { ++ran; });
                    ++accepted;
                } catch (const aio::RuntimeError&) {
                    ++refused;
                }
            }
        });
    }
    while (ran < threads * posts / 2) loop.run_once(1ms);
    loop.close();
    const int at_close = ran;
    for (auto& poster : posters) poster.join();
    EXPECT_EQ(accepted + refused, threads * posts);
    EXPECT_EQ(ran, accepted);
    EXPECT_EQ(ran, at_close);
    EXPECT_THROW(loop.call_soon_threadsafe([] {}), aio::RuntimeError);
}

TEST(Threads, PostedCallbacksKeepTheirOrderAndAllRunBeforeTheStop) {
    constexpr int posts = 10'000;
    aio::Loop loop;
    std::vector<int> order;
    std::thread poster([&] {
        for (int n = 0; n < posts; ++n) loop.call_soon_threadsafe([&order, n] { order.push_back(n); });
        loop.call_soon_threadsafe([&] { loop.stop(); });
    });
    loop.run_forever();
    poster.join();
    EXPECT_EQ(order.size(), static_cast<std::size_t>(posts));
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(Threads, TheLoopsOwnPostsDoNotOvertake) {
    aio::Loop loop;
    std::vector<int> order;
    loop.call_soon([&] {
        loop.call_soon([&] { order.push_back(1); });
        loop.call_soon_threadsafe([&] { order.push_back(2); });
        loop.call_soon([&] { order.push_back(3); });
    });
    loop.run_once();
    loop.run_once();
    EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
}

aio::Coro<std::string> slow_echo(std::string text) {
    co_await aio::sleep(1ms);
    co_return text;
}
aio::Coro<> sleeper() { co_await aio::sleep(1h); }

/// A loop that runs on a thread of its own.
class LoopThread {
public:
    LoopThread() : thread_([this] { loop.run_forever(); }) {}
    ~LoopThread() { stop(); }
    void stop() {
        if (!thread_.joinable()) return;
        loop.call_soon_threadsafe([this] { loop.stop(); });
        thread_.join();
    }
    aio::Loop loop;

private:
    std::thread thread_;
};

TEST(ThreadFuture, CarriesResultsErrorsAndTimeouts) {
    LoopThread other;
    EXPECT_EQ(aio::run_coroutine_threadsafe(other.loop, slow_echo("x")).get(5s), "x");
    auto failing = aio::run_coroutine_threadsafe(other.loop, []() -> aio::Coro<> {
        throw 42;
        co_return;
    }());
    EXPECT_THROW(failing.get(), int);
    EXPECT_TRUE(failing.done());
    auto endless = aio::run_coroutine_threadsafe(other.loop, sleeper());
    EXPECT_THROW(endless.get(1ms), aio::TimeoutError);
    EXPECT_TRUE(endless.cancel());
    EXPECT_THROW(endless.get(5s), aio::CancelledError);
    EXPECT_TRUE(endless.cancel());
    EXPECT_FALSE(failing.cancel());
}

TEST(ThreadFuture, IsCancelledAtOnceAndTheCoroutineAfterwards) {
    LoopThread other;
    std::promise<void> asleep;
    std::promise<bool> cancelled;
    const auto body = [&]() -> aio::Coro<int> {
        asleep.set_value();
        try {
            co_await aio::sleep(1h);
        } catch (const aio::CancelledError&) {
            cancelled.set_value(true);
        }
        co_return 1;
    };
    const auto future = aio::run_coroutine_threadsafe(other.loop, body());
    asleep.get_future().wait();
    EXPECT_TRUE(future.cancel());
    EXPECT_TRUE(future.done() && future.cancelled());
    EXPECT_THROW(future.get(), aio::CancelledError);
    EXPECT_TRUE(cancelled.get_future().get());
    other.stop();
    EXPECT_TRUE(future.cancelled()) << "what the coroutine returned comes too late";
}

TEST(ThreadFuture, IsCancelledWithItsTask) {
    LoopThread other;
    const auto body = []() -> aio::Coro<> {
        aio::current_task().cancel();
        co_await aio::sleep(1h);
    };
    const auto future = aio::run_coroutine_threadsafe(other.loop, body());
    EXPECT_THROW(future.get(), aio::CancelledError);
    EXPECT_TRUE(future.cancelled());
}

TEST(ThreadFuture, CanBeAwaitedOnAnotherLoop) {
    LoopThread other;
    const auto body = [&]() -> aio::Coro<> {
        auto future = aio::wrap_future(aio::run_coroutine_threadsafe(other.loop, slow_echo("y")));
        const std::string text = co_await future;
        EXPECT_EQ(text, "y");
        const auto source = aio::run_coroutine_threadsafe(other.loop, sleeper());
        auto wrapped = aio::wrap_future(source);
        wrapped.cancel();
        co_await aio::yield();
        EXPECT_THROW(source.get(5s), aio::CancelledError);  // NOLINT(coro-sync-wait): the source is done
    };
    aio::run(body());
}

TEST(ThreadFuture, B22FailsWhenTheLoopIsClosed) {
    int destroyed = 0;
    const auto holding = [](Probe) -> aio::Coro<> { co_return; };
    aio::Loop loop;
    loop.close();
    const auto future = aio::run_coroutine_threadsafe(loop, holding(Probe(&destroyed)));
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { future.get(5s); }), "Event loop is closed");
    EXPECT_EQ(destroyed, 1);
}

TEST(ThreadFuture, B22FailsWhenTheLoopClosesBeforeTheCoroutineStartsOrEnds) {
    int destroyed = 0;
    const auto holding = [](Probe) -> aio::Coro<> { co_await aio::sleep(1h); };
    auto loop = std::make_unique<aio::Loop>();
    loop->set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
    const auto started = aio::run_coroutine_threadsafe(*loop, holding(Probe(&destroyed)));
    loop->run_once();
    loop->run_once();
    const auto waiting = aio::run_coroutine_threadsafe(*loop, holding(Probe(&destroyed)));
    loop.reset();
    EXPECT_THROW(started.get(5s), aio::RuntimeError);
    EXPECT_THROW(waiting.get(5s), aio::RuntimeError);
    EXPECT_EQ(destroyed, 2);
}

TEST(Threads, ResultIsWaitedForWithoutLimit) {
    aio::Loop loop;
    const auto body = []() -> aio::Coro<int> {
        co_await aio::sleep(1ms);
        co_return 5;
    };
    auto future = aio::run_coroutine_threadsafe(loop, body());
    int result = 0;
    std::thread waiter([&] {
        result = future.get(aio::forever);
        loop.call_soon_threadsafe([&] { loop.stop(); });
    });
    loop.run_forever();
    waiter.join();
    EXPECT_EQ(result, 5);
}

}  // namespace
