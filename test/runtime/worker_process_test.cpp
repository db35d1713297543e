// worker_process_test.cpp - the birth and death of worker processes
#include "process_jobs.h"

#include <dirent.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <algorithm>

namespace {

using namespace aio_test;

using WorkerProcess = WithWorkers;
INSTANTIATE_TEST_SUITE_P(Workers, WorkerProcess, testing::Values("Forked", "Spawned"),
                         [](const auto& info) { return std::string(info.param); });

/// A job for \p pool, which may be broken by now.
aio::Future<int> add_or_fail(aio::Loop& loop, Pool& pool) {
    try {
        return loop.run_in_executor(&pool, add, 1, 2);
    } catch (const aio::BrokenProcessPool&) {
        auto failed = loop.create_future<int>();
        failed.set_exception(std::current_exception());
        return failed;
    }
}

TEST_P(WorkerProcess, B24FailsAllJobsWhenAWorkerDiesAndLeavesNoZombie) {
    const auto body = [](void (*death)()) -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        const Gate gate;
        Pool pool(2);
        const auto pids = pool.pids();
        auto running = loop.run_in_executor(&pool, wait_for_writer, gate.path());
        auto dying = loop.run_in_executor(&pool, death);
        auto waiting = add_or_fail(loop, pool);
        const auto [a, b, c] = co_await aio::gather_outcomes(running, dying, waiting);
        EXPECT_THROW(a.value(), aio::BrokenProcessPool);
        EXPECT_THROW(b.value(), aio::BrokenProcessPool);
        EXPECT_TRUE(c.ok() || aio::describe(c.error()).starts_with("aio::BrokenProcessPool"));
        EXPECT_THROW(loop.run_in_executor(&pool, add, 1, 2), aio::BrokenProcessPool);
        for (const pid_t pid : pids) EXPECT_TRUE(is_gone(pid));
        EXPECT_TRUE(pool.pids().empty());
    };
    aio::run(body(&crash));
    aio::run(body(&leave));
}

TEST_P(WorkerProcess, B24NoticesTheDeathOfAnIdleWorker) {
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        const Gate gate;
        Pool pool(2);
        auto running = loop.run_in_executor(&pool, wait_for_writer, gate.path());
        ::kill(pool.pids().back(), SIGKILL);
        bool broken = false;
        try {
            co_await running;
        } catch (const aio::BrokenProcessPool&) {
            broken = true;
        }
        EXPECT_TRUE(broken);
    };
    aio::run(body());
}

/// The descriptors of this process, without the one that reads the folder.
std::vector<int> open_descriptors() {
    std::vector<int> all;
    DIR* folder = ::opendir("/proc/self/fd");
    while (const dirent* entry = ::readdir(folder)) {
        if (entry->d_name[0] != '.' && std::stoi(entry->d_name) != ::dirfd(folder))
            all.push_back(std::stoi(entry->d_name));
    }
    ::closedir(folder);
    std::sort(all.begin(), all.end());
    return all;
}

TEST_P(WorkerProcess, B24WorkersInheritNoDescriptorsAndNoSignalHandlers) {
    const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(::listen(listening, 1), 0);
    const auto old = std::signal(SIGUSR1, [](int) {});
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        Pool first(1);
        Pool pool(2);
        const auto open = co_await loop.run_in_executor(&pool, open_descriptors);
        EXPECT_EQ(open.size(), 4U) << "0, 1, 2 and the socket";
        const auto is_handled = [] { return std::signal(SIGUSR1, SIG_DFL) != SIG_DFL; };
        const bool handled = co_await loop.run_in_executor(&pool, is_handled);
        EXPECT_FALSE(handled);
    };
    aio::run(body());
    std::signal(SIGUSR1, old);
    ::close(listening);
}

TEST(WorkerStart, B25WorkersStartWhileOtherThreadsHoldLocksOfTheAllocator) {
    const Busy busy(4);
    const auto body = []() -> aio::Coro<> {
        Pool pool(2);
        std::vector<aio::Future<std::string>> futures;
        for (std::size_t i = 1; i <= 8; ++i)
            futures.push_back(aio::get_running_loop().run_in_executor(&pool, repeat, "text", i * 100));
        const auto texts = co_await aio::gather(futures);
        for (std::size_t i = 1; i <= 8; ++i) EXPECT_EQ(texts[i - 1].size(), i * 400);
    };
    for (int round = 0; round < 25; ++round) aio::run(body());
}

const std::vector<int> early{1, 2, 3};

TEST_P(WorkerProcess, WorkersHaveRunTheInitialisersOfTheProgram) {
    const auto body = []() -> aio::Coro<std::vector<int>> {
        Pool pool(1);
        co_return co_await aio::get_running_loop().run_in_executor(&pool, [] { return early; });
    };
    EXPECT_EQ(aio::run(body()), early);
}

int set_by_the_test = 0;

TEST_P(WorkerProcess, OnlyForkedWorkersSeeWhatMainHasDone) {
    const auto body = []() -> aio::Coro<int> {
        Pool pool(1);
        co_return co_await aio::get_running_loop().run_in_executor(&pool, [] { return set_by_the_test; });
    };
    set_by_the_test = 1;
    // Two links, and one more for each thread; ThreadSanitizer has one of its own.
    struct stat tasks{};
    ASSERT_EQ(::stat("/proc/self/task", &tasks), 0);
    EXPECT_EQ(aio::run(body()), tasks.st_nlink == 3 ? 1 : 0);
}

TEST(WorkerEnd, WorkersEndWhenTheParentIsKilled) {
    // The workers inherit the pipe as standard output, and close it at their end.
    int output[2];
    ASSERT_EQ(::pipe(output), 0);
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(output[1], STDOUT_FILENO);
        ::close(output[0]);
        ::close(output[1]);
        const Pool pool(2);
        std::fputs("x", stdout);
        std::fflush(stdout);
        std::raise(SIGKILL);
    }
    ::close(output[1]);
    char byte = 0;
    EXPECT_EQ(::read(output[0], &byte, 1), 1);
    EXPECT_EQ(::read(output[0], &byte, 1), 0);
    ::waitpid(child, nullptr, 0);
    ::close(output[0]);
}

}  // namespace
