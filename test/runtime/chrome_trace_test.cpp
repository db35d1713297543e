// chrome_trace_test.cpp - traces that Perfetto can show
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>

namespace {

using namespace aio_test;

aio::Coro<> work() {
    co_await aio::sleep(1s);
    aio::get_running_loop().call_soon([] {});
    co_await aio::yield();
}

aio::Coro<> amain() {
    auto task = aio::create_task(work(), {.name = "a \"quoted\" \\ name\n"});
    auto lost = aio::create_task(aio::sleep(1h));
    co_await task;
    lost.cancel();
    co_await aio::sleep(1s);
}

class ChromeTrace : public testing::Test {
protected:
    ChromeTrace() {
        static int count = 0;
        path = testing::TempDir() + "aio_trace_" + std::to_string(::getpid()) + "_" + std::to_string(++count) + ".json";
    }
    ~ChromeTrace() override { std::remove(path.c_str()); }

    [[nodiscard]] std::string content() const {
        std::stringstream text;
        text << std::ifstream(path).rdbuf();
        return text.str();
    }

    /// Runs \p program, in which `events` is what the file holds; true if it ends well.
    [[nodiscard]] bool python_agrees(const std::string& program) const {
        const std::string events = "import json; events = json.load(open(\"" + path + "\"))\n";
        const std::string command = "python3 -c '" + events + program + "'";
        return std::system(command.c_str()) == 0;
    }

    std::string path;
    aio::TestClock clock;
};

TEST_F(ChromeTrace, IsValidJsonWithALaneForEachTask) {
    {
        aio::ChromeTrace trace(path);
        aio::run(amain(), {.clock = &clock, .tracer = &trace});
    }
    EXPECT_TRUE(python_agrees(R"py(
names = {e["args"]["name"] for e in events if e["name"] == "thread_name"}
assert "loop" in names and any("a \"quoted\" \\ name\n work()" == n for n in names), names
assert all("pid" in e and "tid" in e for e in events)
slices = [e for e in events if e["ph"] == "X"]
assert all(e["dur"] >= 0 and e["ts"] >= 0 for e in slices)
assert {e["name"] for e in slices} >= {"work", "amain", "iteration"}, slices
assert any(e.get("args") == {"then": "waits for sleep"} for e in slices)
assert [e["s"] for e in events if e["ph"] == "i" and e["name"] == "cancel"].count("t") >= 1
assert all(e["args"]["callbacks"] >= 0 for e in events if e["ph"] == "C"))py"));
}

TEST_F(ChromeTrace, DrawsAnArrowFromEveryWakeToAStepOfTheTask) {
    {
        aio::ChromeTrace trace(path);
        aio::run(amain(), {.clock = &clock, .tracer = &trace});
    }
    EXPECT_TRUE(python_agrees(R"py(
begins = {e["id"]: e for e in events if e["ph"] == "s"}
ends = {e["id"]: e for e in events if e["ph"] == "f"}
assert begins.keys() == ends.keys() and len(begins) > 5
def inside(e):
    return any(s["tid"] == e["tid"] and s["ts"] - 0.01 <= e["ts"] <= s["ts"] + s["dur"] + 0.01
               for s in events if s["ph"] == "X")
for number, end in ends.items():
    assert begins[number]["ts"] <= end["ts"] and end["bp"] == "e" and end["tid"] != 0
    assert inside(end), end
late = [b for b in begins.values() if not inside(b)]
assert len(late) <= 3, late)py"));
}

TEST_F(ChromeTrace, IsCompleteWhenTheRunEndsByAnException) {
    const auto failing = []() -> aio::Coro<> {
        aio::get_running_loop().call_soon([] { throw aio::SystemExit(3); });
        co_await aio::sleep(1h);
    };
    aio::ChromeTrace trace(path);
    aio::Loop loop({.clock = &clock, .tracer = &trace});
    EXPECT_THROW(loop.run_until_complete(failing()), aio::SystemExit);
    // The tracer is still there and has more to write.
    EXPECT_TRUE(python_agrees(R"py(
assert any(e["name"] == "iteration" for e in events)
assert [e["args"] for e in events if e["name"] == "<lambda>" and e["ph"] == "X"] == [{"then": "waits for sleep"}])py"));
}

TEST_F(ChromeTrace, IsValidJsonFromTheBeginningAndAfterManyEvents) {
    aio::ChromeTrace trace(path);
    EXPECT_TRUE(python_agrees("assert len(events) == 2"));
    aio::Loop loop({.clock = &clock, .tracer = &trace});
    const auto busy = []() -> aio::Coro<> {
        for (int i = 0; i < 3000; ++i) co_await aio::yield();
    };
    loop.run_until_complete(busy());
    EXPECT_TRUE(
        python_agrees("assert sum(e[\"name\"] == \"busy\" or e[\"name\"] == \"<lambda>\" for e in events) > 3000"));
}

/// No file may grow beyond a size while it lives.
class FullDisk {
public:
    explicit FullDisk(rlim_t size) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit low{size, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &low);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

private:
    rlimit before_{};
    void (*handler_)(int);
};

TEST_F(ChromeTrace, StaysValidJsonOnAFullDisk) {
    aio::ChromeTrace trace(path);
    {
        // Room for the beginning of the next event, but not for its end.
        const FullDisk disk(content().size() + 50);
        aio::run(amain(), {.clock = &clock, .tracer = &trace});
        trace.on_iteration(1);
        EXPECT_THROW(trace.flush(), std::system_error);
    }
    EXPECT_TRUE(python_agrees("assert len(events) == 2"));
    trace.on_iteration(2);
    trace.flush();
    EXPECT_TRUE(python_agrees("assert len(events) == 4 and events[-1][\"name\"] == \"ready\""));
}

TEST_F(ChromeTrace, NeedsAFileThatCanBeWritten) {
    EXPECT_THROW(aio::ChromeTrace("/nonexistent/folder/trace.json"), std::system_error);
}

}  // namespace
