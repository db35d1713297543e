// with_cleanup_test.cpp - a cleanup that runs however the body ends
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <system_error>

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

/// Fails with a ValueError, and then with \p second in the cleanup.
aio::Coro<> fail_twice(std::exception_ptr second) {
    const auto body = []() -> aio::Coro<> {
        co_await aio::yield();
        throw aio::ValueError("body");
    };
    const auto cleanup = [&]() -> aio::Coro<> {
        co_await aio::yield();
        std::rethrow_exception(second);
    };
    co_await aio::with_cleanup(body, cleanup);
}

/// What was thrown with the error of the body nested in it, or an empty text.
template <class E>
std::string nested_in(const E& error) {
    try {
        run_virtually(fail_twice(std::make_exception_ptr(error)));
    } catch (const E& thrown) {
        return message_of<aio::ValueError>([&] { std::rethrow_if_nested(thrown); });
    }
    return {};
}

// B17
TEST(WithCleanup, NestsInAnyErrorOfAioAndOfTheStandardLibrary) {
    EXPECT_EQ(nested_in(aio::Error("x")), "body");
    EXPECT_EQ(nested_in(aio::QueueFull("x")), "body");
    EXPECT_EQ(nested_in(aio::BrokenBarrierError("x")), "body");
    EXPECT_EQ(nested_in(aio::RemoteError("type", "x")), "body");
    EXPECT_EQ(nested_in(aio::ConnectionResetError("x")), "body");
    EXPECT_EQ(nested_in(aio::CancelledError("x")), "body");
    EXPECT_EQ(nested_in(aio::GeneratorExit("x")), "body");
    EXPECT_EQ(nested_in(std::system_error(ENOSPC, std::generic_category())), "body");
    EXPECT_EQ(nested_in(std::bad_alloc()), "body");
    EXPECT_EQ(nested_in(std::bad_optional_access()), "body");
    EXPECT_EQ(nested_in(std::length_error("x")), "body");
    EXPECT_EQ(nested_in(aio::ExceptionGroup("x", {std::make_exception_ptr(1)})), "body");
}

// B17
TEST(WithCleanup, KeepsWhatAnErrorSays) {
    try {
        run_virtually(fail_twice(std::make_exception_ptr(aio::LimitOverrunError("too long", 7))));
        FAIL() << "no error";
    } catch (const aio::LimitOverrunError& error) {
        EXPECT_STREQ(error.what(), "too long");
        EXPECT_EQ(error.consumed(), 7U);
        EXPECT_THROW(std::rethrow_if_nested(error), aio::ValueError);
    }
}

/// Known to this test only.
class Misfit : public aio::ValueError {
public:
    using ValueError::ValueError;
};

/// The reports while the cleanup fails with \p second, and what comes out.
std::vector<std::string> reports_of(aio::Coro<> work, std::exception_ptr& thrown) {
    aio::TestClock clock;
    aio::Loop loop({.clock = &clock});
    Reports reports(loop);
    try {
        loop.run_until_complete(std::move(work));
    } catch (...) {
        thrown = std::current_exception();
    }
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < reports.messages.size(); ++i)
        lines.push_back(reports.messages[i] + ": " + reports.errors[i]);
    return lines;
}

// B17, B18
TEST(WithCleanup, ReportsTheErrorOfTheBodyWhenThatOfTheCleanupCannotBearIt) {
    const std::vector<std::string> expected{"Exception was replaced by that of its cleanup: aio::ValueError: body"};
    std::exception_ptr thrown;
    EXPECT_EQ(reports_of(fail_twice(std::make_exception_ptr(Misfit("own"))), thrown), expected);
    EXPECT_EQ(message_of<Misfit>([&] { std::rethrow_exception(thrown); }), "own");
    EXPECT_EQ(reports_of(fail_twice(std::make_exception_ptr(42)), thrown), expected);
    EXPECT_THROW(std::rethrow_exception(thrown), int);
}

// B17
TEST(WithCleanup, SaysNothingOfACancellationThatAnErrorReplaces) {
    const auto cancelled = []() -> aio::Coro<> {
        throw aio::CancelledError();
        co_return;
    };
    const auto cleanup = []() -> aio::Coro<> {
        throw Misfit("own");
        co_return;
    };
    std::exception_ptr thrown;
    EXPECT_EQ(reports_of(aio::with_cleanup(cancelled, cleanup), thrown), std::vector<std::string>());
    EXPECT_THROW(std::rethrow_exception(thrown), Misfit);
}

TEST(WithCleanup, GivesReferencesAndMoveOnlyValues) {
    int number = 1;
    const auto refer = [&]() -> aio::Coro<int&> { co_return number; };
    const auto own = []() -> aio::Coro<std::unique_ptr<int>> { co_return std::make_unique<int>(5); };
    const auto cleanup = []() -> aio::Coro<> { co_await aio::yield(); };
    const auto body = [&]() -> aio::Coro<int> {
        int& same = co_await aio::with_cleanup(refer, cleanup);
        EXPECT_EQ(&same, &number);
        const auto owned = co_await aio::with_cleanup(own, cleanup);
        int& grouped = co_await aio::with_task_group([&](aio::TaskGroup&) { return refer(); });
        EXPECT_EQ(&grouped, &number);
        int& limited = co_await aio::timeout(1s, [&](aio::Timeout&) { return refer(); });
        EXPECT_EQ(&limited, &number);
        EXPECT_EQ(&co_await aio::wait_for(refer(), 1s), &number);
        co_return *owned;
    };
    EXPECT_EQ(run_virtually(body()), 5);
}

}  // namespace
