// 015_seed_s5_loop_methods.cpp - tasks, callbacks, timers and threads of one loop
#include "python_text.h"

#include <concepts>
#include <thread>

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<std::string> child() {
    std::printf("child task\n");
    co_return "child";
}

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    auto task = loop.create_task(child());
    loop.call_soon([] { std::printf("call_soon\n"); });
    loop.call_later(50ms, [] { std::printf("call_later 0.05\n"); });
    const auto me = std::this_thread::get_id();
    auto same_thread = loop.run_in_executor(nullptr, [me] { return std::this_thread::get_id() == me; });
    std::printf("types: %s %s\n", text(std::same_as<decltype(task), aio::Task<std::string>>),
                text(std::derived_from<decltype(same_thread), aio::FutureBase>));
    const std::string result = co_await task;
    std::printf("%s\n", result.c_str());
    const bool same = co_await same_thread;
    std::printf("executor on main thread? %s\n", text(same));
    co_await aio::sleep(100ms);
}

}  // namespace

void scenario_015() { aio::run(main_coro()); }
