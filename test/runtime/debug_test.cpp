// debug_test.cpp - what debug mode notices
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

namespace {

using namespace aio_test;

std::vector<std::string> warnings;
std::vector<unsigned> lines;

/// Collects warnings, and runs on a loop whose time the test moves.
class Debug : public testing::Test {
protected:
    void SetUp() override {
        warnings.clear();
        lines.clear();
        aio::set_warning_hook([](std::string_view message, const std::source_location& where) {
            warnings.emplace_back(message);
            lines.push_back(where.line());
        });
    }
    void TearDown() override { aio::set_warning_hook(nullptr); }

    aio::TestClock clock;
    aio::LoopOptions options{.debug = true, .clock = &clock};
};

constexpr unsigned never_line = __LINE__ + 1;
aio::Coro<> never() { co_await aio::get_running_loop().create_future(); }
constexpr unsigned outer_line = __LINE__ + 1;
aio::Coro<> outer() { co_await never(); }
aio::Coro<> busy(aio::TestClock& clock) {
    co_await aio::yield();
    clock.advance(123ms);
}
aio::Coro<> fail() {
    throw aio::ValueError("x");
    co_return;
}

/// "FILE:LINE", as descriptions name a place in this file.
std::string at(unsigned line) { return std::string(__FILE__) + ":" + std::to_string(line); }

/// The same for the place where the compiler says that \p coro is defined.
std::string at(aio::Coro<> coro) {
    const std::string place = place_of(coro.where());
    coro.close();
    return place;
}

TEST_F(Debug, ReportsAStepThatTakesTooLong) {
    aio::Loop loop(options);
    const unsigned line = __LINE__ + 1;
    loop.run_until_complete(loop.create_task(busy(clock), {.name = "slow"}));
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings[0], "Executing <Task finished name='slow' coro=<busy() done, defined at " + at(busy(clock)) +
                               "> created at " + at(line) + "> took 0.123 seconds");
    EXPECT_EQ(lines, std::vector<unsigned>{line});
}

TEST_F(Debug, ReportsACallbackThatTakesTooLong) {
    aio::Loop loop(options);
    loop.call_soon([this] { clock.advance(2s); });
    loop.run_once();
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings[0].rfind("Executing <Handle (anonymous namespace)::Debug_", 0), 0U) << warnings[0];
    EXPECT_TRUE(warnings[0].ends_with("> took 2.000 seconds")) << warnings[0];
}

TEST_F(Debug, ReportsASlowTimerAsATimer) {
    aio::Loop loop(options);
    loop.call_later(0s, [this] { clock.advance(2s); });
    loop.run_once();
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings[0].rfind("Executing <TimerHandle (anonymous namespace)::Debug_", 0), 0U) << warnings[0];
}

TEST_F(Debug, ReportsSlownessFromTheDurationThatIsSet) {
    aio::Loop loop(options);
    EXPECT_DOUBLE_EQ(loop.slow_callback_duration.count(), 0.1);
    loop.call_soon([this] { clock.advance(99ms); });
    loop.run_once();
    EXPECT_TRUE(warnings.empty());
    loop.slow_callback_duration = 50ms;
    loop.call_soon([this] { clock.advance(99ms); });
    loop.run_once();
    EXPECT_EQ(warnings.size(), 1U);
    loop.set_debug(false);
    loop.call_soon([this] { clock.advance(99ms); });
    loop.run_once();
    EXPECT_EQ(warnings.size(), 1U);
}

TEST_F(Debug, AddsThePlaceOfCreationToDescriptions) {
    aio::Loop loop(options);
    auto task = loop.create_task(outer(), {.name = "t"});
    const std::string place = " created at " + at(__LINE__ - 1) + ">";
    EXPECT_EQ(task.describe(), "<Task pending name='t' coro=<outer() defined at " + at(outer()) + ">" + place);
    loop.set_debug(false);
    EXPECT_EQ(task.describe(), "<Task pending name='t' coro=<outer() defined at " + at(outer()) + ">>");
    task.cancel();
    EXPECT_EQ(task.describe(), "<Task cancelling name='t' coro=<outer() defined at " + at(outer()) + ">>");
    loop.run_once();
    EXPECT_EQ(task.describe(), "<Task cancelled name='t' coro=<outer() done, defined at " + at(outer()) + ">>");
    auto failed = loop.create_task(fail(), {.name = "f"});
    loop.run_once();
    EXPECT_EQ(failed.describe(), "<Task finished name='f' coro=<fail() done, defined at " + at(fail()) +
                                     "> exception=<aio::ValueError: x>>");
    EXPECT_EQ(failed.format_stack(), "No stack for " + failed.describe() + "\naio::ValueError: x\n");
    EXPECT_TRUE(failed.exception());
}

TEST_F(Debug, PrintsTheStackOfATask) {
    aio::Loop loop({.clock = &clock});
    auto task = loop.create_task(outer(), {.name = "t"});
    loop.run_once();
    const std::string text = task.format_stack();
    const std::string file = std::string("  File \"") + __FILE__ + "\", line ";
    EXPECT_EQ(text, "Stack for <Task pending name='t' coro=<outer() defined at " + at(outer()) +
                        ", in never() defined at " + at(never()) +
                        "> wait_for=<Future pending>> (most recent call last):\n" + file + std::to_string(outer_line) +
                        ", in outer\n" + file + std::to_string(never_line) + ", in never\n");
    testing::internal::CaptureStderr();
    task.print_stack();
    EXPECT_EQ(testing::internal::GetCapturedStderr(), text);
    task.cancel();
    loop.run_once();
}

