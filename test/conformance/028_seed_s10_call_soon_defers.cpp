// 028_seed_s10_call_soon_defers.cpp - callbacks wait for the next iteration
#include "python_text.h"

#include <thread>

namespace {

aio::Coro<> parser() {
    auto& loop = aio::get_running_loop();
    const auto me = std::this_thread::get_id();
    for (const std::string data : {"m1", "m2", "m3"}) {
        std::printf("parsed %s\n", data.c_str());
        loop.call_soon([data, me] {
            std::printf("user callback %s %s\n", data.c_str(), conformance::text(std::this_thread::get_id() == me));
        });
    }
    std::printf("parser continues\n");
    co_await aio::yield();
    std::printf("parser resumed\n");
}

}  // namespace

void scenario_028() { aio::run(parser()); }
