// process_pool_test.cpp - functions in other processes
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <dirent.h>
#include <map>
#include <memory>
#include <netinet/in.h>
#include <new>
#include <numeric>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <tuple>
#include <unistd.h>

namespace shop {

struct OutOfStock : std::runtime_error {
    using std::runtime_error::runtime_error;
};
struct Unknown : aio::ValueError {
    using aio::ValueError::ValueError;
};

}  // namespace shop

namespace {

using namespace aio_test;
using Pool = aio::ProcessPoolExecutor;

// Jobs.
int process_id() { return ::getpid(); }
int add(int a, int b) noexcept { return a + b; }
std::string repeat(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}
std::vector<int> reversed(std::vector<int> values) {
    std::reverse(values.begin(), values.end());
    return values;
}
void crash() { std::raise(SIGSEGV); }
void leave() { ::_exit(3); }
/// Blocks until somebody writes to the FIFO at \p path.
void wait_for_writer(const std::string& path) {
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

bool is_gone(pid_t pid) { return ::kill(pid, 0) < 0 && errno == ESRCH; }

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
class ProcessPool : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        if (std::string(GetParam()) == "Spawned") busy_ = std::make_unique<Busy>();
    }
    void TearDown() override { busy_.reset(); }

private:
    std::unique_ptr<Busy> busy_;
};
INSTANTIATE_TEST_SUITE_P(Workers, ProcessPool, testing::Values("Forked", "Spawned"),
                         [](const auto& info) { return std::string(info.param); });

TEST_P(ProcessPool, RunsFunctionsInAnotherProcess) {
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        Pool pool(1);
        const int pid = co_await loop.run_in_executor(&pool, process_id);
        EXPECT_NE(pid, ::getpid());
        EXPECT_EQ(pool.pids(), std::vector<pid_t>(1, pid));
        const int sum = co_await loop.run_in_executor(&pool, add, 1, 2);
        EXPECT_EQ(sum, 3);
        const auto text = co_await loop.run_in_executor(&pool, repeat, "ab", 3);
        EXPECT_EQ(text, "ababab");
        const auto product = co_await loop.run_in_executor(&pool, [](int a, double b) { return a * b; }, 2, 1.5);
        EXPECT_EQ(product, 3.0);
        co_await loop.run_in_executor(&pool, [] {});
        const auto parts = co_await loop.run_in_executor(
            &pool, [](std::map<std::string, int> all, std::tuple<int, std::string> last) {
                all.emplace(std::get<1>(last), std::get<0>(last));
                return std::optional(all);
            }, std::map<std::string, int>(), std::tuple(7, "seven"));
        EXPECT_EQ(parts->at("seven"), 7);
    };
    aio::run(body());
}

TEST_P(ProcessPool, BringsExceptionsBack) {
    aio::register_remote_error<shop::OutOfStock>();
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        Pool pool(1);
        const auto thrown_by = [&](void (*job)()) {
            auto future = loop.run_in_executor(&pool, job);
            return [](aio::Future<> ended) -> aio::Coro<std::exception_ptr> {
                co_await aio::wait(list(ended));
                co_return ended.exception();
            }(future);
        };
        const auto value = co_await thrown_by([] { throw aio::ValueError("in child"); });
        EXPECT_EQ(message_of<aio::ValueError>([&] { std::rethrow_exception(value); }), "in child");
        const auto range = co_await thrown_by([] { throw std::out_of_range("far"); });
        EXPECT_EQ(message_of<std::out_of_range>([&] { std::rethrow_exception(range); }), "far");
        const auto stock = co_await thrown_by([] { throw shop::OutOfStock("no book"); });
        EXPECT_EQ(message_of<shop::OutOfStock>([&] { std::rethrow_exception(stock); }), "no book");
        const auto memory = co_await thrown_by([] { throw std::bad_alloc(); });
        EXPECT_THROW(std::rethrow_exception(memory), std::bad_alloc);
        const auto system = co_await thrown_by([] { throw std::system_error(ENOSPC, std::generic_category(), "disk"); });
        try {
            std::rethrow_exception(system);
        } catch (const std::system_error& error) {
            EXPECT_EQ(error.code(), std::errc::no_space_on_device);
            EXPECT_EQ(std::string(error.what()), std::system_error(ENOSPC, std::generic_category(), "disk").what());
        }
        const auto unknown = co_await thrown_by([] { throw shop::Unknown("who"); });
        try {
            std::rethrow_exception(unknown);
        } catch (const aio::RemoteError& error) {
            EXPECT_EQ(error.type_name(), "shop::Unknown");
            EXPECT_STREQ(error.what(), "who");
        }
        const auto number = co_await thrown_by([] { throw 42; });
        try {
            std::rethrow_exception(number);
        } catch (const aio::RemoteError& error) {
            EXPECT_EQ(error.type_name(), "int");
        }
        const int sum = co_await loop.run_in_executor(&pool, add, 1, 1);
        EXPECT_EQ(sum, 2);
    };
    aio::run(body());
}

