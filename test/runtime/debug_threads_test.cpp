// debug_threads_test.cpp - debug mode notices calls from wrong threads
#include "virtual_run.h"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <array>
#include <functional>
#include <latch>
#include <optional>
#include <thread>
#include <vector>

namespace {

using namespace aio_test;

const std::string refusal = "Non-thread-safe operation invoked on an event loop other than the current one";

/// A loop in debug mode that runs on another thread than the test.
class WrongThread : public testing::Test {
protected:
    /// Runs \p coro as a task until it waits; then begins to run the loop elsewhere.
    template <class T>
    aio::Task<T> wait_with(aio::Coro<T> coro) {
        auto task = loop.create_task(std::move(coro));
        loop.run_once();  // NOLINT(coro-nested-run): runs no loop here
        EXPECT_FALSE(task.done());
        return task;
    }
    void run_elsewhere() {
        thread = std::thread([this] { loop.run_forever(); });
        while (!loop.is_running()) std::this_thread::yield();
    }
    void join() {
        loop.call_soon_threadsafe([this] { loop.stop(); });
        thread.join();
    }
    /// What \p call throws on a thread that does not run the loop.
    template <class F>
    static std::string refusal_of(F&& call) {
        return message_of<aio::RuntimeError>(call);
    }
    /// What awaiting the result of \p make throws on a loop of this thread.
    template <class F>
    static std::string refusal_of_await(F make) {
        const auto body = [&]() -> aio::Coro<> { static_cast<void>(co_await make()); };
        return message_of<aio::RuntimeError>([&] { aio::run(body()); });
    }
    /// Ends \p tasks on the thread of the test.
    template <class... Tasks>
    void end(const Tasks&... tasks) {
        (tasks.cancel(), ...);
        for (int i = 0; i < 5; ++i) loop.run_once();
    }

