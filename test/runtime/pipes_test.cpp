// pipes_test.cpp - talking to child processes
#include "child_tools.h"
#include "time_limit.h"

#include <csignal>

namespace {

using namespace aio_test;
using namespace aio::subprocess;

class Pipes : public BothWays {};

INSTANTIATE_TEST_SUITE_P(Ways, Pipes, testing::Bool(), name_of_way);

/// Something that no kernel buffer holds.
std::string ten_megabytes() {
    std::string bytes(std::size_t{10} << 20, 'x');
    for (std::size_t i = 0; i < bytes.size(); i += 4096) bytes[i] = static_cast<char>('a' + i / 4096 % 26);
    return bytes;
}

TEST_P(Pipes, CommunicateGivesBothOutputsAndTheExitStatus) {
    const auto body = []() -> aio::Coro<> {
        const Process process =
            co_await shell("cat; echo err >&2; exit 3", {.stdin = PIPE, .stdout = PIPE, .stderr = PIPE});
        const auto [out, err] = co_await process.communicate("data\n");
        EXPECT_EQ(out, "data\n");
        EXPECT_EQ(err, "err\n");
        EXPECT_EQ(process.returncode(), 3);
    };
    aio::run(body());
}

TEST_P(Pipes, CommunicateMovesTenMegabytesBothWays) {
    const std::string input = ten_megabytes();
    const auto body = [&]() -> aio::Coro<> {
        const Process process = co_await shell("tee /dev/stderr", {.stdin = PIPE, .stdout = PIPE, .stderr = PIPE});
        const auto [out, err] = co_await process.communicate(input);
        EXPECT_TRUE(out == input);
        EXPECT_TRUE(err == input);
        EXPECT_EQ(process.returncode(), 0);
    };
    aio::run(body());
}

TEST_P(Pipes, CommunicateWithoutInputClosesStdin) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await exec({.stdin = PIPE, .stdout = PIPE}, "cat");
        const auto [out, err] = co_await process.communicate();
        EXPECT_EQ(out + err, "");
        EXPECT_EQ(process.returncode(), 0);
        const Process nothing = co_await exec("true");
        co_await nothing.communicate();
        EXPECT_EQ(nothing.returncode(), 0);
    };
    aio::run(body());
}

TEST_P(Pipes, CommunicateIgnoresThatTheChildDoesNotRead) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await shell("echo bye", {.stdin = PIPE, .stdout = PIPE});
        const auto [out, err] = co_await process.communicate(ten_megabytes());
        EXPECT_EQ(out, "bye\n");
        EXPECT_EQ(process.returncode(), 0);
    };
    aio::run(body());
}

TEST_P(Pipes, InputWithoutAPipeIsAnError) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await exec({.stdin = DEVNULL}, "cat");
        EXPECT_FALSE(process.stdin_ || process.stdout_ || process.stderr_);
        bool refused = false;
        try {
            co_await process.communicate("x");
        } catch (const aio::ValueError&) {
            refused = true;
        }
        EXPECT_TRUE(refused);
        co_await process.wait();
    };
    aio::run(body());
}

TEST_P(Pipes, CanBeReadAndWrittenAsStreams) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await exec({.stdin = PIPE, .stdout = PIPE}, "cat");
        process.stdin_->write("one\n");
        EXPECT_EQ(co_await process.stdout_->readline(), "one\n");
        process.stdin_->write("two\nthree");
        EXPECT_EQ(co_await process.stdout_->readline(), "two\n");
        process.stdin_->close();
        co_await process.stdin_->wait_closed();
        EXPECT_EQ(co_await process.stdout_->read(), "three");
        EXPECT_TRUE(process.stdout_->at_eof());
        EXPECT_EQ(co_await process.wait(), 0);
    };
    aio::run(body());
}

TEST_P(Pipes, StderrCanJoinStdout) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await shell("echo a; echo b >&2; echo c", {.stdout = PIPE, .stderr = STDOUT});
        const auto [out, err] = co_await process.communicate();
        EXPECT_EQ(out, "a\nb\nc\n");
        EXPECT_EQ(err, "");
    };
    aio::run(body());
}

