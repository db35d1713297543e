// process_pool_test.cpp - functions in other processes
#include "process_jobs.h"

#include <map>
#include <new>
#include <stdexcept>
#include <string_view>
#include <tuple>

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

using ProcessPool = WithWorkers;
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
            &pool,
            [](std::map<std::string, int> all, std::tuple<int, std::string> last) {
                all.emplace(std::get<1>(last), std::get<0>(last));
                return std::optional(all);
            },
            std::map<std::string, int>(), std::tuple(7, "seven"));
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
        const auto full_disk = [] { throw std::system_error(ENOSPC, std::generic_category(), "disk"); };
        const auto system = co_await thrown_by(full_disk);
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

struct Speechless : std::exception {
    [[nodiscard]] const char* what() const noexcept override { return nullptr; }
};

TEST_P(ProcessPool, AnExceptionWithoutATextComesBackWithAnEmptyOne) {
    const auto body = []() -> aio::Coro<std::string> {
        Pool pool(1);
        std::string text = "no error";
        try {
            co_await aio::get_running_loop().run_in_executor(&pool, [] { throw Speechless(); });
        } catch (const aio::RemoteError& error) {
            text = error.what();
        }
        co_return text;
    };
    EXPECT_EQ(aio::run(body()), "");
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
        const std::string text(16 << 20, 'x');
        std::vector<aio::Future<std::string>> futures;
        for (int i = 0; i < 4; ++i) futures.push_back(loop.run_in_executor(&pool, echo, text));
        const auto results = co_await aio::gather(futures);
        for (const auto& result : results) EXPECT_TRUE(result == text);
    };
    aio::run(body());
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
        const Gate first;
        const Gate second;
        Pool pool(1);
        auto running = loop.run_in_executor(&pool, wait_for_writer, first.path());
        auto waiting = loop.run_in_executor(&pool, add, 1, 2);
        auto last = loop.run_in_executor(&pool, wait_for_writer, second.path());
        auto never = loop.run_in_executor(&pool, add, 3, 4);
        first.open();
        co_await waiting;
        // Whether the third job has begun is not known, but once it can end it has.
        if (drop) second.open();
        pool.shutdown(false, drop);
        if (!drop) second.open();
        EXPECT_THROW(loop.run_in_executor(&pool, add, 1, 2), aio::ExecutorShutdown);
        pool.shutdown(true);  // NOLINT(coro-sync-wait): the test decides when the pool ends
        const auto [a, b, c, d] = co_await aio::gather_outcomes(running, waiting, last, never);
        EXPECT_TRUE(a.ok() && b.ok() && c.ok());
        if (!drop)
            EXPECT_EQ(d.value(), 7);
        else
            EXPECT_TRUE(d.cancelled() || d.value() == 7);
        EXPECT_TRUE(pool.pids().empty());
    };
    aio::run(body(false));
    aio::run(body(true));
}

TEST_P(ProcessPool, MayOutliveTheLoopThatWaitsForItAndServesAnother) {
    const Gate gate;
    Pool pool(1);
    const auto pids = pool.pids();
    int called_back = 0;
    {
        aio::Loop loop;
        auto lost = loop.run_in_executor(&pool, wait_for_writer, gate.path());
        lost.add_done_callback([&](aio::FutureBase&) { ++called_back; });
        loop.run_once();
        EXPECT_FALSE(lost.done());
    }
    // The job goes on without a loop, and its worker takes the next one.
    gate.open();
    const auto body = [&]() -> aio::Coro<int> {
        co_return co_await aio::get_running_loop().run_in_executor(&pool, process_id);
    };
    EXPECT_EQ(aio::run(body()), pids.at(0));
    pool.shutdown(true);
    EXPECT_TRUE(pool.pids().empty());
    EXPECT_TRUE(is_gone(pids.at(0)));
    EXPECT_EQ(called_back, 0);
}

[[maybe_unused]] void changes(int& value) { ++value; }
[[maybe_unused]] int* points() { return nullptr; }
[[maybe_unused]] int views(std::string_view text) { return static_cast<int>(text.size()); }

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
