// 022_seed_s8_two_threads_two_loops.cpp - a loop a thread, and work across them
#include "python_text.h"

#include <thread>
#include <tuple>

using namespace std::chrono_literals;
using conformance::KeyError;
using conformance::text;

namespace {

using Where = std::tuple<int, bool, bool>;

aio::Coro<Where> where(int x, std::thread::id thread, aio::Loop* loop) {
    co_await aio::sleep(10ms);
    co_return Where(x * 2, std::this_thread::get_id() == thread, &aio::get_running_loop() == loop);
}

aio::Coro<> boom() {
    throw KeyError("k");
    co_return;
}

aio::Coro<Where> main_coro(std::thread::id thread, aio::Loop* loop) {
    auto future = aio::wrap_future(aio::run_coroutine_threadsafe(*loop, where(1, thread, loop)));
    co_return co_await future;
}

void show(const Where& found) {
    std::printf("(%d, %s, %s)\n", std::get<0>(found), text(std::get<1>(found)), text(std::get<2>(found)));
}

}  // namespace

void scenario_022() {
    aio::Loop loop;
    std::thread thread([&] { loop.run_forever(); });
    const auto id = thread.get_id();
    show(aio::run_coroutine_threadsafe(loop, where(21, id, &loop)).get(5s));
    try {
        aio::run_coroutine_threadsafe(loop, boom()).get(5s);
    } catch (const KeyError& error) {
        std::printf("KeyError '%s'\n", error.what());
    }
    show(aio::run(main_coro(id, &loop)));
    loop.call_soon_threadsafe([&] { loop.stop(); });
    thread.join();
    loop.close();
    std::printf("joined\n");
}
