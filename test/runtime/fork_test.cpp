// fork_test.cpp - a loop in a child of fork()
#include "forked_child.h"
#include "pipe.h"
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstdio>
#include <future>
#include <memory>
#include <thread>

namespace {

using namespace aio_test;

const std::string refusal = "The event loop cannot be used after fork()";

template <class F>
bool refuses(F&& call, const std::string& expected = refusal) {
    const std::string message = message_of<aio::RuntimeError>(call);
    if (message != expected) std::fprintf(stderr, "child: %s\n", message.c_str());
    return message == expected;
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

int add(int a, int b) { return a + b; }

/// How many things went wrong with a pool of the parent, which is destroyed.
template <class Pool>
int misuse(std::unique_ptr<Pool>& pool) {
    aio::Loop loop;
    const std::string expected = "The executor cannot be used after fork()";
    int wrong = !refuses([&] { loop.run_in_executor(pool.get(), [] { return 1; }); }, expected);
    pool->shutdown(true, true);
    pool.reset();
    return wrong;
}

TEST(Fork, TheChildMayDropAThreadPoolWithWaitingRunningAndQueuedJobs) {
    const auto body = []() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        auto idle = std::make_unique<aio::ThreadPoolExecutor>(2);
        co_await loop.run_in_executor(idle.get(), [] {});
        auto busy = std::make_unique<aio::ThreadPoolExecutor>(1);
        std::promise<void> gate;
        auto running = loop.run_in_executor(busy.get(), [&] { gate.get_future().wait(); });
        auto queued = loop.run_in_executor(busy.get(), add, 1, 2);
        const auto drop_both = [&] { return misuse(idle) + misuse(busy); };
        EXPECT_EQ(in_child(drop_both), 0);  // NOLINT(coro-blocking-call): the test waits for its child
        gate.set_value();
        co_await running;
        EXPECT_EQ(co_await queued, 3);
        const int sum = co_await loop.run_in_executor(idle.get(), add, 3, 4);
        EXPECT_EQ(sum, 7);
    };
    aio::run(body());
}

TEST(Fork, TheChildMayDropALoopWithItsDefaultExecutor) {
    auto loop = std::make_unique<aio::Loop>();
    const auto body = []() -> aio::Coro<> { co_await aio::to_thread([] {}); };
    loop->run_until_complete(body());
    EXPECT_EQ(in_child([&] {
                  loop.reset();
                  return 0;
              }),
              0);
    loop->run_until_complete(loop->shutdown_default_executor());
}

TEST(Fork, TheChildLeavesTheWorkersOfAProcessPoolAlone) {
    const auto body = []() -> aio::Coro<> {
        aio::Loop& loop = aio::get_running_loop();
        auto pool = std::make_unique<aio::ProcessPoolExecutor>(2);
        const auto drop = [&] { return (pool->pids().empty() ? 0 : 1) + misuse(pool); };
        EXPECT_EQ(in_child(drop), 0);  // NOLINT(coro-blocking-call): the test waits for its child
        EXPECT_EQ(pool->pids().size(), 2U);
        const int sum = co_await loop.run_in_executor(pool.get(), add, 1, 2);
        EXPECT_EQ(sum, 3);
    };
    aio::run(body());
}

TEST(Fork, AProcessPoolEndsWhileAChildHasItsSocketsStill) {
    int gate[2];
    ASSERT_EQ(::pipe(gate), 0);
    auto pool = std::make_unique<aio::ProcessPoolExecutor>(2);
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(60);
        ::close(gate[1]);
        char byte = 0;
        ::_exit(::read(gate[0], &byte, 1) == 0 ? 0 : 1);
    }
    pool.reset();
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, WNOHANG), 0) << "the pool has waited for the child";
    ::close(gate[1]);
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    ::close(gate[0]);
}

}  // namespace
