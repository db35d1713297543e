// frame_allocation_test.cpp - where frames come from, and when there is no memory
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <new>

namespace {

using namespace aio_test;

/// Counts frames; throws bad_alloc once, when it was told to.
class CountingAllocator : public aio::FrameAllocator {
public:
    CountingAllocator() { aio::set_frame_allocator(this); }
    ~CountingAllocator() override { aio::set_frame_allocator(nullptr); }

    void* allocate(std::size_t size) override {
        if (left_ >= 0 && left_-- == 0) throw std::bad_alloc();
        void* frame = ::operator new(size);
        ++live_;
        ++total_;
        return frame;
    }
    void deallocate(void* frame, std::size_t) noexcept override {
        --live_;
        ::operator delete(frame);
    }

    void fail_after(int successes) { left_ = successes; }
    [[nodiscard]] int live() const { return live_; }
    [[nodiscard]] int total() const { return total_; }

private:
    int left_ = -1;
    int live_ = 0;
    int total_ = 0;
};

aio::Coro<int> after(aio::Seconds delay, int value) {
    co_await aio::sleep(delay);
    co_return value;
}

/// What aio did not write, and what needs a frame to be resumed.
struct Foreign {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter) const {
        aio::get_running_loop().call_soon([waiter] { waiter.resume(); });
    }
    void await_resume() const noexcept {}
};

aio::Coro<int> group_of_users() {
    std::string local;
    const auto use = [](std::string& text) -> aio::Coro<> {
        co_await aio::sleep(5s);
        text += "x";
    };
    const auto body = [&](aio::TaskGroup& group) -> aio::Coro<int> {
        group.create_task(use(local));
        auto task = group.create_task(after, 2s, 1);
        co_return co_await task;
    };
    co_return co_await aio::with_task_group(body);
}

aio::Coro<int> everything() {
    int sum = co_await after(1s, 1);
    const auto [a, b] = co_await aio::gather(after(1s, 1), after(2s, 1));
    sum += a + b + co_await group_of_users();
    sum += co_await aio::timeout(3s, [](aio::Timeout&) -> aio::Coro<int> { co_return co_await after(1s, 1); });
    sum += co_await aio::wait_for(after(1s, 1), 2s);
    std::vector<aio::Task<int>> tasks;
    tasks.push_back(aio::create_task(after(1s, 1)));
    const auto waited = co_await aio::wait(tasks);
    sum += static_cast<int>(waited.done.size());
    aio::Queue<int> queue(1);
    co_await queue.put(1);
    sum += co_await queue.get();
    co_await Foreign();
    const auto cleanup = []() -> aio::Coro<> { co_return; };
    co_return sum + co_await aio::with_cleanup([]() -> aio::Coro<int> { co_return 1; }, cleanup);
}

TEST(FrameAllocation, B31EveryFrameGoesThroughTheAllocator) {
    const CountingAllocator allocator;
    const auto body = []() -> aio::Coro<> { co_await Foreign(); };
    run_virtually(body());
    // The body, what resumes it, and two for the end of run().
    EXPECT_EQ(allocator.total(), 4);
    EXPECT_EQ(allocator.live(), 0);
    EXPECT_EQ(aio::live_frames(), 0U);
}

TEST(FrameAllocation, MayFailAnywhereWithoutALeakAndJoinsEveryGroup) {
    int frames = 0;
    {
        const CountingAllocator allocator;
        EXPECT_EQ(run_virtually(everything()), 9);
        frames = allocator.total();
    }
    for (int i = 0; i < frames; ++i) {
        CountingAllocator allocator;
        allocator.fail_after(i);
        EXPECT_ANY_THROW(run_virtually(everything())) << i;
        EXPECT_EQ(allocator.live(), 0) << i;
    }
    EXPECT_EQ(aio::live_frames(), 0U);
}

}  // namespace
