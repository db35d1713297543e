// teardown_test.cpp - loops that are destroyed with work left
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>

namespace {

using namespace aio_test;

/// Calls a function when it is destroyed.
template <class F>
class AtEnd {
public:
    explicit AtEnd(F call) : call_(std::move(call)) {}
    AtEnd(const AtEnd&) = delete;
    AtEnd& operator=(const AtEnd&) = delete;
    ~AtEnd() { call_(); }

private:
    F call_;
};

class Teardown : public testing::Test {
protected:
    Teardown() : loop(std::make_unique<aio::Loop>(aio::LoopOptions{.clock = &clock})) {
        loop->set_exception_handler(
            [this](aio::Loop&, const aio::ExceptionContext& context) { log.push_back(context.message); });
    }

    aio::Coro<> level(int depth, std::string name) {
        const Farewell farewell(log, name + std::to_string(depth));
        if (depth == 3)
            co_await aio::sleep(1h);
        else
            co_await level(depth + 1, name);
        log.push_back("resumed");
    }

    aio::TestClock clock;
    std::vector<std::string> log;
    std::unique_ptr<aio::Loop> loop;
};

// B09
TEST_F(Teardown, ReportsPendingTasksAndDestroysThemInnermostFirst) {
    loop->create_task(level(1, "a"));
    loop->create_task(level(1, "b"));
    loop->run_once();
    loop.reset();
    const std::string report = "Task was destroyed but it is pending!";
    EXPECT_EQ(log, (std::vector<std::string>{report, report, "a3", "a2", "a1", "b3", "b2", "b1"}));
    EXPECT_EQ(aio::live_frames(), 0U);
}

// B10
TEST_F(Teardown, LetsADestructorScheduleCompleteAndDrop) {
    auto future = loop->create_future<int>();
    std::optional<aio::Task<>> other;
    const auto waiting = [](aio::Future<int> awaited) -> aio::Coro<> { co_await awaited; };
    const auto meddling = [&]() -> aio::Coro<> {
        const AtEnd meddle([&] {
            loop->call_soon([] { FAIL() << "ran on a closed loop"; });
            loop->call_later(1s, [] {});
            future.set_result(1);
            other->cancel();
            other.reset();
        });
        co_await aio::sleep(1h);
    };
    loop->create_task(meddling());
    auto waiter = loop->create_task(waiting(future));
    other = loop->create_task(waiting(future));
    loop->run_once();
    aio::Loop* raw = loop.get();
    raw->close();
    raw->~Loop();
    ::operator delete(loop.release());
    EXPECT_EQ(future.result(), 1);
    EXPECT_FALSE(waiter.done());
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST_F(Teardown, DropsCallbacksButRunsWhatOtherThreadsWerePromised) {
    int destroyed = 0;
    bool ran = false;
    loop->call_soon([&ran, probe = Probe(&destroyed)] { ran = true; });
    loop->call_later(1s, [&ran, probe = Probe(&destroyed)] { ran = true; });
    std::string promised;
    loop->call_soon_threadsafe([&, probe = Probe(&destroyed)] {
        promised = "ran";
        loop->call_soon([&ran] { ran = true; });
    });
    auto future = loop->create_future<void>();
    future.add_done_callback([&ran, probe = Probe(&destroyed)] { ran = true; });
    future.set_result();
    loop->close();
    loop.reset();
    EXPECT_EQ(destroyed, 4);
    EXPECT_FALSE(ran);
    EXPECT_EQ(promised, "ran");
}

TEST_F(Teardown, LeavesHandlesOfPendingTasksUsable) {
    auto task = loop->create_task(level(1, "a"));
    auto handle = loop->call_later(1s, [] {});
    loop->run_once();
    loop.reset();
    EXPECT_FALSE(task.done());
    EXPECT_THROW(task.result(), aio::InvalidStateError);
    EXPECT_TRUE(task.stack().empty());
    handle.cancel();
    EXPECT_TRUE(task.cancel());
}

TEST_F(Teardown, OfAGroupThatIsStillJoiningDoesNotTerminate) {
    const auto body = [this]() -> aio::Coro<> {
        co_await aio::with_task_group([this](aio::TaskGroup& group) -> aio::Coro<> {
            group.create_task(level(1, "child"));
            co_return;
        });
    };
    loop->create_task(body());
    loop->run_once();
    loop->run_once();
    loop.reset();
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST_F(Teardown, FreesTasksThatWaitForEachOther) {
    auto a = std::make_shared<aio::Task<>>();
    auto b = std::make_shared<aio::Task<>>();
    const auto waiting = [](std::shared_ptr<aio::Task<>> other) -> aio::Coro<> { co_await *other; };
    *a = loop->create_task(waiting(b));
    *b = loop->create_task(waiting(a));
    a.reset();
    b.reset();
    loop->run_once();
    loop.reset();
    EXPECT_EQ(aio::live_frames(), 0U);
}

}  // namespace
