// refusals.cpp - coroutines given to what calls and does not await
//
// Compiled by check_refusals.py: each line with a mark must be refused, by the
// message of its mark, and no other line.
#include <aio/aio.h>

#include <chrono>
#include <coroutine>

using namespace std::chrono_literals;

aio::Coro<int> fetch() { co_return 1; }
aio::AsyncGenerator<int> numbers() { co_yield 1; }

/// An awaitable of another library.
struct Foreign {
    bool await_ready() { return true; }
    void await_suspend(std::coroutine_handle<>) {}
    void await_resume() {}
};
/// A coroutine that runs on by itself: nobody could await it.
struct Detached {
    struct promise_type {
        Detached get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() {}
    };
};
Detached detached() { co_return; }

void callbacks(aio::Loop& loop, aio::Future<int> future, aio::Task<int> task, aio::Event& event) {
    loop.call_soon(fetch);                                                   // callback
    loop.call_soon([] { return fetch(); });                                  // callback
    loop.call_soon([] { return fetch(); }, aio::Context());                  // callback
    loop.call_later(1s, [] { return fetch(); });                             // callback
    loop.call_at(1, []() -> aio::Coro<> { co_return; });                     // callback
    loop.call_soon_threadsafe([] { return fetch(); });                       // callback
    loop.add_reader(0, [] { return fetch(); });                              // callback
    loop.add_writer(0, [] { return fetch(); });                              // callback
    loop.add_signal_handler(1, [] { return fetch(); });                      // callback
    loop.set_exception_handler([](auto&, auto&) { return fetch(); });        // callback
    future.add_done_callback([] { return fetch(); });                        // callback
    future.add_done_callback([](aio::Future<int>&) { return fetch(); });     // callback
    task.add_done_callback([](aio::Task<int>&) { return fetch(); });         // callback
    aio::FutureBase(task).add_done_callback([](auto&) { return fetch(); });  // callback
    loop.call_soon([task] { return task; });                                 // callback
    loop.call_soon([&event] { return event.wait(); });                       // callback
    loop.call_soon([] { return numbers(); });                                // callback
    loop.call_soon([] { return Foreign(); });                                // callback
}

void jobs(aio::Loop& loop, aio::ThreadPoolExecutor& threads, aio::ProcessPoolExecutor& processes) {
    static_cast<void>(loop.run_in_executor(nullptr, [] { return fetch(); }));             // job
    static_cast<void>(loop.run_in_executor(&threads, [](int) { return Foreign(); }, 1));  // job
    static_cast<void>(loop.run_in_executor(&processes, [] { return fetch(); }));          // job
    threads.submit([] { return fetch(); });                                               // callback
}

void plain(aio::Loop& loop, aio::Task<int> task, aio::ThreadPoolExecutor& threads) {
    loop.call_soon([] { aio::create_task(fetch()); });
    loop.call_soon([task] { return task.cancel(); });
    loop.call_soon([task] { return task.done() ? &task : nullptr; });
    loop.call_soon(detached);
    loop.call_later(1s, detached);
    loop.set_exception_handler(nullptr);
    loop.set_exception_handler({});
    task.add_done_callback([] { return 1; });
    threads.submit([&loop] { aio::run_coroutine_threadsafe(loop, fetch()); });
    static_cast<void>(loop.run_in_executor(nullptr, detached));
}
