// subprocess_test.cpp - waiting for, signalling and reaping child processes
#include "child_tools.h"
#include "time_limit.h"

#include <csignal>
#include <map>
#include <optional>
#include <system_error>

namespace {

using namespace aio_test;
using namespace aio::subprocess;

class Subprocess : public BothWays {};

INSTANTIATE_TEST_SUITE_P(Ways, Subprocess, testing::Bool(), name_of_way);

TEST_P(Subprocess, GivesTheExitStatusAndMinusTheSignal) {
    const auto body = []() -> aio::Coro<> {
        const Process exits = co_await shell("exit 7");
        EXPECT_GT(exits.pid(), 0);
        EXPECT_EQ(exits.returncode(), std::nullopt);
        EXPECT_EQ(co_await exits.wait(), 7);
        EXPECT_EQ(exits.returncode(), 7);
        EXPECT_EQ(co_await exits.wait(), 7);
        const Process killed = co_await exec("sleep", "1000");
        killed.kill();
        EXPECT_EQ(co_await killed.wait(), -SIGKILL);
        const Process terminated = co_await exec("sleep", "1000");
        terminated.terminate();
        EXPECT_EQ(co_await terminated.wait(), -SIGTERM);
        const Process signalled = co_await exec("sleep", "1000");
        signalled.send_signal(SIGUSR1);
        EXPECT_EQ(co_await signalled.wait(), -SIGUSR1);
    };
    aio::run(body());
}

TEST_P(Subprocess, ASignalAfterTheEndIsAnErrorOnceTheLoopKnows) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await exec("true");
        const auto pid = static_cast<id_t>(process.pid());
        siginfo_t info;
        ::waitid(P_PID, pid, &info, WEXITED | WNOWAIT);  // NOLINT(coro-blocking-call): it ends at once
        // The loop does not know yet.
        process.kill();
        EXPECT_EQ(co_await process.wait(), 0);
        const auto error_of = [](auto&& send) {
            try {
                send();
            } catch (const aio::ProcessLookupError& gone) {
                return gone.code().value();
            }
            return 0;
        };
        EXPECT_EQ(error_of([&] { process.kill(); }), ESRCH);
        EXPECT_EQ(error_of([&] { process.terminate(); }), ESRCH);
        EXPECT_EQ(error_of([&] { process.send_signal(0); }), ESRCH);
        const std::string name = "process " + std::to_string(process.pid());
        EXPECT_EQ(message_of<std::system_error>([&] { process.kill(); }), name + ": No such process");
    };
    aio::run(body());
}

TEST_P(Subprocess, AnInvalidSignalIsAnError) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await exec("sleep", "1000");
        EXPECT_THROW(process.send_signal(1000), std::system_error);
        process.kill();
        co_await process.wait();
    };
    aio::run(body());
}

TEST_P(Subprocess, WakesAllWhoWaitInOrderAndACancelledOneHurtsNobody) {
    std::vector<std::string> log;
    const auto body = [&]() -> aio::Coro<> {
        const Process process = co_await exec("sleep", "1000");
        const auto waiter = [&](std::string name) -> aio::Coro<> {
            try {
                const int code = co_await process.wait();
                log.push_back(name + std::to_string(code));
            } catch (const aio::CancelledError&) {
                log.push_back(name + " cancelled");
                throw;
            }
        };
        const auto one = aio::create_task(waiter("one"));
        const auto two = aio::create_task(waiter("two"));
        const auto three = aio::create_task(waiter("three"));
        co_await aio::yield();
        two.cancel();
        co_await aio::yield();
        process.kill();
        co_await one;
        co_await three;
    };
    aio::run(body());
    EXPECT_EQ(log, (std::vector<std::string>{"two cancelled", "one-9", "three-9"}));
}

TEST_P(Subprocess, WaitHasATimeLimitAndTheChildGoesOn) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await exec("sleep", "1000");
        co_await expect_outlived(process, process.wait());
    };
    aio::run(body());
}

TEST_P(Subprocess, IsReapedWithoutAHandle) {
    const auto body = []() -> aio::Coro<> {
        co_await exec("true");
        const Process other = co_await exec("sleep", "0.01");
        co_await other.wait();
    };
    aio::run(body());
}

TEST_P(Subprocess, GoesOnAndIsReapedWhenTheLoopIsClosed) {
    const Folder folder;
    Process process;
    const auto body = [&]() -> aio::Coro<> {
        std::map<std::string, std::string> env;
        env["TARGET"] = folder / "out";
        env["PATH"] = "/bin:/usr/bin";
        process = co_await shell("sleep 0.05; echo done > $TARGET", {.env = &env});
    };
    aio::run(body());
    await_no_children();
    EXPECT_EQ(text_of(folder / "out"), "done\n");
    EXPECT_EQ(process.returncode(), std::nullopt);
}

TEST_P(Subprocess, ManyAtOnceAreAllReaped) {
    const auto body = []() -> aio::Coro<int> {
        std::vector<aio::Task<int>> tasks;
        const auto one = [](int code) -> aio::Coro<int> {
            const Process process = co_await shell("exit " + std::to_string(code));
            co_return co_await process.wait();
        };
        for (int i = 0; i < 40; ++i) tasks.push_back(aio::create_task(one(i)));
        int sum = 0;
        for (const int code : co_await aio::gather(tasks)) sum += code;
        co_return sum;
    };
    EXPECT_EQ(aio::run(body()), 780);
}

TEST_P(Subprocess, WhatOtherCodeHasReapedEndsWith255) {
    const auto body = []() -> aio::Coro<int> {
        const Process process = co_await exec("sleep", "1000");
        // Before the loop hears of it: this blocks its thread.
        process.kill();
        ::waitpid(process.pid(), nullptr, 0);  // NOLINT(coro-blocking-call): it was killed
        EXPECT_NO_THROW(process.terminate());
        co_return co_await process.wait();
    };
    const int code = aio::run(body());
    // The waiting thread may have been faster.
    EXPECT_TRUE(code == 255 || (GetParam() && code == -SIGKILL)) << code;
}

TEST_P(Subprocess, AVirtualClockStandsStillWhileAChildRuns) {
    const auto body = []() -> aio::Coro<bool> {
        const Process process = co_await exec("true");
        const aio::Task<> far = aio::create_task(aio::sleep(1h));
        co_await process.wait();
        const bool early = !far.done();
        far.cancel();
        co_return early;
    };
    EXPECT_TRUE(run_virtually(body()));
}

}  // namespace
