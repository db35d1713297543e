// thread_test.cpp - work that other threads give to a loop
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

namespace {

using namespace aio_test;

TEST(Threads, PostManyCallbacksAndEachRunsOnce) {
    constexpr int threads = 8;
    constexpr int posts = 20'000;
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
    EXPECT_FALSE(endless.cancel());
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

TEST(ThreadFuture, FailsWhenTheLoopIsClosed) {
    int destroyed = 0;
    const auto holding = [](Probe) -> aio::Coro<> { co_return; };
    aio::Loop loop;
    loop.close();
    const auto future = aio::run_coroutine_threadsafe(loop, holding(Probe(&destroyed)));
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { future.get(5s); }), "Event loop is closed");
    EXPECT_EQ(destroyed, 1);
}

TEST(ThreadFuture, FailsWhenTheLoopClosesBeforeTheCoroutineStartsOrEnds) {
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

}  // namespace
