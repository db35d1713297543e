// child_tools.h - what the tests of child processes share
#pragma once

#include "virtual_run.h"

#include <aio/detail/child_process.h>
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

namespace aio_test {

/// How many descriptors this process has open.
inline std::size_t open_files() {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) count += !entry.path().empty();
    return count;
}

/// The same after the loop has closed what it is about to close. A thread of an
/// earlier test may have closed something as well.
inline aio::Coro<std::size_t> open_files_soon(std::size_t most) {
    for (int turn = 0; turn < 100 && open_files() > most; ++turn) co_await aio::yield();
    co_return open_files();
}

/// True when this process has no child at all, not even a zombie.
inline bool no_children() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

/// Waits, without the help of a loop, until this process has no child.
inline void await_no_children() {
    siginfo_t info;
    while (::waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) == 0) std::this_thread::yield();
}

/// A folder for the files of one test.
class Folder {
public:
    Folder() {
        char name[] = "/tmp/aio-subprocess-XXXXXX";
        path_ = ::mkdtemp(name);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

inline std::string text_of(const std::string& file) {
    std::ifstream in(file);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

/// Both ways to hear of the end of a child.
class BothWays : public testing::TestWithParam<bool> {
protected:
    BothWays() { aio::detail::forbid_pidfds(GetParam()); }
    ~BothWays() override {
        aio::detail::forbid_pidfds(false);
        await_no_children();
        EXPECT_TRUE(no_children());
        EXPECT_EQ(aio::live_frames(), 0U);
    }
};

/// The name of a parameter of BothWays.
inline std::string name_of_way(const testing::TestParamInfo<bool>& way) {
    return way.param ? "WaitingThread" : "Pidfd";
}

}  // namespace aio_test
