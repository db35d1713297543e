// worker_streams_test.cpp - the standard streams of worker processes
#include "child_tools.h"
#include "forked_child.h"
#include "process_jobs.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <iostream>

namespace {

using namespace aio_test;

// The programs under test are children of this one, which has a single thread:
// a sanitizer's locks do not survive the fork of a program with several.
using WorkerStreams = testing::TestWithParam<const char*>;
using WorkerFiles = WithWorkers;
INSTANTIATE_TEST_SUITE_P(Workers, WorkerStreams, testing::Values("Forked", "Spawned"),
                         [](const auto& info) { return std::string(info.param); });
INSTANTIATE_TEST_SUITE_P(Workers, WorkerFiles, testing::Values("Forked", "Spawned"),
                         [](const auto& info) { return std::string(info.param); });

/// The file that a descriptor stands for; zero when it is closed.
std::uint64_t file_of(int fd) {
    struct stat status{};
    return ::fstat(fd, &status) == 0 ? status.st_ino : 0;
}

std::vector<std::uint64_t> standard_files() { return list(file_of(0), file_of(1), file_of(2)); }

/// Writes to both outputs, and returns the argument.
std::string speak(const std::string& text) {
    std::printf("%s", text.c_str());
    std::fprintf(stderr, "%s", text.c_str());
    return text;
}

/// Makes a second thread in a child that has but one, if the workers are to be
/// spawned there.
std::unique_ptr<Busy> busy_if(const std::string& way) { return way == "Spawned" ? std::make_unique<Busy>() : nullptr; }

/// Sends standard output to the file 1 in \p folder, and standard error to 2.
void redirect_outputs(const Folder& folder) {
    for (const int fd : {1, 2}) {
        const std::string file = folder / std::to_string(fd);
        const int opened = ::open(file.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
        ::dup2(opened, fd);
        ::close(opened);
    }
}

TEST_P(WorkerStreams, WorkersServeAProgramWithoutStandardStreams) {
    const auto body = [](std::uint64_t null) -> aio::Coro<int> {
        auto& loop = aio::get_running_loop();
        std::vector<std::uint64_t> expected = standard_files();
        Pool pool(2);
        const std::string text(1000, 'x');
        int wrong = 0;
        for (int i = 0; i < 4; ++i) wrong += co_await loop.run_in_executor(&pool, speak, text) != text;
        const auto files = co_await loop.run_in_executor(&pool, standard_files);
        wrong += files.at(0) != null;
        for (const std::size_t output : {1, 2}) {
            // The loop's own descriptors may have taken the number of a closed one.
            const bool inherited = (::fcntl(static_cast<int>(output), F_GETFD) & FD_CLOEXEC) == 0;
            wrong += files.at(output) != (expected.at(output) && inherited ? expected.at(output) : null);
        }
        co_return wrong;
    };
    const Folder folder;
    for (unsigned closed = 1; closed < 8; ++closed) {
        const auto child = [&] {
            const int opened = ::open("/dev/null", O_RDWR);
            const std::uint64_t null = file_of(opened);
            ::close(opened);
            redirect_outputs(folder);
            const auto busy = busy_if(GetParam());
            for (const int fd : {0, 1, 2})
                if ((closed >> fd & 1U) != 0) ::close(fd);
            return aio::run(body(null));
        };
        EXPECT_EQ(in_child(child), 0) << "closed: " << closed;
    }
    // Four jobs wrote to an output whenever it was open: three times of seven.
    EXPECT_EQ(text_of(folder / "1"), std::string(12000, 'x'));
    EXPECT_EQ(text_of(folder / "2"), std::string(12000, 'x'));
}

/// Writes through C++'s streams.
int log_line(int number) {
    std::cout << "job " << number << '\n';
    std::clog << "log " << number << '\n';
    return number;
}

TEST_P(WorkerStreams, WhatTheParentHasBufferedIsWrittenOnceAndWhatJobsWriteIsNotLost) {
    const Folder folder;
    const auto body = []() -> aio::Coro<int> {
        Pool pool(1);
        co_await aio::get_running_loop().run_in_executor(&pool, log_line, 1);
        co_return co_await aio::get_running_loop().run_in_executor(&pool, log_line, 2);
    };
    const auto child = [&] {
        redirect_outputs(folder);
        std::ios::sync_with_stdio(false);
        std::cout << "printed once\n";
        std::clog << "logged once\n";
        const auto busy = busy_if(GetParam());
        const int result = aio::run(body());
        std::cout.flush();
        std::clog.flush();
        return result;
    };
    EXPECT_EQ(in_child(child), 2);
    const auto lines_of = [&](const std::string& name) {
        std::ifstream in(folder / name);
        std::vector<std::string> lines;
        for (std::string line; std::getline(in, line);) lines.push_back(line);
        std::sort(lines.begin(), lines.end());
        return lines;
    };
    EXPECT_EQ(lines_of("1"), list<std::string>("job 1", "job 2", "printed once"));
    EXPECT_EQ(lines_of("2"), list<std::string>("log 1", "log 2", "logged once"));
}

TEST_P(WorkerFiles, TooManyOpenFilesAreAnErrorAndLeakNothing) {
    const std::size_t before = open_files();
    rlimit old{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &old), 0);
    int started = 0;
    int refused = 0;
    const int lowest_free = ::dup(0);
    ::close(lowest_free);
    // Two sockets for a worker at its start and one later, and one of the pool's own.
    for (rlim_t extra = 0; extra < 6; ++extra) {
        rlimit low = old;
        low.rlim_cur = static_cast<rlim_t>(lowest_free) + extra;
        ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
        int error = 0;
        try {
            const Pool pool(2);
        } catch (const std::system_error& failure) {
            error = failure.code().value();
        }
        ::setrlimit(RLIMIT_NOFILE, &old);
        EXPECT_TRUE(error == 0 || error == EMFILE) << error;
        ++(error == 0 ? started : refused);
        EXPECT_EQ(open_files(), before);
        EXPECT_TRUE(no_children());
    }
    EXPECT_GT(started, 0);
    EXPECT_GT(refused, 2);
}

}  // namespace
