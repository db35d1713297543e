// context_test.cpp - variables that have their own value in each task
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <thread>

namespace {

using namespace aio_test;

aio::ContextVar<std::string> user("user", "nobody");
aio::ContextVar<int> depth("depth");

aio::Coro<std::string> read_user() { co_return user.get(); }

aio::Coro<> change_user(std::string name) {
    user.set(std::move(name));
    co_await aio::yield();
}

TEST(ContextVar, HasADefaultOrNone) {
    EXPECT_EQ(user.get(), "nobody");
    EXPECT_EQ(user.get("other"), "other");
    EXPECT_EQ(depth.get(3), 3);
    EXPECT_EQ(message_of<aio::LookupError>([] { static_cast<void>(depth.get()); }), "<ContextVar name='depth'>");
    EXPECT_EQ(depth.name(), "depth");
}

TEST(ContextVar, IsResetWithItsToken) {
    aio::Context context;
    context.run([] {
        auto outer = depth.set(1);
        auto inner = depth.set(2);
        EXPECT_EQ(outer.old_value(), std::nullopt);
        EXPECT_EQ(inner.old_value(), 1);
        depth.reset(inner);
        EXPECT_EQ(depth.get(), 1);
        depth.reset(outer);
        EXPECT_THROW(static_cast<void>(depth.get()), aio::LookupError);
        EXPECT_EQ(message_of<aio::RuntimeError>([&] { depth.reset(outer); }),
                  "<Token used var=<ContextVar name='depth'>> has already been used once");
    });
}

TEST(ContextVar, RefusesForeignTokens) {
    aio::ContextVar<int> other("other");
    aio::Context context;
    context.run([&] {
        auto token = depth.set(1);
        EXPECT_EQ(message_of<aio::ValueError>([&] { other.reset(token); }),
                  "<Token var=<ContextVar name='other'>> was created by a different ContextVar");
        aio::Context copy = aio::copy_context();
        copy.run([&] {
            EXPECT_EQ(message_of<aio::ValueError>([&] { depth.reset(token); }),
                      "<Token var=<ContextVar name='depth'>> was created in a different Context");
        });
        depth.reset(token);
    });
}

TEST(ContextVar, TakesManyVariablesAndForgetsThem) {
    aio::Context context;
    context.run([] {
        std::deque<aio::ContextVar<int>> variables;
        std::vector<aio::Token<int>> tokens;
        for (int i = 0; i < 500; ++i) tokens.push_back(variables.emplace_back("v").set(i));
        const aio::Context before = aio::copy_context();
        for (int i = 0; i < 500; i += 2) variables[i].reset(tokens[i]);
        for (int i = 0; i < 500; ++i) {
            EXPECT_EQ(variables[i].get(-1), i % 2 ? i : -1);
            EXPECT_EQ(before.get(variables[i]), i);
        }
        EXPECT_EQ(aio::copy_context().size(), 250U);
        EXPECT_EQ(before.size(), 500U);
    });
}

TEST(Context, KeepsWhatIsSetInIt) {
    aio::Context context;
    EXPECT_EQ(context.run([](int value) { return depth.set(value).old_value().value_or(-1); }, 5), -1);
    EXPECT_EQ(context.get(depth), 5);
    EXPECT_TRUE(context.contains(depth));
    EXPECT_FALSE(context.contains(user));
    EXPECT_EQ(context.get(user), std::nullopt);
    EXPECT_EQ(context.get(user, "x"), "x");
    EXPECT_EQ(depth.get(0), 0);
    aio::Context copy = context.copy();
    copy.run([] { depth.set(6); });
    EXPECT_EQ(context.get(depth), 5);
    EXPECT_NE(copy, context);
}

TEST(Context, CannotBeEnteredTwice) {
    aio::Context context;
    const auto enter = [&] { context.run([] {}); };
    EXPECT_EQ(context.run([&] { return message_of<aio::RuntimeError>(enter); }),
              "cannot enter context: <Context> is already entered");
    EXPECT_THROW(context.run([] { throw 1; }), int);
    enter();
}

TEST(Context, OfATaskIsACopy) {
    const auto body = []() -> aio::Coro<> {
        user.set("main");
        auto child = aio::create_task(change_user("child"));
        user.set("later");
        co_await aio::yield();
        EXPECT_EQ(user.get(), "later");
        co_await child;
        EXPECT_EQ(child.context().get(user), "child");
        EXPECT_EQ(co_await aio::create_task(read_user()), "later");
    };
    run_virtually(body());
    EXPECT_EQ(user.get(), "nobody");
}

TEST(Context, IsSharedWithAwaitedCoroutines) {
    const auto body = []() -> aio::Coro<> {
        co_await change_user("awaited");
        EXPECT_EQ(user.get(), "awaited");
        co_await aio::gather(change_user("gathered"), change_user("also"));
        co_await aio::wait_for(change_user("timed"), 1s);
        EXPECT_EQ(user.get(), "awaited");
        co_await aio::wait_for(change_user("untimed"), std::nullopt);
        EXPECT_EQ(user.get(), "untimed");
    };
    run_virtually(body());
}

TEST(Context, CanBeGivenToATask) {
    const auto body = []() -> aio::Coro<> {
        aio::Context context;
        auto first = aio::create_task(change_user("shared"), {.context = &context});
        auto second = aio::create_task(read_user(), {.context = &context});
        co_await first;
        EXPECT_EQ(co_await second, "shared");
        EXPECT_EQ(context.get(user), "shared");
        EXPECT_EQ(second.context(), context);
        EXPECT_EQ(user.get(), "nobody");
    };
    run_virtually(body());
}

TEST(Context, OfTheRunningTaskIsInUse) {
    const auto body = []() -> aio::Coro<> {
        aio::Context mine = aio::current_task().context();
        EXPECT_THROW(mine.run([] {}), aio::RuntimeError);
        user.set("me");
        EXPECT_EQ(mine.get(user), "me");
        co_return;
    };
    run_virtually(body());
}

TEST(Context, OfACallbackIsTheOneAtTheCall) {
    const auto body = []() -> aio::Coro<> {
        std::string seen;
        const auto note = [&seen] {
            seen += user.get() + " ";
            user.set("callback");
        };
        aio::Loop& loop = aio::get_running_loop();
        user.set("one");
        loop.call_soon(note);
        user.set("two");
        loop.call_later(1ms, note);
        user.set("three");
        loop.call_soon_threadsafe(note);
        auto future = loop.create_future<int>();
        future.add_done_callback(note);
        aio::Context other;
        future.add_done_callback(note, other);
        loop.call_at(loop.time(), note, other);
        user.set("four");
        future.set_result(1);
        co_await aio::sleep(10ms);
        EXPECT_EQ(seen, "one three three nobody callback two ");
        EXPECT_EQ(user.get(), "four");
    };
    run_virtually(body());
}

TEST(Context, InUseIsReportedAndTheCallbackDoesNotRun) {
    aio::Loop loop;
    Reports reports(loop);
    aio::Context context;
    context.run([&] {
        loop.call_soon([] { FAIL(); }, context);
        loop.run_once();
    });
    EXPECT_EQ(reports.errors.at(0), "aio::RuntimeError: cannot enter context: <Context> is already entered");
}

TEST(Context, PassesToTasksOfRunUntilComplete) {
    aio::Context context;
    context.run([] {
        user.set("outside");
        aio::Loop loop;
        EXPECT_EQ(loop.run_until_complete(read_user()), "outside");
        loop.run_until_complete(change_user("inside"));
        EXPECT_EQ(user.get(), "outside");
    });
}

TEST(Context, IsSharedByTheRunsOfARunner) {
    aio::Runner runner;
    runner.run(change_user("first"));
    EXPECT_EQ(runner.run(read_user()), "first");
    const aio::Context other;
    EXPECT_EQ(runner.run(read_user(), other), "nobody");
    EXPECT_EQ(user.get(), "nobody");
}

TEST(Context, B33OfAThreadIsACopy) {
    const auto body = []() -> aio::Coro<> {
        user.set("parent");
        const std::string seen = co_await aio::to_thread([] {
            std::string before = user.get();
            user.set("thread");
            return before + " " + user.get();
        });
        EXPECT_EQ(seen, "parent thread");
        EXPECT_EQ(user.get(), "parent");
        const auto read = [] { return user.get(); };
        EXPECT_EQ(co_await aio::get_running_loop().run_in_executor(nullptr, read), "nobody");
    };
    aio::run(body());
}

TEST(Context, PassesThroughRunCoroutineThreadsafe) {
    aio::Loop loop;
    std::thread worker([&loop] { loop.run_forever(); });
    aio::Context context;
    context.run([&] {
        user.set("caller");
        EXPECT_EQ(aio::run_coroutine_threadsafe(loop, read_user()).get(), "caller");
    });
    loop.call_soon_threadsafe([&loop] { loop.stop(); });
    worker.join();
}

TEST(Context, KeepsValuesOnlyAsLongAsNeeded) {
    int destroyed = 0;
    aio::ContextVar<std::shared_ptr<Probe>> var("probe");
    const auto body = [&]() -> aio::Coro<> {
        const auto child = [&]() -> aio::Coro<> {
            var.set(std::make_shared<Probe>(&destroyed));
            co_await aio::yield();
        };
        co_await aio::create_task(child());
        EXPECT_EQ(destroyed, 1);
    };
    run_virtually(body());
}

}  // namespace
