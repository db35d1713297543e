// stack_depth_test.cpp - awaiting must not use up the stack
#include "virtual_run.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <functional>

namespace {

using namespace aio_test;

constexpr int deep = 100'000;

/// Runs \p body on a thread with a stack of 256 KiB.
void on_small_stack(std::function<void()> body) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 256 * 1024);
    pthread_t thread{};
    const auto start = [](void* argument) -> void* {
        (*static_cast<std::function<void()>*>(argument))();
        return nullptr;
    };
    ASSERT_EQ(pthread_create(&thread, &attributes, start, &body), 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
}

aio::Coro<int> leaf() { co_return 1; }
aio::Coro<long> many_leaves() {
    long sum = 0;
    for (int i = 0; i < 1'000'000; ++i) sum += co_await leaf();
    co_return sum;
}
aio::Coro<long> recursive(int depth) {
    if (depth == 0) co_return 0;
    co_return 1 + co_await recursive(depth - 1);
}
aio::Coro<long> failing(int depth) {
    if (depth == 0) throw aio::ValueError("bottom");
    co_return 1 + co_await failing(depth - 1);
}
aio::Coro<> suspended(int depth) {
    if (depth == 0)
        co_await aio::sleep(1h);
    else
        co_await suspended(depth - 1);
}

// B05
TEST(StackDepth, DoesNotGrowWithAMillionAwaitsInALoop) {
    on_small_stack([] { EXPECT_EQ(run_virtually(many_leaves()), 1'000'000); });
}

// B05
TEST(StackDepth, DoesNotGrowWithDeepRecursion) {
    on_small_stack([] { EXPECT_EQ(run_virtually(recursive(deep)), deep); });
}

// B05
TEST(StackDepth, DoesNotGrowWhenAnExceptionUnwindsDeepRecursion) {
    on_small_stack([] { EXPECT_THROW(run_virtually(failing(deep)), aio::ValueError); });
}

// B41
TEST(StackDepth, DoesNotGrowWhenADeepTaskIsDestroyed) {
    on_small_stack([] {
        int reports = 0;
        {
            aio::Loop loop;
            loop.set_exception_handler([&](aio::Loop&, const aio::ExceptionContext&) { ++reports; });
            loop.create_task(suspended(deep));
            loop.run_once();
        }
        EXPECT_EQ(reports, 1);
        EXPECT_EQ(aio::live_frames(), 0U);
    });
}

aio::Coro<int> last_of_chain() {
    co_await aio::sleep(1s);
    co_return 1;
}
aio::Coro<int> follow(aio::Task<int> previous) { co_return 1 + co_await previous; }
aio::Coro<int> chain_of_tasks(bool cancel) {
    auto last = aio::create_task(last_of_chain());
    for (int i = 0; i < 20'000; ++i) last = aio::create_task(follow(last));
    co_await aio::yield();
    if (cancel) last.cancel();
    const auto [outcome] = co_await aio::gather_outcomes(last);
    co_return outcome.ok() ? outcome.value() : -1;
}

TEST(StackDepth, DoesNotGrowWithALongChainOfTasks) {
    on_small_stack([] { EXPECT_EQ(run_virtually(chain_of_tasks(false)), 20'001); });
}

TEST(StackDepth, DoesNotGrowWhenALongChainOfTasksIsCancelled) {
    on_small_stack([] { EXPECT_EQ(run_virtually(chain_of_tasks(true)), -1); });
}

}  // namespace