TEST_P(ProcessPool, QueuesMoreJobsThanWorkers) {
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        Pool pool(3);
        std::vector<aio::Future<int>> futures;
        for (int i = 0; i < 200; ++i) futures.push_back(loop.run_in_executor(&pool, add, i, i));
        const auto sums = co_await aio::gather(futures);
        for (int i = 0; i < 200; ++i) EXPECT_EQ(sums.at(static_cast<std::size_t>(i)), 2 * i);
    };
    aio::run(body());
}

TEST_P(ProcessPool, CarriesBigValuesBothWays) {
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        Pool pool(2);
        std::vector<int> numbers(4 << 20);
        std::iota(numbers.begin(), numbers.end(), 0);
        std::vector<aio::Future<std::vector<int>>> futures;
        for (int i = 0; i < 4; ++i) futures.push_back(loop.run_in_executor(&pool, reversed, numbers));
        std::reverse(numbers.begin(), numbers.end());
        const auto results = co_await aio::gather(futures);
        for (const auto& result : results) EXPECT_TRUE(result == numbers);
    };
    aio::run(body());
}

TEST_P(ProcessPool, B24FailsAllJobsWhenAWorkerDiesAndLeavesNoZombie) {
    const auto body = [](void (*death)()) -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        const Gate gate;
        Pool pool(2);
        const auto pids = pool.pids();
        auto running = loop.run_in_executor(&pool, wait_for_writer, gate.path());
        auto dying = loop.run_in_executor(&pool, death);
        auto waiting = loop.run_in_executor(&pool, add, 1, 2);
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

TEST_P(ProcessPool, B24NoticesTheDeathOfAnIdleWorker) {
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

TEST_P(ProcessPool, B24WorkersInheritNoDescriptorsAndNoSignalHandlers) {
    const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(::listen(listening, 1), 0);
    const auto old = std::signal(SIGUSR1, [](int) {});
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        Pool first(1);
        Pool pool(2);
        const auto open = co_await loop.run_in_executor(&pool, open_descriptors);
        EXPECT_EQ(open.size(), 4U) << "0, 1, 2 and the socket";
        const bool handled = co_await loop.run_in_executor(&pool, [] { return std::signal(SIGUSR1, SIG_DFL) != SIG_DFL; });
        EXPECT_FALSE(handled);
    };
    aio::run(body());
    std::signal(SIGUSR1, old);
    ::close(listening);
}

aio::Coro<int> answer_slowly() {
    co_await aio::sleep(1ms);
    co_return 42;
}

TEST_P(ProcessPool, AJobMayRunALoopOfItsOwn) {
    const auto body = []() -> aio::Coro<int> {
        Pool pool(1);
        co_return co_await aio::get_running_loop().run_in_executor(&pool, [] { return aio::run(answer_slowly()); });
    };
    EXPECT_EQ(aio::run(body()), 42);
}

TEST_P(ProcessPool, DoesNotSendAJobThatWasCancelledWhileItWaited) {
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        const Gate gate;
        Pool pool(1);
        auto running = loop.run_in_executor(&pool, wait_for_writer, gate.path());
        auto waiting = loop.run_in_executor(&pool, crash);
        waiting.cancel();
        co_await aio::yield();
        gate.open();
        co_await running;
        const int sum = co_await loop.run_in_executor(&pool, add, 1, 2);
        EXPECT_EQ(sum, 3);
        EXPECT_TRUE(waiting.cancelled());
    };
    aio::run(body());
}

