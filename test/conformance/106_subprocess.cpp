// 106_subprocess.cpp - output, exit status, signals and errors of child processes
#include "python_text.h"

#include <optional>
#include <system_error>

using namespace std::chrono_literals;
using namespace aio::subprocess;
using conformance::bytes;

namespace {

std::string text_of(std::optional<int> returncode) {
    return returncode ? std::to_string(*returncode) : std::string("None");
}

aio::Coro<> talk() {
    const Process process =
        co_await exec({.stdin = PIPE, .stdout = PIPE, .stderr = PIPE}, "sh", "-c", "cat; echo err >&2; exit 3");
    const auto [out, err] = co_await process.communicate("data\n");
    std::printf("%s %s %s\n", bytes(out).c_str(), bytes(err).c_str(), text_of(process.returncode()).c_str());
}

aio::Coro<> read_lines() {
    const Process process = co_await shell("echo one; echo two", {.stdout = PIPE});
    for (int i = 0; i < 3; ++i) std::printf("%s ", bytes(co_await process.stdout_->readline()).c_str());
    std::printf("%d\n", co_await process.wait());
}

aio::Coro<> end_early() {
    const Process killed = co_await exec("sleep", "30");
    std::printf("running %s\n", text_of(killed.returncode()).c_str());
    killed.kill();
    std::printf("%d\n", co_await killed.wait());
    try {
        co_await exec("/nonexistent/prog");
    } catch (const std::system_error& error) {
        if (error.code() == std::errc::no_such_file_or_directory) std::printf("FileNotFoundError\n");
    }
    const Process slow = co_await exec("sleep", "30");
    bool timed_out = false;
    try {
        co_await aio::wait_for(slow.wait(), 50ms);
    } catch (const aio::TimeoutError&) {
        timed_out = true;
    }
    if (timed_out) std::printf("timeout, still running %s\n", text_of(slow.returncode()).c_str());
    slow.terminate();
    std::printf("%d\n", co_await slow.wait());
}

aio::Coro<> amain() {
    co_await talk();
    co_await read_lines();
    co_await end_early();
}

}  // namespace

void scenario_106() { aio::run(amain()); }
