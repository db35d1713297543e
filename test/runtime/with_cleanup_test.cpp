// with_cleanup_test.cpp - a cleanup that runs however the body ends
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <exception>

namespace {

using namespace aio_test;

enum class Ending { normal, error, cancelled };

aio::Coro<int> work(Ending ending, bool cleanup_fails, std::string& log) {
    const auto body = [&log, ending]() -> aio::Coro<int> {
        if (ending == Ending::cancelled) co_await aio::sleep(1h);
        if (ending == Ending::error) throw aio::ValueError("body");
        log += "body ";
        co_return 3;
    };
    const auto cleanup = [&log, cleanup_fails]() -> aio::Coro<> {
        co_await aio::sleep(1s);
        log += "cleaned";
        if (cleanup_fails) throw aio::RuntimeError("cleanup");
    };
    co_return co_await aio::with_cleanup(body, cleanup);
}

// B17
TEST(WithCleanup, RunsAfterANormalEnd) {
    std::string log;
    EXPECT_EQ(run_virtually(work(Ending::normal, false, log)), 3);
    EXPECT_EQ(log, "body cleaned");
}

// B17
TEST(WithCleanup, RunsAfterAnErrorAndRethrowsIt) {
    std::string log;
    EXPECT_THROW(run_virtually(work(Ending::error, false, log)), aio::ValueError);
    EXPECT_EQ(log, "cleaned");
}

// B17
TEST(WithCleanup, RunsAfterACancellation) {
    std::string log;
    const auto body = [&]() -> aio::Coro<bool> {
        auto task = aio::create_task(work(Ending::cancelled, false, log));
        co_await aio::sleep(1s);
        task.cancel();
        static_cast<void>(co_await aio::gather_outcomes(task));
        co_return task.cancelled();
    };
    EXPECT_TRUE(run_virtually(body()));
    EXPECT_EQ(log, "cleaned");
}

// B17
TEST(WithCleanup, NestsTheErrorOfTheBodyInThatOfTheCleanup) {
    std::string log;
    try {
        run_virtually(work(Ending::error, true, log));
        FAIL() << "no error";
    } catch (const aio::RuntimeError& error) {
        EXPECT_STREQ(error.what(), "cleanup");
        EXPECT_THROW(std::rethrow_if_nested(error), aio::ValueError);
    }
}

}  // namespace