TEST_P(Pipes, TheOutputHasComeWhenWaitReturns) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await shell("head -c 60000 /dev/zero", {.stdout = PIPE});
        EXPECT_EQ(co_await process.wait(), 0);
        const auto bytes = aio::create_task(process.stdout_->read());
        co_await aio::yield();
        co_await aio::yield();
        EXPECT_TRUE(bytes.done());
        EXPECT_EQ((co_await bytes).size(), 60000U);
        const Process silent = co_await exec({.stdin = PIPE, .stdout = PIPE}, "true");
        EXPECT_EQ(co_await silent.wait(), 0);
        EXPECT_TRUE(silent.stdout_->at_eof());
        EXPECT_TRUE(silent.stdin_->is_closing());
    };
    aio::run(body());
}

TEST_P(Pipes, AGrandchildThatHoldsAPipeDoesNotDelayWait) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await shell("sleep 1000 & echo $!; exit 4", {.stdout = PIPE});
        EXPECT_EQ(co_await process.wait(), 4);
        EXPECT_FALSE(process.stdout_->at_eof());
        const std::string pid = co_await process.stdout_->readline();
        ::kill(std::stoi(pid), SIGKILL);
        EXPECT_EQ(co_await process.stdout_->read(), "");
    };
    aio::run(body());
}

TEST_P(Pipes, OutputThatNobodyReadsDoesNotDelayWait) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await shell("head -c 100000 /dev/zero", {.stdout = PIPE, .limit = 16});
        // The pipe holds 64 KiB, the stream a few bytes, and the child ends when
        // both have room.
        std::size_t size = (co_await process.stdout_->readexactly(50000)).size();
        EXPECT_EQ(co_await process.wait(), 0);
        size += (co_await process.stdout_->read()).size();
        EXPECT_EQ(size, 100000U);
    };
    aio::run(body());
}

TEST_P(Pipes, StayOpenForAChildWithoutHandles) {
    const Folder folder;
    const auto body = [&]() -> aio::Coro<> {
        // Neither the end of its input nor SIGPIPE stops it.
        const std::string script = "sleep 0.02; echo a; echo b; echo done > " + (folder / "out");
        co_await shell(script, {.stdin = PIPE, .stdout = PIPE});
        while (text_of(folder / "out").empty()) co_await aio::sleep(1ms);
    };
    aio::run(body());
}

TEST_P(Pipes, AreClosedWhenTheLoopCloses) {
    const auto body = [&]() -> aio::Coro<Process> { co_return co_await exec({.stdin = PIPE, .stdout = PIPE}, "cat"); };
    const std::size_t before = open_files();
    {
        const Process process = aio::run(body());
        // The end of its input ends it, although there is a handle.
        await_no_children();
        EXPECT_TRUE(process.stdin_->is_closing());
    }
    EXPECT_LE(open_files(), before);
}

TEST_P(Pipes, ACancelledCommunicateLeavesTheChildAlone) {
    const auto body = []() -> aio::Coro<> {
        const Process process = co_await exec({.stdin = PIPE, .stdout = PIPE}, "sleep", "1000");
        co_await expect_outlived(process, process.communicate("x"));
    };
    aio::run(body());
}

TEST_P(Pipes, AChildThatIsKilledGivesWhatItHasWritten) {
    const auto body = []() -> aio::Coro<> {
        // Some of the input is never read.
        const Process process =
            co_await shell("head -c 100000; kill -9 $$", {.stdin = PIPE, .stdout = PIPE, .stderr = PIPE});
        const auto [out, err] = co_await process.communicate(ten_megabytes());
        EXPECT_EQ(out.size(), 100000U);
        EXPECT_EQ(err, "");
        EXPECT_EQ(process.returncode(), -SIGKILL);
    };
    aio::run(body());
}

TEST_P(Pipes, ManyChildrenAtOnceKeepTheirOutputsApart) {
    const auto body = []() -> aio::Coro<> {
        const std::size_t before = open_files();
        const auto one = [](int number) -> aio::Coro<bool> {
            const Process process = co_await exec({.stdin = PIPE, .stdout = PIPE}, "cat");
            const std::string text(100000, static_cast<char>('a' + number));
            const auto output = co_await process.communicate(text);
            co_return output.first == text&& process.returncode() == 0;
        };
        std::vector<aio::Task<bool>> tasks;
        for (int i = 0; i < 20; ++i) tasks.push_back(aio::create_task(one(i)));
        for (const bool right : co_await aio::gather(tasks)) EXPECT_TRUE(right);
        tasks.clear();
        EXPECT_LE(co_await open_files_soon(before), before);
    };
    aio::run(body());
}

}  // namespace
