// process_jobs.h - jobs and a fixture for tests of process pools
#pragma once

#include "virtual_run.h"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace aio_test {

using Pool = aio::ProcessPoolExecutor;

inline int process_id() { return ::getpid(); }
inline int add(int a, int b) noexcept { return a + b; }
inline std::string repeat(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}
inline std::string echo(std::string text) { return text; }
inline void crash() {
    std::signal(SIGSEGV, SIG_DFL);
    std::raise(SIGSEGV);
}
inline void leave() { ::_exit(3); }
/// Blocks until somebody writes to the FIFO at \p path.
inline void wait_for_writer(const std::string& path) {
    std::FILE* opened = std::fopen(path.c_str(), "r");
    if (opened) std::fclose(opened);
}

/// A named pipe that holds jobs of other processes back.
class Gate {
public:
    Gate() : path_(std::string(folder_) + "/gate") {
        if (!::mkdtemp(folder_)) throw std::system_error(errno, std::generic_category(), "mkdtemp");
        path_ = std::string(folder_) + "/gate";
        ::mkfifo(path_.c_str(), 0600);
    }
    ~Gate() {
        ::unlink(path_.c_str());
        ::rmdir(folder_);
    }
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Lets one job pass; waits until it is there.
    void open() const {
        std::FILE* opened = std::fopen(path_.c_str(), "w");
        if (opened) std::fclose(opened);
    }

private:
    char folder_[32] = "/tmp/aio-gate-XXXXXX";
    std::string path_;
};

inline bool is_gone(pid_t pid) { return ::kill(pid, 0) < 0 && errno == ESRCH; }

/// Keeps a second thread alive, so that pools spawn their workers afresh.
class Busy {
public:
    explicit Busy(int threads = 1) {
        for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { allocate(); });
    }
    ~Busy() {
        stop_ = true;
        for (auto& thread : threads_) thread.join();
    }

private:
    void allocate() const {
        while (!stop_) {
            std::vector<std::string> all;
            for (std::size_t i = 1; i < 64; ++i) all.emplace_back(i * 61, 'x');
        }
    }
    std::atomic<bool> stop_ = false;
    std::vector<std::thread> threads_;
};

/// Every test runs with forked and with spawned workers.
class WithWorkers : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        if (std::string(GetParam()) == "Spawned") busy_ = std::make_unique<Busy>();
    }
    void TearDown() override { busy_.reset(); }

private:
    std::unique_ptr<Busy> busy_;
};

}  // namespace aio_test
