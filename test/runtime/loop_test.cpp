// loop_test.cpp - iterations, timers and errors of a loop
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <poll.h>
#include <unistd.h>
#include <regex>
#include <stdexcept>
#include <thread>

namespace {

using namespace aio_test;

aio::Coro<> nothing() { co_return; }
aio::Coro<> pending_for_ever() { co_await aio::get_running_loop().create_future(); }

TEST(Loop, RunsTimersByDeadlineThenInOrderOfCall) {
    aio::TestClock clock;
    aio::Loop loop({.clock = &clock});
    std::vector<int> order;
    loop.call_at(2, [&] { order.push_back(3); });
    for (int i = 0; i < 3; ++i) loop.call_at(1, [&order, i] { order.push_back(i); });
    loop.call_at(3, [&] { loop.stop(); });
    loop.run_forever();
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3}));
    EXPECT_DOUBLE_EQ(loop.time(), 3);
}

// B29
TEST(Loop, ForgetsCancelledTimersAndKeepsTheOrderOfTheOthers) {
    constexpr int count = 100'000;
    aio::TestClock clock;
    aio::Loop loop({.clock = &clock});
    std::vector<double> fired;
    int destroyed = 0;
    std::vector<aio::TimerHandle> handles;
    for (int i = 0; i < count; ++i) {
        const double when = 1 + i * 7919 % count;
        handles.push_back(loop.call_at(when, [&fired, when, probe = Probe(&destroyed)] { fired.push_back(when); }));
    }
    for (int i = 0; i < count; ++i) {
        if (i % 100 != 0) handles[i].cancel();
    }
    EXPECT_EQ(destroyed, count - count / 100);
    loop.call_at(count + 1, [&] { loop.stop(); });
    loop.run_forever();
    EXPECT_EQ(fired.size(), static_cast<std::size_t>(count / 100));
    EXPECT_TRUE(std::is_sorted(fired.begin(), fired.end()));
}

// B28
TEST(Loop, SleepsOnAVirtualClockInNoTime) {
    const auto start = std::chrono::steady_clock::now();
    const auto body = []() -> aio::Coro<double> {
        co_await aio::sleep(1h);
        co_return aio::get_running_loop().time();
    };
    EXPECT_DOUBLE_EQ(run_virtually(body()), 3600);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
}

// B28
TEST(Loop, ReportsADeadlockOnAVirtualClock) {
    const auto body = []() -> aio::Coro<> {
        auto other = aio::create_task(pending_for_ever(), {.name = "other"});
        co_await other;
    };
    const auto named = [&]() -> aio::Coro<> {
        aio::current_task().set_name("main");
        co_await body();
    };
    const std::string text = message_of<aio::RuntimeError>([&] { run_virtually(named()); });
    EXPECT_EQ(std::regex_replace(text, std::regex(" defined at [^ ,>]+"), ""),
              "deadlock: 2 tasks pending, nothing scheduled\n"
              "  <Task pending name='main' coro=<<lambda>(), in <lambda>()>"
              " wait_for=<Task pending name='other' coro=<pending_for_ever()>>>\n"
              "  <Task pending name='other' coro=<pending_for_ever()> wait_for=<Future pending>>");
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(Loop, ATimerHandleThatIsEmptyIsNeverDue) {
    const aio::TimerHandle none;
    EXPECT_FALSE(none.valid());
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { static_cast<void>(none.when()); }), "there is no timer");
}

TEST(Loop, FiresARealTimerNotBeforeItsTime) {
    aio::Loop loop;
    const double start = loop.time();
    double fired = 0;
    loop.call_later(3ms, [&] {
        fired = loop.time();
        loop.stop();
    });
    loop.run_forever();
    EXPECT_GE(fired - start, 0.003);
}

TEST(Loop, SkipsACancelledHandle) {
    aio::Loop loop;
    int ran = 0;
    auto handle = loop.call_soon([&] { ++ran; });
    loop.call_soon([&] { ++ran; });
    handle.cancel();
    handle.cancel();
    EXPECT_TRUE(handle.cancelled());
    loop.run_once();
    EXPECT_EQ(ran, 1);
}

TEST(Loop, SurvivesACallbackThatCancelsItself) {
    aio::Loop loop;
    aio::Handle handle;
    std::string text(100, 'x');
    std::string seen;
    handle = loop.call_soon([&, text] {
        handle.cancel();
        seen = text;
    });
    loop.run_once();
    EXPECT_EQ(seen, text);
}

TEST(Loop, PassesAnErrorOfACallbackToItsHandlerAndGoesOn) {
    aio::Loop loop;
    Reports reports(loop);
    int ran = 0;
    loop.call_soon([] { throw aio::ValueError("bad"); });
    loop.call_soon([] { throw aio::CancelledError(); });
    loop.call_soon([] { throw 42; });
    loop.call_soon([&] { ++ran; });
    loop.run_once();
    EXPECT_EQ(reports.messages, (std::vector<std::string>(3, "Exception in callback")));
    EXPECT_EQ(reports.errors, (std::vector<std::string>{"aio::ValueError: bad", "aio::CancelledError: ", "int"}));
    EXPECT_EQ(ran, 1);
}

TEST(Loop, SurvivesAnExceptionHandlerThatThrows) {
    aio::Loop loop;
    loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) { throw std::runtime_error("handler"); });
    int ran = 0;
    loop.call_soon([] { throw aio::ValueError("bad"); });
    loop.call_soon([&] { ++ran; });
    loop.run_once();
    EXPECT_EQ(ran, 1);
}

