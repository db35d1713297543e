// run_test.cpp - running a program's main coroutine
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

namespace {

using namespace aio_test;

aio::Coro<int> one() { co_return 1; }

TEST(Run, CancelsAndJoinsWhatIsLeft) {
    std::vector<std::string> log;
    const auto background = [&]() -> aio::Coro<> {
        const auto sleeping = []() -> aio::Coro<> { co_await aio::sleep(1h); };
        const auto cleaning = [&]() -> aio::Coro<> {
            co_await aio::sleep(1s);
            log.push_back("cleaned");
        };
        co_await aio::with_cleanup(sleeping, cleaning);
    };
    const auto body = [&](bool fails) -> aio::Coro<> {
        aio::create_task(background());
        co_await aio::yield();
        if (fails) throw aio::ValueError("main");
    };
    run_virtually(body(false));
    EXPECT_EQ(log.size(), 1U);
    EXPECT_THROW(run_virtually(body(true)), aio::ValueError);
    EXPECT_EQ(log.size(), 2U);
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(Run, ReportsAnErrorOfACancelledTask) {
    std::vector<std::string> messages;
    const auto background = []() -> aio::Coro<> {
        try {
            co_await aio::sleep(1h);
        } catch (const aio::CancelledError&) {
            throw aio::ValueError("cleanup");
        }
    };
    const auto body = [&]() -> aio::Coro<> {
        aio::get_running_loop().set_exception_handler(
            [&](aio::Loop&, const aio::ExceptionContext& context) { messages.push_back(context.message); });
        aio::create_task(background());
        co_await aio::yield();
    };
    run_virtually(body());
    EXPECT_EQ(messages, std::vector<std::string>{"unhandled exception during aio::run() shutdown"});
}

TEST(Run, WaitsForJobsOfTheDefaultExecutor) {
    std::atomic<bool> ended = false;
    const auto body = [&]() -> aio::Coro<> {
        aio::get_running_loop().run_in_executor(nullptr, [&] { ended = true; });
        co_return;
    };
    aio::run(body());
    EXPECT_TRUE(ended);
}

TEST(Run, CannotBeNested) {
    const auto body = []() -> aio::Coro<std::string> {
        co_return message_of<aio::RuntimeError>([] { aio::run(one()); });
    };
    EXPECT_EQ(run_virtually(body()), "asyncio.run() cannot be called from a running event loop");
}

TEST(Run, OfARunnerInARunningLoopNamesTheRunner) {
    const auto body = []() -> aio::Coro<std::string> {
        aio::Runner runner;
        co_return message_of<aio::RuntimeError>([&] { runner.run(one()); });
    };
    EXPECT_EQ(run_virtually(body()), "Runner.run() cannot be called from a running event loop");
}

TEST(Run, UsesTheLoopThatTheFactoryMakes) {
    const auto body = []() -> aio::Coro<bool> { co_return aio::get_running_loop().get_debug(); };
    EXPECT_TRUE(aio::run(
        body(), {.loop_factory = [] { return std::make_unique<aio::Loop>(aio::LoopOptions{.debug = true}); }}));
    EXPECT_FALSE(aio::run(body()));
}

TEST(Run, RefusesAClockThatTheLoopOfAFactoryWouldNotGet) {
    aio::TestClock clock;
    const auto factory = [] { return std::make_unique<aio::Loop>(); };
    EXPECT_THROW(aio::run(one(), {.loop_factory = factory, .clock = &clock}), aio::ValueError);
    aio::Runner runner({.loop_factory = factory, .clock = &clock});
    EXPECT_EQ(message_of<aio::ValueError>([&] { runner.get_loop(); }),
              "RunOptions::clock does not reach a loop of loop_factory: give it to that loop instead");
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(Runner, KeepsItsLoopAndTasksBetweenRuns) {
    aio::TestClock clock;
    aio::Runner runner({.clock = &clock});
    aio::Task<int> task;
    const auto begin = [&]() -> aio::Coro<> {
        task = aio::create_task([]() -> aio::Coro<int> {
            co_await aio::sleep(1s);
            co_return 3;
        });
        co_return;
    };
    const auto end = [&]() -> aio::Coro<int> { co_return co_await task; };
    runner.run(begin());
    EXPECT_FALSE(task.done());
    EXPECT_EQ(runner.run(end()), 3);
    runner.close();
    runner.close();
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { runner.run(one()); }), "Runner is closed");
}

TEST(Run, PassesOnAnExitRequestOfTheMainTaskAndOfACallback) {
    const auto exits = []() -> aio::Coro<> {
        throw aio::SystemExit(4);
        co_return;
    };
    const auto calls_back = []() -> aio::Coro<> {
        aio::get_running_loop().call_soon([] { throw aio::KeyboardInterrupt(); });
        co_await aio::sleep(1h);
    };
    EXPECT_THROW(run_virtually(exits()), aio::SystemExit);
    EXPECT_THROW(run_virtually(calls_back()), aio::KeyboardInterrupt);
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(Run, ShowsACleanupNoTasksOfItsOwn) {
    std::size_t seen = 0;
    const auto lingering = [&]() -> aio::Coro<> {
        try {
            co_await aio::sleep(1h);
        } catch (const aio::CancelledError&) {
            seen = aio::all_tasks().size();
        }
    };
    const auto body = [&]() -> aio::Coro<> {
        aio::create_task(lingering());
        co_await aio::yield();
    };
    run_virtually(body());
    EXPECT_EQ(seen, 1U);
}

TEST(Runner, IsNotClosedByWhatItRuns) {
    aio::TestClock clock;
    aio::Runner runner({.clock = &clock});
    const auto body = [&]() -> aio::Coro<> {
        EXPECT_THROW(runner.close(), aio::RuntimeError);
        co_return;
    };
    runner.run(body());
    runner.run(body());
    runner.close();
}

}  // namespace
