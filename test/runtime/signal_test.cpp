// signal_test.cpp - signal handlers of a loop
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <malloc.h>
#include <pthread.h>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <thread>

namespace {

using namespace aio_test;

void ignore_it(int) {}

/// The function that handles \p sig in this process.
auto disposition(int sig) {
    struct sigaction now{};
    ::sigaction(sig, nullptr, &now);
    return now.sa_handler;
}

/// Lets signals arrive and their handlers run.
aio::Coro<> settle() {
    for (int i = 0; i < 4; ++i) co_await aio::yield();
}

TEST(Signal, RunsTheHandlerInTheLoopOnceForEachSignalAndInOrder) {
    std::vector<std::string> log;
    const auto body = [&]() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        loop.add_signal_handler(SIGUSR1, [&] { log.push_back("USR1"); });
        loop.add_signal_handler(SIGUSR2, [&] { log.push_back("USR2"); });
        for (const int sig : {SIGUSR1, SIGUSR2, SIGUSR2, SIGUSR1}) ::raise(sig);
        for (int i = 0; i < 3; ++i) {
            co_await aio::yield();
            log.push_back(std::to_string(i));
        }
    };
    aio::run(body());
    // As in asyncio: noticed in the first iteration, called in the second.
    EXPECT_EQ(log, (std::vector<std::string>{"0", "1", "USR1", "USR2", "USR2", "USR1", "2"}));
}

TEST(Signal, B34AStormWhileTheLoopIsBusyIsNotLostAndNeedsNoMemory) {
    int calls = 0;
    int others = 0;
    const auto body = [&]() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        loop.add_signal_handler(SIGUSR1, [&] { ++calls; });
        loop.add_signal_handler(SIGUSR2, [&] { ++others; });
        const auto in_use = ::mallinfo2().uordblks;
        for (int i = 0; i < 1000; ++i) ::raise(SIGUSR1);
        // The queue is full by then, but this one is not lost either.
        ::raise(SIGUSR2);
        EXPECT_EQ(::mallinfo2().uordblks, in_use);
        co_await settle();
    };
    aio::run(body());
    EXPECT_GE(calls, 1);
    EXPECT_LE(calls, 1000);
    EXPECT_EQ(others, 1);
}

TEST(Signal, B34AStormFromOtherThreadsIsNotLost) {
    std::atomic<int> calls = 0;
    const auto body = [&]() -> aio::Coro<> {
        aio::Event last;
        aio::Loop& loop = aio::get_running_loop();
        loop.add_signal_handler(SIGUSR1, [&] { ++calls; });
        loop.add_signal_handler(SIGUSR2, [&] { last.set(); });
        const auto storm = [] {
            for (int i = 0; i < 500; ++i) ::pthread_kill(::pthread_self(), SIGUSR1);
        };
        std::thread one(storm);
        std::thread two(storm);
        std::thread end([&] {
            one.join();
            two.join();
            ::pthread_kill(::pthread_self(), SIGUSR2);
        });
        co_await last.wait();
        end.join();  // NOLINT(coro-blocking-call): the thread has nothing left to do
    };
    aio::run(body());
    EXPECT_GE(calls, 1);
    EXPECT_LE(calls, 1000);
}

TEST(Signal, WakesALoopThatSleepsWhenAnotherThreadTakesTheSignal) {
    const auto body = [&]() -> aio::Coro<bool> {
        aio::Loop& loop = aio::get_running_loop();
        aio::Event came;
        const auto loop_thread = std::this_thread::get_id();
        bool here = false;
        loop.add_signal_handler(SIGUSR1, [&] {
            here = std::this_thread::get_id() == loop_thread;
            came.set();
        });
        std::thread sender([] { ::pthread_kill(::pthread_self(), SIGUSR1); });
        co_await came.wait();
        sender.join();  // NOLINT(coro-blocking-call): the thread has nothing left to do
        co_return here;
    };
    EXPECT_TRUE(aio::run(body()));
}

TEST(Signal, KeepsErrno) {
    aio::Loop loop;
    loop.add_signal_handler(SIGUSR1, [] {});
    errno = ERANGE;
    ::raise(SIGUSR1);
    EXPECT_EQ(errno, ERANGE);
}

TEST(Signal, RefusesWhatIsNoSignalOrCannotBeCaught) {
    aio::Loop loop;
    for (const int sig : {-1, 0, 32, 65, 1000}) {
        const std::string expected = "invalid signal number " + std::to_string(sig);
        EXPECT_EQ(message_of<aio::ValueError>([&] { loop.add_signal_handler(sig, [] {}); }), expected);
        EXPECT_EQ(message_of<aio::ValueError>([&] { loop.remove_signal_handler(sig); }), expected);
    }
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.add_signal_handler(SIGKILL, [] {}); }),
              "sig 9 cannot be caught");
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.add_signal_handler(SIGSTOP, [] {}); }),
              "sig 19 cannot be caught");
    EXPECT_FALSE(loop.remove_signal_handler(SIGKILL));
    EXPECT_FALSE(loop.remove_signal_handler(SIGUSR1));
    loop.close();
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.add_signal_handler(SIGUSR1, [] {}); }), "Event loop is closed");
    EXPECT_FALSE(loop.remove_signal_handler(SIGUSR1));
}