TEST(Loop, IsLeftByAnExitRequestAndCanRunAgain) {
    aio::Loop loop;
    int ran = 0;
    loop.call_soon([] { throw aio::SystemExit(3); });
    loop.call_soon([&] {
        ++ran;
        loop.stop();
    });
    EXPECT_THROW(loop.run_forever(), aio::SystemExit);
    EXPECT_EQ(ran, 0);
    loop.run_forever();
    EXPECT_EQ(ran, 1);
}

TEST(Loop, StopsAfterTheIterationThatIsRunning) {
    aio::Loop loop;
    std::vector<std::string> order;
    loop.call_soon([&] {
        loop.stop();
        loop.call_soon([&] { order.push_back("next run"); });
    });
    loop.call_soon([&] { order.push_back("same iteration"); });
    loop.run_forever();
    EXPECT_EQ(order, std::vector<std::string>{"same iteration"});
    loop.run_once();
    EXPECT_EQ(order.back(), "next run");
}

TEST(Loop, StoppedEarlyLeavesTheTaskToTheNextRun) {
    aio::Loop loop;
    const auto body = [&]() -> aio::Coro<int> {
        loop.stop();
        co_await aio::yield();
        co_return 5;
    };
    auto task = loop.create_task(body());
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.run_until_complete(task); }),
              "Event loop stopped before Future completed.");
    EXPECT_EQ(loop.run_until_complete(task), 5);
}

TEST(Loop, RefusesWorkWhenClosed) {
    aio::Loop loop;
    loop.close();
    loop.close();
    const std::string closed = "Event loop is closed";
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.run_forever(); }), closed);
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.run_until_complete(nothing()); }), closed);
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.call_soon([] {}); }), closed);
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.call_later(1s, [] {}); }), closed);
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.call_soon_threadsafe([] {}); }), closed);
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.create_task(nothing()); }), closed);
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.run_in_executor(nullptr, [] {}); }), closed);
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(Loop, CannotRunInsideAnother) {
    const auto body = []() -> aio::Coro<> {
        aio::Loop other;
        EXPECT_EQ(message_of<aio::RuntimeError>([&] { other.run_until_complete(nothing()); }),
                  "Cannot run the event loop while another loop is running");
        auto& me = aio::get_running_loop();
        EXPECT_EQ(message_of<aio::RuntimeError>([&] { me.run_forever(); }), "This event loop is already running");
        EXPECT_EQ(message_of<aio::RuntimeError>([&] { me.close(); }), "Cannot close a running event loop");
        co_return;
    };
    run_virtually(body());
}

// B38
TEST(Loop, MayMoveToAnotherThreadBetweenRuns) {
    aio::Loop loop({.debug = true});
    int ran = 0;
    loop.call_soon([&] { ++ran; });
    loop.run_once();
    std::thread([&] {
        loop.call_soon([&] { ++ran; });
        loop.run_once();
    }).join();
    loop.call_soon([&] { ++ran; });
    loop.run_once();
    EXPECT_EQ(ran, 3);
}

TEST(Loop, IsNotTheRunningLoopOutsideARun) {
    aio::Loop loop;
    EXPECT_EQ(aio::running_loop_or_null(), nullptr);
    EXPECT_THROW(static_cast<void>(aio::get_running_loop()), aio::RuntimeError);
    aio::Loop* inside = nullptr;
    loop.call_soon([&] { inside = aio::running_loop_or_null(); });
    loop.run_once();
    EXPECT_EQ(inside, &loop);
    EXPECT_EQ(aio::running_loop_or_null(), nullptr);
}

bool is_readable(int fd) {
    pollfd polled{.fd = fd, .events = POLLIN, .revents = 0};
    return ::poll(&polled, 1, 0) == 1;
}

TEST(Loop, TellsAForeignLoopWhenThereIsWork) {
    aio::Loop loop;
    const int fd = loop.fileno();
    EXPECT_FALSE(loop.wait_hint().has_value());
    loop.call_soon([] {});
    EXPECT_EQ(loop.wait_hint(), aio::Seconds(0));
    loop.run_once();
    EXPECT_FALSE(loop.wait_hint().has_value());
    auto timer = loop.call_later(1h, [] {});
    EXPECT_GT(*loop.wait_hint(), aio::Seconds(3500));
    timer.cancel();
    EXPECT_FALSE(loop.wait_hint().has_value());

    int ran = 0;
    EXPECT_FALSE(is_readable(fd));
    for (int i = 0; i < 3; ++i) {
        std::thread([&] { loop.call_soon_threadsafe([&ran] { ++ran; }); }).join();
        EXPECT_TRUE(is_readable(fd));
        loop.run_once();
        EXPECT_EQ(ran, i + 1);
        EXPECT_FALSE(is_readable(fd)) << "the host would spin";
    }
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    loop.add_reader(pipe_ends[0], [&ran, fd = pipe_ends[0]] {
        char byte = 0;
        if (::read(fd, &byte, 1) == 1) ++ran;
    });
    EXPECT_FALSE(is_readable(fd));
    EXPECT_EQ(::write(pipe_ends[1], "x", 1), 1);
    EXPECT_TRUE(is_readable(fd));
    loop.run_once();
    EXPECT_EQ(ran, 4);
    loop.remove_reader(pipe_ends[0]);
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
    loop.close();
    EXPECT_THROW(static_cast<void>(loop.fileno()), aio::RuntimeError);
}

TEST(Loop, NeverWaitsForATimerOfAnInfiniteDelay) {
    aio::TestClock clock;
    aio::Loop loop({.clock = &clock});
    const auto body = []() -> aio::Coro<> { co_await aio::sleep(aio::forever); };
    EXPECT_THROW(loop.run_until_complete(body()), aio::RuntimeError);
    EXPECT_EQ(clock.now(), 0);
    EXPECT_FALSE(loop.wait_hint().has_value());
}

}  // namespace
