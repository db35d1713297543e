// 023_seed_s8_same_loop_two_threads_error.cpp - a loop belongs to the thread that runs it
#include "python_text.h"

#include <thread>

using namespace std::chrono_literals;

namespace {

template <class F>
void expect_error(std::vector<std::string>& out, const std::string& name, F call) {
    try {
        call();
    } catch (const aio::RuntimeError& error) {
        out.push_back(name + ": " + error.what());
    }
}

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    loop.set_debug(true);
    std::vector<std::string> errors;
    std::vector<std::string> out;
    std::thread other([&] {
        expect_error(errors, "run_forever", [&] { loop.run_forever(); });
        expect_error(errors, "call_soon", [&] { loop.call_soon([] {}); });
        expect_error(errors, "call_later", [&] { loop.call_later(1s, [] {}); });
        expect_error(errors, "call_at", [&] { loop.call_at(0, [] {}); });
        loop.call_soon_threadsafe([&] {
            out = errors;
            out.push_back("threadsafe ok");
        });
    });
    while (out.empty() || out.back() != "threadsafe ok") co_await aio::sleep(10ms);
    other.join();  // NOLINT(coro-blocking-call): the other thread ends at once
    for (const auto& line : out) std::printf("%s\n", line.c_str());
}

}  // namespace

void scenario_023() { aio::run(main_coro()); }