TEST_F(Debug, ReportsWhereAnErrorThatNobodySawComesFrom) {
    aio::Loop loop({.clock = &clock});
    std::vector<unsigned> places;
    loop.set_exception_handler([&](aio::Loop&, const aio::ExceptionContext& context) {
        places.push_back(context.source_location.line());
        EXPECT_TRUE(context.future.valid());
    });
    const unsigned first = __LINE__ + 1;
    loop.create_task(fail());
    loop.create_future<int>().set_exception(aio::ValueError("y"));
    loop.run_once();
    EXPECT_EQ(places, (std::vector<unsigned>{first + 1, first}));
}

TEST_F(Debug, ListsTheFramesThatAreLeftWhenTheLoopCloses) {
    aio::Loop other({.clock = &clock});
    auto elsewhere = other.create_task(outer());
    other.run_once();
    auto unstarted = outer();
    {
        aio::Loop loop(options);
        loop.create_task(outer(), {.name = "a"});
        loop.create_task(never(), {.name = "b"});
        loop.run_once();
        loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext&) {});
        loop.close();
        EXPECT_EQ(warnings,
                  std::vector<std::string>{"3 coroutine frames are still alive: outer > never (a), never (b)"});
    }
    EXPECT_EQ(warnings.size(), 1U);
    {
        aio::Loop loop(options);
    }
    EXPECT_EQ(warnings.size(), 1U) << "frames of others are none of this loop's";
    unstarted.close();
    elsewhere.cancel();
    other.run_once();
}

TEST_F(Debug, SaysNothingWhenAllIsInOrder) {
    const auto body = [](aio::TestClock& time) -> aio::Coro<> {
        auto background = aio::create_task(outer());
        co_await aio::sleep(1s);
        time.advance(10ms);
        co_await aio::with_task_group([](aio::TaskGroup& group) -> aio::Coro<> {
            group.create_task(aio::sleep(1s));
            co_return;
        });
    };
    aio::run(body(clock), {.debug = true, .clock = &clock});
    EXPECT_TRUE(warnings.empty());
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST_F(Debug, ReportsAGroupThatWasNeverJoined) {
    const auto body = []() -> aio::Coro<> {
        {
            aio::TaskGroup group;
            co_await group.create_task(aio::sleep(1s));
            co_await aio::yield();
        }
        aio::TaskGroup unused;
    };
    aio::run(body(), {.debug = true, .clock = &clock});
    EXPECT_EQ(warnings, std::vector<std::string>{"TaskGroup was never joined"});
}

TEST_F(Debug, ReportsTheErrorsOfAGroupThatWasNeverJoined) {
    const auto body = []() -> aio::Coro<std::string> {
        Reports reports(aio::get_running_loop());
        try {
            aio::TaskGroup group;
            group.create_task(fail());
            co_await aio::sleep(1s);
        } catch (const aio::CancelledError&) {
        }
        aio::current_task().uncancel();
        aio::get_running_loop().set_exception_handler(nullptr);
        co_return reports.messages.at(0) + "; " + reports.errors.at(0);
    };
    EXPECT_EQ(run_virtually(body()),
              "TaskGroup was destroyed before it was joined; "
              "aio::ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)");
}

TEST_F(Debug, ChecksTheThreadOfEveryFunctionThatIsNotForOthers) {
    aio::Loop loop({.debug = true});
    auto future = loop.create_future<int>();
    auto task = loop.create_task(never());
    std::thread thread([&] { loop.run_forever(); });
    while (!loop.is_running()) std::this_thread::yield();
    const std::vector<std::function<void()>> calls{
        [&] { loop.call_soon([] {}); },
        [&] { loop.call_later(1s, [] {}); },
        [&] { loop.call_at(1, [] {}); },
        [&] { loop.create_task(outer()); },
        [&] { loop.stop(); },
        [&] { loop.set_exception_handler(nullptr); },
        [&] { loop.call_exception_handler({.message = "x"}); },
        [&] { loop.set_default_executor(nullptr); },
        [&] { loop.set_tracer(nullptr); },
        [&] { loop.add_reader(0, [] {}); },
        [&] { loop.remove_writer(0); },
        [&] { future.set_result(1); },
        [&] { future.set_exception(aio::ValueError("x")); },
        [&] { future.cancel(); },
        [&] { static_cast<void>(future.result()); },
        [&] { static_cast<void>(future.exception()); },
        [&] { future.add_done_callback([] {}); },
        [&] { task.cancel(); },
    };
    int number = 0;
    for (const auto& call : calls) {
        EXPECT_EQ(message_of<aio::RuntimeError>(call),
                  "Non-thread-safe operation invoked on an event loop other than the current one")
            << "call " << number;
        ++number;
    }
    loop.call_soon_threadsafe([&] { loop.stop(); });
    thread.join();
    task.cancel();
    loop.run_once();
}

TEST(DebugDeathTest, IsSwitchedOnByTheEnvironment) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    const auto exit_with_debug = [](const char* value) {
        ::setenv("AIO_DEBUG", value, 1);
        std::exit(aio::Loop().get_debug() ? 7 : 8);
    };
    EXPECT_EXIT(exit_with_debug("1"), testing::ExitedWithCode(7), "");
    EXPECT_EXIT(exit_with_debug("0"), testing::ExitedWithCode(8), "");
}

}  // namespace
