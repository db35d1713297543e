// coro_test.cpp - coroutines before and while they are awaited
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <memory>

namespace {

using namespace aio_test;

aio::Coro<int> answer() { co_return 42; }
aio::Coro<int> holding(Probe) { co_return 1; }
aio::Coro<> started(bool& flag) {
    flag = true;
    co_return;
}

TEST(Coro, RunsNothingBeforeItIsAwaited) {
    bool ran = false;
    auto coro = started(ran);
    EXPECT_FALSE(ran);
    run_virtually(std::move(coro));
    EXPECT_TRUE(ran);
}

// B02, B03
TEST(Coro, DestroysItsArgumentOnceWhenNeverStarted) {
    int destroyed = 0;
    {
        auto coro = holding(Probe(&destroyed));  // NOLINT(coro-unawaited-task): the test is about losing it
    }
    EXPECT_EQ(destroyed, 1);
    EXPECT_EQ(aio::live_frames(), 0U);
}

// B02
TEST(Coro, DestroysItsArgumentOnceWhenItHasRun) {
    int destroyed = 0;
    EXPECT_EQ(run_virtually(holding(Probe(&destroyed))), 1);
    EXPECT_EQ(destroyed, 1);
}

// B02
TEST(Coro, KeepsAMoveOnlyArgumentUntilItHasEnded) {
    const auto body = [](std::unique_ptr<int> value) -> aio::Coro<int> {
        co_await aio::sleep(1s);
        co_return *value;
    };
    EXPECT_EQ(run_virtually(body(std::make_unique<int>(7))), 7);
}

// B03
TEST(Coro, CanBeMovedAndAssignedWithoutLeak) {
    int destroyed = 0;
    {
        auto first = holding(Probe(&destroyed));
        auto second = std::move(first);  // NOLINT(coro-unawaited-task): the test is about losing it
        EXPECT_FALSE(first.valid());
        EXPECT_TRUE(second.valid());
        auto& same = second;
        second = std::move(same);
        EXPECT_TRUE(second.valid());
        second = holding(Probe(&destroyed));
        EXPECT_EQ(destroyed, 1);
    }
    EXPECT_EQ(destroyed, 2);
}

// B04
TEST(Coro, CannotBeAwaitedTwice) {
    const auto body = []() -> aio::Coro<std::string> {
        auto coro = answer();
        static_cast<void>(co_await std::move(coro));
        try {
            static_cast<void>(co_await std::move(coro));
        } catch (const aio::RuntimeError& error) {
            co_return error.what();
        }
        co_return "no error";
    };
    EXPECT_EQ(run_virtually(body()), "cannot reuse already awaited coroutine");
}

TEST(Coro, CannotBecomeATaskAfterItWasMovedFrom) {
    const auto body = []() -> aio::Coro<std::string> {
        auto coro = answer();
        coro.close();
        co_return message_of<aio::RuntimeError>([&] { aio::create_task(std::move(coro)); });
    };
    EXPECT_EQ(run_virtually(body()), "cannot reuse already awaited coroutine");
}

TEST(Coro, KnowsItsNameAndPlace) {
    auto coro = answer();
    EXPECT_EQ(coro.name(), "answer");
    EXPECT_NE(std::string(coro.where().file_name()).find("coro_test.cpp"), std::string::npos);
    coro.close();
    EXPECT_FALSE(coro.valid());
    EXPECT_EQ(coro.name(), "");
}

TEST(Coro, ReturnsReferencesAndMoveOnlyValues) {
    int target = 1;
    const auto reference = [&target]() -> aio::Coro<int&> { co_return target; };
    const auto unique = []() -> aio::Coro<std::unique_ptr<int>> { co_return std::make_unique<int>(5); };
    const auto body = [&]() -> aio::Coro<int> {
        int& same = co_await reference();
        same = 9;
        const auto five = co_await unique();
        co_return *five;
    };
    EXPECT_EQ(run_virtually(body()), 5);
    EXPECT_EQ(target, 9);
}

// B32
TEST(Coro, IsGoneBeforeItsAwaiterGoesOn) {
    std::vector<std::string> gone;
    const auto child = [&gone]() -> aio::Coro<> {
        const Farewell first(gone, "first");
        const Farewell second(gone, "second");
        co_await aio::sleep(1h);
    };
    const auto parent = [&]() -> aio::Coro<> {
        try {
            co_await child();
        } catch (const aio::CancelledError&) {
            gone.push_back("parent");
            throw;
        }
    };
    const auto body = [&]() -> aio::Coro<> {
        auto task = aio::create_task(parent());
        co_await aio::yield();
        task.cancel();
        static_cast<void>(co_await aio::gather_outcomes(task));
    };
    run_virtually(body());
    EXPECT_EQ(gone, (std::vector<std::string>{"second", "first", "parent"}));
}

std::vector<std::string> warnings;

class NeverAwaited : public testing::Test {
protected:
    void SetUp() override {
        warnings.clear();
        aio::set_warning_hook([](std::string_view message, const std::source_location& where) {
            warnings.push_back(std::string(message) + " " + (where.line() > 0 ? "somewhere" : ""));
        });
    }
    void TearDown() override { aio::set_warning_hook(nullptr); }

    static void run_in(bool debug, void (*drop)()) {
        const auto body = [](void (*call)()) -> aio::Coro<> {
            call();
            co_return;
        };
        aio::run(body(drop), {.debug = debug});
    }
};

// B06
TEST_F(NeverAwaited, IsReportedOnceInDebugMode) {
    run_in(true, [] { static_cast<void>(answer()); });
    EXPECT_EQ(warnings, std::vector<std::string>{"coroutine 'answer' was never awaited somewhere"});
}

// B06
TEST_F(NeverAwaited, IsSilentOutsideDebugMode) {
    run_in(false, [] { static_cast<void>(answer()); });
    EXPECT_TRUE(warnings.empty());
}

// B06
TEST_F(NeverAwaited, IsSilentForClosedAndCancelledCoroutines) {
    run_in(true, [] {
        answer().close();
        aio::create_task(answer()).cancel();
    });
    EXPECT_TRUE(warnings.empty());
}

TEST(FrameAllocator, SeesEveryFrame) {
    class Counting : public aio::FrameAllocator {
    public:
        void* allocate(std::size_t size) override {
            ++allocated;
            return ::operator new(size);
        }
        void deallocate(void* frame, std::size_t) noexcept override {
            ++freed;
            ::operator delete(frame);
        }
        int allocated = 0;
        int freed = 0;
    };
    Counting counting;
    aio::set_frame_allocator(&counting);
    const auto body = []() -> aio::Coro<int> { co_return co_await answer(); };
    const int result = run_virtually(body());
    aio::set_frame_allocator(nullptr);
    EXPECT_EQ(result, 42);
    EXPECT_GE(counting.allocated, 2);
    EXPECT_EQ(counting.allocated, counting.freed);
}

aio::Coro<> greeting() { co_return; }

TEST(Coro, DescribesItselfAsPythonDoes) {
    auto coro = greeting();
    const std::string text = coro.describe();
    EXPECT_TRUE(text.starts_with("<coroutine object greeting at 0x")) << text;
    EXPECT_TRUE(text.ends_with(">")) << text;
    coro.close();
    EXPECT_EQ(coro.describe(), "<coroutine object>");
}

}  // namespace
