// poller_test.cpp - tests of add_reader() and its relatives
#include "pipe.h"
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <functional>
#include <memory>
#include <system_error>
#include <thread>

using aio_test::message_of;
using aio_test::Pipe;
using aio_test::Reports;

namespace {

int error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const std::system_error& error) {
        return error.code().value();
    }
    return 0;
}

TEST(AddReader, IsLevelTriggered) {
    aio::Loop loop;
    const Pipe pipe;
    std::string got;
    loop.add_reader(pipe.reader(), [&] {
        got += pipe.take(1) + ".";
        if (got.size() == 6) loop.stop();
    });
    pipe.put("abc");
    loop.run_forever();
    EXPECT_EQ(got, "a.b.c.");
}

TEST(AddReader, ReplacesTheCallbackBefore) {
    aio::Loop loop;
    const Pipe pipe;
    std::string got;
    loop.add_reader(pipe.reader(), [&] { got += "first"; });
    loop.add_reader(pipe.reader(), [&] { got += "second"; });
    pipe.put("x");
    loop.run_once();
    EXPECT_EQ(got, "second");
}

TEST(AddReader, RemovingSaysWhetherThereWasOne) {
    aio::Loop loop;
    const Pipe pipe;
    EXPECT_FALSE(loop.remove_reader(pipe.reader()));
    EXPECT_FALSE(loop.remove_reader(-1));
    loop.add_reader(pipe.reader(), [] {});
    EXPECT_FALSE(loop.remove_writer(pipe.reader()));
    EXPECT_TRUE(loop.remove_reader(pipe.reader()));
    EXPECT_FALSE(loop.remove_reader(pipe.reader()));
}

TEST(AddReader, CallbackMayRemoveItselfAndGoOn) {
    aio::Loop loop;
    const Pipe pipe;
    std::string seen;
    const std::string capture(100, 'x');
    loop.add_reader(pipe.reader(), [&loop, &pipe, &seen, capture] {
        loop.remove_reader(pipe.reader());
        seen += capture;
    });
    pipe.put("x");
    loop.run_once();
    loop.run_once();
    EXPECT_EQ(seen, capture);
}

TEST(AddReader, RemovedBeforeItsTurnInTheSameIterationDoesNotRun) {
    aio::Loop loop;
    const Pipe first;
    const Pipe second;
    int runs = 0;
    const auto once = [&] {
        ++runs;
        loop.remove_reader(first.reader());
        loop.remove_reader(second.reader());
    };
    loop.add_reader(first.reader(), once);
    loop.add_reader(second.reader(), once);
    first.put("x");
    second.put("x");
    loop.run_once();
    loop.run_once();
    EXPECT_EQ(runs, 1);
}

TEST(AddReader, ExceptionOfTheCallbackIsReportedAndTheLoopGoesOn) {
    aio::Loop loop;
    Reports reports(loop);
    const Pipe pipe;
    int runs = 0;
    loop.add_reader(pipe.reader(), [&] {
        if (++runs == 2) loop.stop();
        throw aio::ValueError("bad");
    });
    pipe.put("x");
    loop.run_forever();
    EXPECT_EQ(reports.messages, aio_test::list<std::string>("Exception in callback", "Exception in callback"));
}

TEST(AddReader, ExitRequestLeavesTheLoopWhichCanRunAgain) {
    aio::Loop loop;
    const Pipe first;
    const Pipe second;
    int runs = 0;
    const auto leave = [&] {
        if (++runs == 1) throw aio::SystemExit(3);
        loop.stop();
    };
    loop.add_reader(first.reader(), leave);
    loop.add_reader(second.reader(), leave);
    first.put("x");
    second.put("x");
    EXPECT_THROW(loop.run_forever(), aio::SystemExit);
    loop.run_forever();
    EXPECT_GE(runs, 2);
}

TEST(AddReader, HearsOfEndOfFile) {
    aio::Loop loop;
    Pipe pipe;
    int runs = 0;
    loop.add_reader(pipe.reader(), [&] { ++runs; });
    pipe.close_writer();
    loop.run_once();
    EXPECT_EQ(runs, 1);
}

