// 013_seed_s5_manual_loop_lifecycle.cpp - a loop made, run and closed by hand
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<int> main_coro() {
    const auto& loop = aio::get_running_loop();
    std::printf("running: %s closed: %s\n", text(loop.is_running()), text(loop.is_closed()));
    co_return 7;
}

template <class F>
void expect_error(const char* name, F call) {
    try {
        call();
    } catch (const aio::RuntimeError& error) {
        std::printf("%s -> %s\n", name, error.what());
    }
}

}  // namespace

void scenario_013() {
    aio::Loop loop;
    std::printf("running: %s\n", text(loop.is_running()));
    std::printf("%d\n", loop.run_until_complete(main_coro()));
    std::printf("%d\n", loop.run_until_complete(main_coro()));
    loop.close();
    std::printf("closed: %s\n", text(loop.is_closed()));
    loop.close();
    std::printf("second close is a no-op\n");
    expect_error("run_forever", [&] { loop.run_forever(); });
    expect_error("call_soon", [&] { loop.call_soon([] {}); });
    expect_error("call_later", [&] { loop.call_later(1s, [] {}); });
    expect_error("call_soon_threadsafe", [&] { loop.call_soon_threadsafe([] {}); });
    expect_error("run_in_executor", [&] { loop.run_in_executor(nullptr, [] {}); });
}