    aio::Loop loop{{.debug = true}};
    std::thread thread;
};

TEST_F(WrongThread, EventIsRefused) {
    aio::Event event;
    const auto waiter = wait_with([](aio::Event& waited) -> aio::Coro<> { co_await waited.wait(); }(event));
    run_elsewhere();
    EXPECT_EQ(refusal_of([&] { event.set(); }), refusal);
    EXPECT_EQ(refusal_of([&] { event.clear(); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return event.wait(); }), refusal);
    join();
    EXPECT_FALSE(event.is_set());
    end(waiter);
}

TEST_F(WrongThread, LockIsRefused) {
    aio::Lock lock;
    const auto take = [](aio::Lock& wanted) -> aio::Coro<> { const auto guard = co_await wanted.scoped(); };
    loop.run_until_complete([](aio::Lock& wanted) -> aio::Coro<> { co_await wanted.acquire(); }(lock));
    const auto waiter = wait_with(take(lock));
    run_elsewhere();
    EXPECT_EQ(refusal_of([&] { lock.release(); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return lock.acquire(); }), refusal);
    join();
    EXPECT_TRUE(lock.locked());
    end(waiter);
    lock.release();
}

TEST_F(WrongThread, SemaphoreIsRefused) {
    aio::Semaphore semaphore(0);
    aio::BoundedSemaphore bounded(1);
    const auto take = [](aio::Semaphore& wanted) -> aio::Coro<> { co_await wanted.acquire(); };
    loop.run_until_complete(take(bounded));
    const auto waiter = wait_with(take(semaphore));
    const auto other = wait_with(take(bounded));
    run_elsewhere();
    EXPECT_EQ(refusal_of([&] { semaphore.release(); }), refusal);
    EXPECT_EQ(refusal_of([&] { bounded.release(); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return semaphore.acquire(); }), refusal);
    join();
    EXPECT_TRUE(semaphore.locked());
    end(waiter, other);
}

TEST_F(WrongThread, ConditionIsRefused) {
    aio::Condition condition;
    const auto waiter = wait_with([](aio::Condition& changed) -> aio::Coro<> {
        const auto guard = co_await changed.scoped();
        co_await changed.wait();
    }(condition));
    // Taken, or notify() would complain of that.
    loop.run_until_complete([](aio::Condition& changed) -> aio::Coro<> { co_await changed.acquire(); }(condition));
    run_elsewhere();
    EXPECT_EQ(refusal_of([&] { condition.notify(); }), refusal);
    EXPECT_EQ(refusal_of([&] { condition.notify_all(); }), refusal);
    join();
    condition.release();
    end(waiter);
}

TEST_F(WrongThread, QueueIsRefusedAndStaysAsItIs) {
    aio::Queue<int> queue(1);
    const auto getter = wait_with([](aio::Queue<int>& items) -> aio::Coro<> { co_await items.get(); }(queue));
    run_elsewhere();
    EXPECT_EQ(refusal_of([&] { queue.put_nowait(1); }), refusal);
    EXPECT_EQ(refusal_of([&] { queue.get_nowait(); }), refusal);
    EXPECT_EQ(refusal_of([&] { static_cast<void>(queue.try_get()); }), refusal);
    EXPECT_EQ(refusal_of([&] { queue.task_done(); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return queue.put(1); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return queue.get(); }), refusal);
    join();
    EXPECT_TRUE(queue.empty());
    end(getter);
}

TEST_F(WrongThread, QueueThatIsOnlyJoinedIsRefusedToo) {
    aio::Queue<int> queue;
    queue.put_nowait(1);
    const auto joiner = wait_with(queue.join());
    run_elsewhere();
    EXPECT_EQ(refusal_of([&] { queue.put_nowait(2); }), refusal);
    EXPECT_EQ(refusal_of([&] { queue.task_done(); }), refusal);
    join();
    EXPECT_EQ(queue.qsize(), 1U);
    end(joiner);
}

TEST_F(WrongThread, HandleIsNotCancelled) {
    auto timer = loop.call_later(1h, [] {});
    auto ended = loop.call_soon([] {});
    loop.run_once();
    std::latch refused(1);
    loop.call_soon([&] { refused.wait(); });  // NOLINT(coro-blocking-call): the loop is to stand still
    std::vector<aio::Handle> waiting{loop.call_soon([] {}), loop.call_soon_threadsafe([] {}), timer};
    run_elsewhere();
    for (auto& handle : waiting) {
        EXPECT_EQ(refusal_of([&] { handle.cancel(); }), refusal);
        EXPECT_FALSE(handle.cancelled());
    }
    refused.count_down();
    join();
    timer.cancel();
    EXPECT_TRUE(timer.cancelled());
    loop.call_soon([&] { ended.cancel(); });
    loop.run_once();
    EXPECT_TRUE(ended.cancelled());
}

TEST_F(WrongThread, FutureIsRefused) {
    const auto future = loop.create_future<int>();
    const auto id = future.add_done_callback([] {});
    run_elsewhere();
    EXPECT_EQ(refusal_of([&] { future.remove_done_callback(id); }), refusal);
    EXPECT_EQ(refusal_of([&] { static_cast<void>(loop.create_future<int>()); }), refusal);
    EXPECT_EQ(refusal_of([&] { static_cast<void>(loop.fileno()); }), refusal);
    EXPECT_EQ(refusal_of([&] { static_cast<void>(loop.wait_hint()); }), refusal);
    join();
    EXPECT_EQ(future.remove_done_callback(id), 1U);
}

TEST_F(WrongThread, StreamIsRefused) {
    std::array<int, 2> pair{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()), 0);
    const aio::detail::OwnedFd far(pair[1]);
    const auto transport = aio::detail::StreamTransport::start(loop.core(), aio::detail::OwnedFd(pair[0]),
                                                               aio::detail::StreamEnd::both, 100);
    const aio::StreamReader reader(transport->reader());
    std::optional<aio::StreamWriter> writer(transport);
    run_elsewhere();
    EXPECT_EQ(refusal_of([&] { writer->write("x"); }), refusal);
    EXPECT_EQ(refusal_of([&] { writer->write_eof(); }), refusal);
    EXPECT_EQ(refusal_of([&] { writer->close(); }), refusal);
    EXPECT_EQ(refusal_of([&] { writer->abort(); }), refusal);
    EXPECT_EQ(refusal_of([&] { writer->set_write_buffer_limits(1, 1); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return writer->drain(); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return writer->wait_closed(); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return reader.read(1); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return reader.readline(); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return reader.readexactly(1); }), refusal);
    EXPECT_EQ(refusal_of([&] { reader.feed_data("x"); }), refusal);
    EXPECT_EQ(refusal_of([&] { reader.feed_eof(); }), refusal);
    EXPECT_EQ(refusal_of([&] { reader.set_exception(nullptr); }), refusal);
    join();
    EXPECT_FALSE(writer->is_closing());
    EXPECT_FALSE(reader.at_eof());
    writer->close();
    loop.run_once();
}

TEST_F(WrongThread, ServerIsRefused) {
    const auto server =
        loop.run_until_complete(aio::start_server([](aio::StreamReader, aio::StreamWriter) {}, "127.0.0.1", 0));
    run_elsewhere();
    EXPECT_EQ(refusal_of([&] { server.close(); }), refusal);
    EXPECT_EQ(refusal_of_await([&] { return server.start_serving(); }), refusal);
    join();
    EXPECT_TRUE(server.is_serving());
    server.close();
}

TEST_F(WrongThread, IsNotLookedForWithoutDebugModeNorBetweenRuns) {
    aio::Event event;
    const auto waiter = wait_with([](aio::Event& waited) -> aio::Coro<> { co_await waited.wait(); }(event));
    // Nobody runs the loop: this thread may be the next to do so.
    std::thread([&] { event.clear(); }).join();
    loop.set_debug(false);
    loop.call_soon([&] { std::thread([&] { event.set(); }).join(); });  // NOLINT(coro-blocking-call): on purpose
    loop.run_until_complete(waiter);
    EXPECT_TRUE(event.is_set());
}

}  // namespace
