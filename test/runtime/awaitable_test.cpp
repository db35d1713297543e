// awaitable_test.cpp - awaitables that aio did not write
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <coroutine>
#include <optional>
#include <thread>

namespace {

using namespace aio_test;

enum class Where { nowhere, ready, suspend, resume };

struct Throwing {
    Where where;
    bool await_ready() const {
        if (where == Where::ready) throw aio::ValueError("ready");
        return false;
    }
    bool await_suspend(std::coroutine_handle<>) const {
        if (where == Where::suspend) throw aio::ValueError("suspend");
        return false;
    }
    int await_resume() const {
        if (where == Where::resume) throw aio::ValueError("resume");
        return 5;
    }
};

/// Keeps the handle for somebody else to resume.
struct Parked {
    std::coroutine_handle<>* place;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const noexcept { *place = handle; }
    void await_resume() const noexcept {}
};

struct WithOperator {
    int value;
    struct Awaiter {
        int value;
        bool await_ready() const noexcept { return true; }
        void await_suspend(std::coroutine_handle<>) const noexcept {}
        int await_resume() const noexcept { return value; }
    };
    Awaiter operator co_await() const noexcept { return {value}; }
};

struct BackAtOnce {
    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> handle) const noexcept { return handle; }
    int await_resume() const noexcept { return 3; }
};

aio::Coro<std::string> error_of(Where where) {
    try {
        co_await Throwing{where};
    } catch (const aio::ValueError& error) {
        co_return error.what();
    }
    co_return "no error";
}

// B19
TEST(Awaitable, ThrowsIntoTheCoroutineThatAwaitsIt) {
    EXPECT_EQ(run_virtually(error_of(Where::ready)), "ready");
    EXPECT_EQ(run_virtually(error_of(Where::suspend)), "suspend");
    EXPECT_EQ(run_virtually(error_of(Where::resume)), "resume");
    EXPECT_EQ(run_virtually(error_of(Where::nowhere)), "no error");
}

TEST(Awaitable, MayHaveACoAwaitOperatorOrReturnTheHandle) {
    const auto body = []() -> aio::Coro<int> {
        const int a = co_await WithOperator{1};
        const int b = co_await BackAtOnce();
        co_return a + b;
    };
    EXPECT_EQ(run_virtually(body()), 4);
}

TEST(Awaitable, ResumedInsideACallbackResumesLater) {
    std::vector<std::string> order;
    std::coroutine_handle<> parked;
    const auto waiting = [&]() -> aio::Coro<> {
        co_await Parked{&parked};
        order.push_back("resumed");
        co_await aio::yield();
        order.push_back("again");
    };
    const auto body = [&]() -> aio::Coro<> {
        auto task = aio::create_task(waiting());
        co_await aio::yield();
        parked.resume();
        order.push_back("not inside");
        co_await task;
    };
    run_virtually(body());
    EXPECT_EQ(order, (std::vector<std::string>{"not inside", "resumed", "again"}));
}

// B20
TEST(Awaitable, ResumedThroughAnotherThreadRunsOnTheLoopsThread) {
    const auto body = []() -> aio::Coro<bool> {
        auto& loop = aio::get_running_loop();
        const auto me = std::this_thread::get_id();
        std::optional<std::thread> thread;
        struct Elsewhere {
            aio::Loop& loop;
            std::optional<std::thread>& thread;
            bool direct;
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<> handle) const {
                thread.emplace([&loop = loop, handle, direct = direct] {
                    if (direct)
                        handle.resume();
                    else
                        loop.call_soon_threadsafe(handle);
                });
            }
            void await_resume() const noexcept {}
        };
        bool same = true;
        for (const bool direct : {false, true}) {
            Elsewhere elsewhere{loop, thread, direct};
            co_await elsewhere;
            same = same && std::this_thread::get_id() == me;
            thread->join();  // NOLINT(coro-blocking-call): the thread has resumed this coroutine and ends
            co_await aio::yield();
        }
        co_return same;
    };
    EXPECT_TRUE(aio::run(body()));
}

TEST(Awaitable, ThatCannotBeCancelledGetsTheRequestWhenItResumes) {
    std::coroutine_handle<> parked;
    const auto waiting = [&]() -> aio::Coro<> { co_await Parked{&parked}; };
    const auto body = [&]() -> aio::Coro<> {
        auto task = aio::create_task(waiting());
        co_await aio::yield();
        task.cancel();
        co_await aio::yield();
        EXPECT_FALSE(task.done());
        parked.resume();
        co_await aio::yield();
        EXPECT_TRUE(task.cancelled());
    };
    run_virtually(body());
}

TEST(Awaitable, ThatCanBeCancelledIsAskedTo) {
    struct Cancellable {
        std::coroutine_handle<> handle = {};
        bool cancelled = false;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiter) noexcept { handle = waiter; }
        void await_resume() const {
            if (cancelled) throw aio::CancelledError("asked");
        }
        bool cancel() {
            cancelled = true;
            handle.resume();
            return true;
        }
    };
    const auto body = []() -> aio::Coro<std::string> {
        auto task = aio::create_task([]() -> aio::Coro<std::string> {
            try {
                Cancellable cancellable;
                co_await cancellable;
            } catch (const aio::CancelledError& error) {
                co_return error.what();
            }
            co_return "resumed";
        });
        co_await aio::yield();
        task.cancel();
        co_return co_await task;
    };
    EXPECT_EQ(run_virtually(body()), "asked");
}

}  // namespace