TEST(Signal, RemovalAndCloseRestoreThePreviousDisposition) {
    const auto before = ::signal(SIGUSR1, &ignore_it);
    aio::Loop loop;
    loop.add_signal_handler(SIGUSR1, [] {});
    loop.add_signal_handler(SIGUSR1, [] {});
    loop.add_signal_handler(SIGUSR2, [] {});
    EXPECT_NE(disposition(SIGUSR1), &ignore_it);
    EXPECT_TRUE(loop.remove_signal_handler(SIGUSR1));
    EXPECT_FALSE(loop.remove_signal_handler(SIGUSR1));
    EXPECT_EQ(disposition(SIGUSR1), &ignore_it);
    loop.add_signal_handler(SIGUSR1, [] {});
    loop.close();
    EXPECT_EQ(disposition(SIGUSR1), &ignore_it);
    EXPECT_EQ(disposition(SIGUSR2), SIG_DFL);
    ::signal(SIGUSR1, before);
}

TEST(Signal, RemovalLeavesADispositionThatTheProgramSetLater) {
    aio::Loop loop;
    loop.add_signal_handler(SIGUSR1, [] {});
    ::signal(SIGUSR1, &ignore_it);
    EXPECT_TRUE(loop.remove_signal_handler(SIGUSR1));
    EXPECT_EQ(disposition(SIGUSR1), &ignore_it);
    ::signal(SIGUSR1, SIG_DFL);
}

TEST(Signal, BelongsToOneLoopAtATime) {
    aio::Loop one;
    aio::Loop two;
    one.add_signal_handler(SIGUSR1, [] {});
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { two.add_signal_handler(SIGUSR1, [] {}); }),
              "signal 10 is handled by another event loop");
    EXPECT_FALSE(two.remove_signal_handler(SIGUSR1));
    one.remove_signal_handler(SIGUSR1);
    two.add_signal_handler(SIGUSR1, [] {});
    EXPECT_TRUE(two.remove_signal_handler(SIGUSR1));
}

TEST(Signal, TwoLoopsInTwoThreadsGetTheirOwnSignals) {
    std::atomic<int> one = 0;
    std::atomic<int> two = 0;
    const auto serve = [](int sig, std::atomic<int>& calls) {
        const auto body = [&]() -> aio::Coro<> {
            aio::Event came;
            aio::get_running_loop().add_signal_handler(sig, [&] {
                ++calls;
                came.set();
            });
            ::kill(::getpid(), sig);
            co_await came.wait();
        };
        aio::run(body());
    };
    std::thread other([&] { serve(SIGUSR2, two); });
    serve(SIGUSR1, one);
    other.join();
    EXPECT_EQ(one, 1);
    EXPECT_EQ(two, 1);
}

TEST(Signal, AHandlerMayRemoveItselfAndReplaceOthers) {
    std::vector<std::string> log;
    const auto body = [&]() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        loop.add_signal_handler(SIGUSR1, [&] {
            log.push_back("first");
            EXPECT_TRUE(loop.remove_signal_handler(SIGUSR1));
            loop.add_signal_handler(SIGUSR1, [&] { log.push_back("second"); });
        });
        ::raise(SIGUSR1);
        co_await settle();
        ::raise(SIGUSR1);
        co_await settle();
    };
    aio::run(body());
    EXPECT_EQ(log, (std::vector<std::string>{"first", "second"}));
}

TEST(Signal, AnErrorOfAHandlerIsReportedAndAnExitRequestLeavesTheLoop) {
    aio::Loop loop;
    Reports reports(loop);
    loop.add_signal_handler(SIGUSR1, [] { throw aio::ValueError("bad"); });
    loop.add_signal_handler(SIGUSR2, [] { throw aio::SystemExit(3); });
    ::raise(SIGUSR1);
    ::raise(SIGUSR2);
    EXPECT_THROW(loop.run_forever(), aio::SystemExit);
    EXPECT_EQ(reports.messages, std::vector<std::string>{"Exception in callback"});
    EXPECT_EQ(reports.errors, std::vector<std::string>{"aio::ValueError: bad"});
}

TEST(Signal, WhatArrivedBeforeTheLoopClosesIsDropped) {
    int calls = 0;
    {
        aio::Loop loop;
        loop.add_signal_handler(SIGUSR1, [&] { ++calls; });
        ::raise(SIGUSR1);
    }
    EXPECT_EQ(calls, 0);
}

TEST(Signal, MayStillComeWhenAVirtualClockHasNothingElseToDo) {
    const auto body = [&]() -> aio::Coro<bool> {
        aio::Event came;
        aio::get_running_loop().add_signal_handler(SIGUSR1, [&] { came.set(); });
        std::thread sender([] { ::pthread_kill(::pthread_self(), SIGUSR1); });
        co_await came.wait();
        sender.join();  // NOLINT(coro-blocking-call): the thread has nothing left to do
        co_return true;
    };
    EXPECT_TRUE(run_virtually(body()));
}

}  // namespace
