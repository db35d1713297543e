// 813_slow_callbacks.cpp - debug mode reports what blocks the loop
#include "python_text.h"

#include <regex>
#include <string_view>
#include <thread>

using namespace std::chrono_literals;
using conformance::text;

namespace {

void show(std::string_view message, const std::source_location&) {
    const std::string all(message);
    std::smatch what;
    if (!std::regex_search(all, what, std::regex(R"(^Executing <(\w+)( \w+ name='\w+')?)"))) return;
    const std::string took = std::regex_replace(all.substr(all.rfind("took")), std::regex(R"(\d\.\d{3})"), "N");
    std::printf("%s%s %s\n", what.str(1).c_str(), what.str(2).c_str(), took.c_str());
}

void nap() { std::this_thread::sleep_for(60ms); }  // NOLINT(coro-blocking-call): the report of it is the subject
aio::Coro<> in_a_step() {
    co_await aio::yield();
    nap();
    co_await aio::yield();
}
aio::Coro<> at_the_end() {
    nap();
    co_return;
}
aio::Coro<> fails() {
    nap();
    throw aio::ValueError("x");
    co_return;
}

aio::Coro<> callbacks() {
    auto& loop = aio::get_running_loop();
    loop.call_soon(&nap);
    co_await aio::yield();
    loop.call_later(0s, &nap);
    co_await aio::sleep(10ms);
    auto future = loop.create_future<int>();
    future.add_done_callback([] { nap(); });
    future.set_result(0);
    co_await aio::yield();
    co_await aio::yield();
    loop.slow_callback_duration = 5s;
    loop.call_soon(&nap);
    co_await aio::yield();
    loop.slow_callback_duration = 50ms;
    loop.set_debug(false);
    loop.call_soon(&nap);
    co_await aio::yield();
}

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    std::printf("%s %g\n", text(loop.get_debug()), loop.slow_callback_duration.count());
    loop.slow_callback_duration = 50ms;
    co_await aio::create_task(in_a_step(), {.name = "S"});
    co_await aio::create_task(at_the_end(), {.name = "E"});
    try {
        co_await aio::create_task(fails(), {.name = "F"});
    } catch (const aio::ValueError&) {
        static_cast<void>(0);
    }
    co_await callbacks();
    std::printf("end\n");
}

}  // namespace

void scenario_813() {
    aio::set_warning_hook(&show);
    aio::run(main_coro(), {.debug = true});
    aio::set_warning_hook(nullptr);
}
