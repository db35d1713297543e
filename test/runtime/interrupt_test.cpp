// interrupt_test.cpp - SIGINT and run()
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

namespace {

using namespace aio_test;

void ignore_it(int) {}

auto disposition() {
    struct sigaction now{};
    ::sigaction(SIGINT, nullptr, &now);
    return now.sa_handler;
}

TEST(Interrupt, CancelsTheMainTaskAndBecomesKeyboardInterrupt) {
    std::vector<std::string> log;
    const auto body = [&]() -> aio::Coro<> {
        EXPECT_NE(disposition(), SIG_DFL);
        ::raise(SIGINT);
        try {
            co_await aio::sleep(1h);
        } catch (const aio::CancelledError&) {
            log.push_back("cancelled");
            throw;
        }
    };
    EXPECT_THROW(aio::run(body()), aio::KeyboardInterrupt);
    EXPECT_EQ(log, std::vector<std::string>{"cancelled"});
    EXPECT_EQ(disposition(), SIG_DFL);
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(Interrupt, WakesALoopThatSleeps) {
    const auto body = [&]() -> aio::Coro<> {
        std::thread sender([] { ::kill(::getpid(), SIGINT); });
        sender.detach();
        co_await aio::sleep(1h);
    };
    EXPECT_THROW(aio::run(body()), aio::KeyboardInterrupt);
}

TEST(Interrupt, IsDeliveredAtTheVeryNextAwait) {
    const auto body = [&]() -> aio::Coro<> {
        ::raise(SIGINT);
        co_await aio::yield();
        ADD_FAILURE() << "not cancelled";
    };
    EXPECT_THROW(aio::run(body()), aio::KeyboardInterrupt);
}

TEST(Interrupt, LeavesTheResultOfATaskThatSwallowsTheCancellation) {
    const auto body = [&]() -> aio::Coro<int> {
        ::raise(SIGINT);
        try {
            co_await aio::sleep(1h);
        } catch (const aio::CancelledError&) {  // NOLINT(coro-swallowed-cancellation): what this test is about
        }
        co_return aio::current_task().cancelling();
    };
    EXPECT_EQ(aio::run(body()), 1);
    EXPECT_EQ(disposition(), SIG_DFL);
}

TEST(Interrupt, LeavesAnotherErrorOfTheMainTask) {
    const auto body = [&]() -> aio::Coro<> {
        ::raise(SIGINT);
        try {
            co_await aio::sleep(1h);
        } catch (const aio::CancelledError&) {
            throw aio::ValueError("cleanup failed");
        }
    };
    EXPECT_THROW(aio::run(body()), aio::ValueError);
}

TEST(Interrupt, IsNoKeyboardInterruptWhenOthersCancelledTheTaskToo) {
    const auto body = [&]() -> aio::Coro<> {
        ::raise(SIGINT);
        aio::current_task().cancel();
        co_await aio::sleep(1h);
    };
    EXPECT_THROW(aio::run(body()), aio::CancelledError);
}

TEST(Interrupt, ASecondOneLeavesTheLoopAtOnce) {
    std::vector<std::string> log;
    const auto stubborn = [&]() -> aio::Coro<> {
        ::raise(SIGINT);
        try {
            co_await aio::sleep(1h);
        } catch (const aio::CancelledError&) {  // NOLINT(coro-swallowed-cancellation): what this test is about
            log.push_back("first");
        }
        ::raise(SIGINT);
        try {
            co_await aio::sleep(1h);
        } catch (const aio::CancelledError&) {
            // The cleanup of run(), after the interrupt.
            log.push_back("cleanup");
            EXPECT_EQ(disposition(), SIG_DFL);
            throw;
        }
    };
    EXPECT_THROW(aio::run(stubborn()), aio::KeyboardInterrupt);
    EXPECT_EQ(log, (std::vector<std::string>{"first", "cleanup"}));
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(Interrupt, InTheLastStepOfTheMainTaskIsNotLost) {
    const auto body = [&]() -> aio::Coro<int> {
        co_await aio::yield();
        ::raise(SIGINT);
        co_return 1;
    };
    EXPECT_THROW(aio::run(body()), aio::KeyboardInterrupt);
    const auto fails = [&]() -> aio::Coro<int> {
        ::raise(SIGINT);
        throw aio::ValueError("main");
        co_return 1;
    };
    EXPECT_THROW(aio::run(fails()), aio::ValueError);
}

TEST(Interrupt, IsLeftToAProgramThatHandlesItItself) {
    const auto body = [&]() -> aio::Coro<int> {
        EXPECT_EQ(disposition(), &ignore_it);
        ::raise(SIGINT);
        co_await aio::yield();
        co_return aio::current_task().cancelling();
    };
    ::signal(SIGINT, &ignore_it);
    EXPECT_EQ(aio::run(body()), 0);
    EXPECT_EQ(disposition(), &ignore_it);
    ::signal(SIGINT, SIG_DFL);
}

TEST(Interrupt, IsLeftAloneOutsideTheMainThread) {
    std::thread([&] {
        const auto body = [&]() -> aio::Coro<> {
            EXPECT_EQ(disposition(), SIG_DFL);
            co_return;
        };
        aio::run(body());
    }).join();
}

TEST(Interrupt, AHandlerOfTheLoopReplacesTheCancellationUntilItIsRemoved) {
    int calls = 0;
    const auto body = [&]() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        loop.add_signal_handler(SIGINT, [&] { ++calls; });
        ::raise(SIGINT);
        for (int i = 0; i < 4; ++i) co_await aio::yield();
        EXPECT_EQ(calls, 1);
        EXPECT_TRUE(loop.remove_signal_handler(SIGINT));
        ::raise(SIGINT);
        co_await aio::sleep(1h);
    };
    EXPECT_THROW(aio::run(body()), aio::KeyboardInterrupt);
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(disposition(), SIG_DFL);
}

TEST(Interrupt, AHandlerThatIsNotRemovedLastsAsLongAsTheLoopOfARunner) {
    int calls = 0;
    {
        aio::Runner runner;
        const auto first = [&]() -> aio::Coro<> {
            aio::get_running_loop().add_signal_handler(SIGINT, [&] { ++calls; });
            co_return;
        };
        const auto second = [&]() -> aio::Coro<> {
            ::raise(SIGINT);
            for (int i = 0; i < 4; ++i) co_await aio::yield();
        };
        runner.run(first());
        EXPECT_NE(disposition(), SIG_DFL);
        runner.run(second());
    }
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(disposition(), SIG_DFL);
}

TEST(Interrupt, ARunnerGoesOnAfterAnInterrupt) {
    aio::Runner runner;
    const auto interrupted = [&]() -> aio::Coro<> {
        ::raise(SIGINT);
        co_await aio::sleep(1h);
    };
    const auto one = []() -> aio::Coro<int> { co_return 1; };
    EXPECT_THROW(runner.run(interrupted()), aio::KeyboardInterrupt);
    EXPECT_EQ(runner.run(one()), 1);
    EXPECT_THROW(runner.run(interrupted()), aio::KeyboardInterrupt);
}

}  // namespace