TEST(AddWriter, RunsWhileThereIsRoomAndBesideAReader) {
    aio::Loop loop;
    std::array<int, 2> pair{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair.data()), 0);
    std::string seen;
    loop.add_reader(pair[0], [&] { seen += "r"; });
    loop.add_writer(pair[0], [&] { seen += "w"; });
    loop.run_once();
    EXPECT_EQ(seen, "w");
    ASSERT_EQ(::write(pair[1], "x", 1), 1);
    loop.run_once();
    EXPECT_EQ(seen, "wrw");
    EXPECT_TRUE(loop.remove_writer(pair[0]));
    loop.run_once();
    EXPECT_EQ(seen, "wrwr");
    EXPECT_TRUE(loop.remove_reader(pair[0]));
    loop.run_once();
    EXPECT_EQ(seen, "wrwr");
    ::close(pair[0]);
    ::close(pair[1]);
}

TEST(AddReader, BadDescriptorsAreErrors) {
    aio::Loop loop;
    int closed = -1;
    {
        const Pipe pipe;
        closed = pipe.reader();
    }
    EXPECT_EQ(error_of([&] { loop.add_reader(closed, [] {}); }), EBADF);
    EXPECT_EQ(error_of([&] { loop.add_reader(-1, [] {}); }), EBADF);
    EXPECT_FALSE(loop.remove_reader(closed));
}

TEST(AddReader, RegularFileIsAClearError) {
    aio::Loop loop;
    const int file = ::open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    ASSERT_GE(file, 0);
    EXPECT_EQ(error_of([&] { loop.add_reader(file, [] {}); }), EPERM);
    const auto text = message_of<std::system_error>([&] { loop.add_reader(file, [] {}); });
    EXPECT_NE(text.find("cannot be waited for"), std::string::npos) << text;
    EXPECT_FALSE(loop.remove_reader(file));
    ::close(file);
}

TEST(AddReader, ClosedLoopRefuses) {
    aio::Loop loop;
    const Pipe pipe;
    bool destroyed = false;
    const auto mark = [&](void*) { destroyed = true; };
    loop.add_reader(pipe.reader(), [token = std::unique_ptr<void, decltype(mark)>(&destroyed, mark)] {});
    loop.close();
    EXPECT_TRUE(destroyed);
    EXPECT_EQ(message_of<aio::RuntimeError>([&] { loop.add_reader(pipe.reader(), [] {}); }), "Event loop is closed");
    EXPECT_FALSE(loop.remove_reader(pipe.reader()));
}

TEST(AddReader, B30DescriptorHandlerRunsWithinOneIterationBesideABusyCallback) {
    aio::Loop loop;
    const Pipe pipe;
    int turns = 0;
    int seen_at = -1;
    std::function<void()> busy = [&] {
        if (++turns == 10) pipe.put("x");
        loop.call_soon(busy);
    };
    loop.call_soon(busy);
    loop.add_reader(pipe.reader(), [&] {
        seen_at = turns;
        loop.stop();
    });
    loop.run_forever();
    // The busy callback of the iteration after the write runs before it.
    EXPECT_EQ(seen_at, 11);
}

TEST(AddReader, B35ReopenedDescriptorDoesNotRunTheOldCallback) {
    aio::Loop loop;
    std::string seen;
    Pipe old;
    const int number = old.reader();
    loop.add_reader(number, [&] { seen += "old"; });
    old.close_reader();
    const Pipe fresh;
    ASSERT_EQ(fresh.reader(), number);
    fresh.put("x");
    loop.run_once();
    EXPECT_EQ(seen, "");
    loop.add_reader(number, [&] { seen += "new"; });
    loop.run_once();
    EXPECT_EQ(seen, "new");
    EXPECT_TRUE(loop.remove_reader(number));
}

