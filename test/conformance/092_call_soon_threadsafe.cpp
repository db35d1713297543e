// 092_call_soon_threadsafe.cpp - another thread wakes a loop that waits
#include "python_text.h"

#include <chrono>
#include <thread>

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    const auto started = std::chrono::steady_clock::now();
    auto woken = loop.create_future<std::string>();
    const auto main_thread = std::this_thread::get_id();
    const auto callback = [&](int i) {
        std::printf("cb %d %s\n", i, text(std::this_thread::get_id() == main_thread));
        if (i == 4) woken.set_result("woken");
    };
    std::thread thread([&] {
        std::this_thread::sleep_for(30ms);
        for (int i = 0; i < 5; ++i) loop.call_soon_threadsafe([&callback, i] { callback(i); });
    });
    loop.call_later(5s, [] { std::printf("never\n"); });
    const std::string result = co_await woken;
    const bool soon = std::chrono::steady_clock::now() - started < 2s;
    std::printf("%s before 2s: %s\n", result.c_str(), text(soon));
    thread.join();  // NOLINT(coro-blocking-call): the thread has posted its last callback
}

}  // namespace

void scenario_092() { aio::run(main_coro()); }