TEST_P(ProcessPool, LosesTheResultOfARunningJobWhoseAwaiterWasCancelled) {
    const auto body = []() -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        const Gate gate;
        Pool pool(1);
        auto running = loop.run_in_executor(&pool, wait_for_writer, gate.path());
        gate.open();
        running.cancel();
        const int sum = co_await loop.run_in_executor(&pool, add, 1, 2);
        EXPECT_EQ(sum, 3);
        EXPECT_TRUE(running.cancelled());
    };
    aio::run(body());
}

TEST_P(ProcessPool, ShutdownRunsWaitingJobsUnlessTheyAreToBeDropped) {
    const auto body = [](bool drop) -> aio::Coro<> {
        auto& loop = aio::get_running_loop();
        const Gate gate;
        Pool pool(1);
        auto running = loop.run_in_executor(&pool, wait_for_writer, gate.path());
        auto waiting = loop.run_in_executor(&pool, add, 1, 2);
        std::thread opener([&gate] { gate.open(); });
        // The job has begun once the gate is open.
        opener.join();  // NOLINT(coro-blocking-call): the job opens the other end
        auto last = loop.run_in_executor(&pool, wait_for_writer, gate.path());
        auto never = loop.run_in_executor(&pool, add, 3, 4);
        if (drop) {
            gate.open();
            pool.shutdown(false, true);
        } else {
            pool.shutdown(false);
            gate.open();
        }
        EXPECT_THROW(loop.run_in_executor(&pool, add, 1, 2), aio::ExecutorShutdown);
        pool.shutdown(true);  // NOLINT(coro-sync-wait): the test decides when the pool ends
        const auto [a, b, c, d] = co_await aio::gather_outcomes(running, waiting, last, never);
        EXPECT_TRUE(a.ok() && b.ok() && c.ok());
        if (!drop) EXPECT_EQ(d.value(), 7);
        else EXPECT_TRUE(d.cancelled() || d.value() == 7);
        EXPECT_TRUE(pool.pids().empty());
    };
    aio::run(body(false));
    aio::run(body(true));
}

TEST_P(ProcessPool, MayOutliveTheLoopThatWaitsForIt) {
    const Gate gate;
    Pool pool(1);
    {
        aio::Loop loop;
        loop.run_in_executor(&pool, wait_for_writer, gate.path());
        loop.run_once();
    }
    gate.open();
    pool.shutdown(true);
}

TEST(ProcessPoolStart, B25WorkersStartWhileOtherThreadsHoldLocksOfTheAllocator) {
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

TEST_P(ProcessPool, WorkersHaveRunTheInitialisersOfTheProgram) {
    const auto body = []() -> aio::Coro<std::vector<int>> {
        Pool pool(1);
        co_return co_await aio::get_running_loop().run_in_executor(&pool, [] { return early; });
    };
    EXPECT_EQ(aio::run(body()), early);
}

int set_by_the_test = 0;

TEST_P(ProcessPool, OnlyForkedWorkersSeeWhatMainHasDone) {
    const auto body = []() -> aio::Coro<int> {
        Pool pool(1);
        co_return co_await aio::get_running_loop().run_in_executor(&pool, [] { return set_by_the_test; });
    };
    set_by_the_test = 1;
    EXPECT_EQ(aio::run(body()), std::string(GetParam()) == "Spawned" ? 0 : 1);
}

TEST(ProcessPoolEnd, WorkersEndWhenTheParentIsKilled) {
    // The workers inherit the pipe as standard output, and close it at their end.
    int output[2];
    ASSERT_EQ(::pipe(output), 0);
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

void changes(int& value) { ++value; }
int* points() { return nullptr; }
int views(std::string_view text) { return static_cast<int>(text.size()); }

template <class P>
constexpr bool goes = aio::detail::SendableParameter<P>;
static_assert(goes<int> && goes<const std::string&> && goes<std::vector<int>&&>);
static_assert(!goes<int&> && !goes<int*> && !goes<std::string_view> && !goes<const std::string_view&>);
static_assert(!aio::detail::SendableResult<decltype(points())> && aio::detail::SendableResult<void>);
static_assert(!aio::detail::SendableResult<const std::string&>);
static_assert(aio::detail::PlainFunction<decltype(&changes)> && aio::detail::PlainFunction<decltype(&views)>);
constexpr auto with_capture = [x = 1](int y) { return x + y; };
constexpr auto without_capture = [](int y) { return y; };
static_assert(!aio::detail::PlainFunction<decltype(with_capture)>);
static_assert(aio::detail::PlainFunction<decltype(without_capture)>);

}  // namespace