TEST(AddReader, B35WriterOfAClosedDescriptorDoesNotSurviveANewReader) {
    aio::Loop loop;
    std::string seen;
    std::array<int, 2> old{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, old.data()), 0);
    loop.add_reader(old[0], [&] { seen += "old reader"; });
    loop.add_writer(old[0], [&] { seen += "old writer"; });
    ::close(old[0]);
    std::array<int, 2> fresh{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fresh.data()), 0);
    ASSERT_EQ(fresh[0], old[0]);
    loop.add_reader(fresh[0], [&] { seen += "new"; });
    loop.run_once();
    EXPECT_EQ(seen, "");
    EXPECT_FALSE(loop.remove_writer(fresh[0]));
    EXPECT_TRUE(loop.remove_reader(fresh[0]));
    for (const int fd : {old[1], fresh[0], fresh[1]}) ::close(fd);
}

TEST(AddReader, B35DuplicateOfAForgottenDescriptorIsNotReportedToItsSuccessor) {
    aio::Loop loop;
    std::string seen;
    Pipe old;
    const int number = old.reader();
    const int duplicate = ::dup(number);
    loop.add_reader(number, [&] { seen += "old"; });
    old.close_reader();
    const Pipe fresh;
    ASSERT_EQ(fresh.reader(), number);
    loop.add_reader(number, [&] { seen += "new"; });
    old.put("x");  // readable through the duplicate
    for (int i = 0; i < 3; ++i) loop.run_once();
    EXPECT_EQ(seen, "");
    fresh.put("x");
    loop.run_once();
    EXPECT_EQ(seen, "new");
    ::close(duplicate);
}

TEST(AddReader, ForgottenDescriptorDoesNotBreakRemoval) {
    aio::Loop loop;
    std::array<int, 2> pair{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair.data()), 0);
    loop.add_reader(pair[0], [] {});
    loop.add_writer(pair[0], [] {});
    ::close(pair[0]);
    EXPECT_TRUE(loop.remove_reader(pair[0]));
    EXPECT_FALSE(loop.remove_writer(pair[0]));
    ::close(pair[1]);
}

TEST(AddReader, ManyDescriptorsAreServedInOneIteration) {
    aio::Loop loop;
    std::vector<std::unique_ptr<Pipe>> pipes;
    int runs = 0;
    for (int i = 0; i < 60; ++i) {
        pipes.push_back(std::make_unique<Pipe>());
        loop.add_reader(pipes.back()->reader(), [&] { ++runs; });
        pipes.back()->put("x");
    }
    loop.run_once();
    EXPECT_EQ(runs, 60);
}

TEST(Loop, WithoutDescriptorsLeftIsASystemErrorAndLeaksNone) {
    rlimit old{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &old), 0);
    std::vector<int> fillers;
    rlimit low = old;
    low.rlim_cur = 64;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
    for (int fd = ::dup(0); fd >= 0; fd = ::dup(0)) fillers.push_back(fd);
    EXPECT_EQ(error_of([] { aio::Loop loop; }), EMFILE);
    // Room for the descriptor that wakes the loop, not for the epoll set.
    ::close(fillers.back());
    fillers.pop_back();
    EXPECT_EQ(error_of([] { aio::Loop loop; }), EMFILE);
    const int again = ::dup(0);
    EXPECT_GE(again, 0);
    ::close(again);
    for (const int fd : fillers) ::close(fd);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &old), 0);
}

TEST(TestClock, DescriptorsAreServedBeforeTimeMoves) {
    aio::TestClock clock;
    aio::Loop loop({.clock = &clock});
    const Pipe pipe;
    double read_at = -1;
    loop.add_reader(pipe.reader(), [&] {
        static_cast<void>(pipe.take());
        read_at = loop.time();
    });
    pipe.put("x");
    loop.call_later(aio::Seconds(10), [&] { loop.stop(); });
    loop.run_forever();
    EXPECT_EQ(read_at, 0);
    EXPECT_EQ(loop.time(), 10);
}

TEST(TestClock, WaitsForDescriptorsWhenNoTimerIsLeft) {
    aio::TestClock clock;
    aio::Loop loop({.clock = &clock});
    const Pipe pipe;
    auto got = loop.create_future<std::string>();
    loop.add_reader(pipe.reader(), [&] {
        got.set_result(pipe.take());
        loop.remove_reader(pipe.reader());
    });
    std::thread writer([&] { pipe.put("from outside"); });
    EXPECT_EQ(loop.run_until_complete(got), "from outside");
    writer.join();
}

}  // namespace
