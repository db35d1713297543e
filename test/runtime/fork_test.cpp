// fork_test.cpp - a loop in a child of fork()
#include "pipe.h"
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace aio_test;

const std::string refusal = "The event loop cannot be used after fork()";

/// Forks and returns the exit status of the child, which runs \p call; -1 when a
/// signal ended it. The child leaves without destructors, as it should.
template <class F>
int in_child(F&& call) {
    const pid_t child = ::fork();
    if (child == 0) {
        int status = 99;
        try {
            status = call();
        } catch (const std::exception& error) {
            std::fprintf(stderr, "child: %s\n", error.what());
        } catch (...) {
        }
        ::_exit(status);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

template <class F>
bool refuses(F&& call) {
    const std::string message = message_of<aio::RuntimeError>(call);
    if (message != refusal) std::fprintf(stderr, "child: %s\n", message.c_str());
    return message == refusal;
}

aio::Coro<int> one() { co_return 1; }

/// How many things went wrong with a loop of the parent.
int misuse(aio::Loop& loop) {
    int wrong = 0;
    wrong += !refuses([&] { loop.call_soon([] {}); });
    wrong += !refuses([&] { loop.call_later(1s, [] {}); });
    wrong += !refuses([&] { loop.call_soon_threadsafe([] {}); });
    wrong += !refuses([&] { loop.create_task(one()); });
    wrong += !refuses([&] { loop.add_signal_handler(SIGUSR1, [] {}); });
    wrong += !refuses([&] { loop.run_in_executor(nullptr, [] {}); });
    wrong += !refuses([&] { loop.run_once(); });
    wrong += !refuses([&] { loop.run_until_complete(one()); });
    return wrong;
}

TEST(Fork, AnIdleLoopIsRefusedInTheChild) {
    aio::Loop loop;
    EXPECT_EQ(in_child([&] { return misuse(loop); }), 0);
    EXPECT_EQ(loop.run_until_complete(one()), 1);
}

TEST(Fork, ARunningLoopDoesNotRunInTheChild) {
    int steps = 0;
    const auto body = [&]() -> aio::Coro<int> {
        aio::Loop& loop = aio::get_running_loop();
        aio::create_task([&]() -> aio::Coro<> {
            ++steps;
            co_return;
        });
        co_return in_child([&] {  // NOLINT(coro-blocking-call): the test waits for its child
            int wrong = misuse(loop);
            wrong += aio::running_loop_or_null() != nullptr;
            wrong += aio::current_task().valid();
            return wrong;
        });
    };
    EXPECT_EQ(aio::run(body()), 0);
}

TEST(Fork, TheChildLeavesTheLoopWithAnErrorAndWithoutCleanup) {
    std::vector<std::string> log;
    pid_t child = 0;
    const auto background = [&]() -> aio::Coro<> {
        const Farewell farewell(log, "destroyed");
        co_await aio::sleep(1h);
    };
    const auto body = [&]() -> aio::Coro<> {
        aio::create_task(background());
        co_await aio::yield();
        aio::get_running_loop().call_soon([&] { log.push_back("ran"); });
        child = ::fork();
        co_await aio::yield();
    };
    try {
        aio::run(body());
    } catch (const aio::RuntimeError& error) {
        const bool fine = child == 0 && error.what() == refusal && log.empty();
        ::_exit(fine ? 0 : 1);
    }
    ASSERT_GT(child, 0);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(log, (std::vector<std::string>{"ran", "destroyed"}));
}

TEST(Fork, TheChildMayRunALoopOfItsOwn) {
    const auto body = [&]() -> aio::Coro<int> {
        const auto child = [&] {
            const auto inner = []() -> aio::Coro<int> {
                co_await aio::sleep(1ms);
                co_return 7;
            };
            return aio::run(inner());  // NOLINT(coro-nested-run): the child has no running loop
        };
        co_return in_child(child);  // NOLINT(coro-blocking-call): the test waits for its child
    };
    EXPECT_EQ(aio::run(body()), 7);
}

TEST(Fork, TheChildGetsTheSignalsThatTheParentsLoopHandles) {
    const auto body = [&]() -> aio::Coro<int> {
        int calls = 0;
        aio::get_running_loop().add_signal_handler(SIGUSR1, [&] { ++calls; });
        const int status = in_child([] {  // NOLINT(coro-blocking-call): the test waits for its child
            ::raise(SIGUSR1);
            return 0;
        });
        EXPECT_EQ(status, -1) << "the child's default action is to end";
        ::raise(SIGUSR1);
        for (int i = 0; i < 4; ++i) co_await aio::yield();
        co_return calls;
    };
    EXPECT_EQ(aio::run(body()), 1);
}

TEST(Fork, WithLiveThreadsTheChildCanDropEverything) {
    const auto body = [&]() -> aio::Coro<int> {
        aio::Loop& loop = aio::get_running_loop();
        co_await aio::to_thread([] {});
        auto other = std::make_unique<aio::Loop>();
        std::thread runs([&] { other->run_forever(); });
        aio::Event ready;
        other->call_soon_threadsafe([&] { loop.call_soon_threadsafe([&] { ready.set(); }); });
        co_await ready.wait();
        const int status = in_child([&] {  // NOLINT(coro-blocking-call): the test waits for its child
            const int wrong = misuse(*other) + misuse(loop);
            // The thread that runs it is not here: nothing may wait for it.
            other.reset();
            return wrong;
        });
        other->call_soon_threadsafe([&] { other->stop(); });
        runs.join();  // NOLINT(coro-blocking-call): the other loop stops by itself
        co_return status;
    };
    EXPECT_EQ(aio::run(body()), 0);
}

TEST(Fork, AChildTakesNoDescriptorFromTheLoopOfItsParent) {
    const Pipe pipe;
    aio::Loop loop;
    std::string got;
    loop.add_reader(pipe.reader(), [&] { got += pipe.take(); });
    EXPECT_EQ(in_child([&] { return loop.remove_reader(pipe.reader()) ? 0 : 1; }), 0);
    pipe.put("for the parent");
    loop.run_once(1s);
    EXPECT_EQ(got, "for the parent");
    loop.remove_reader(pipe.reader());
}

}  // namespace
