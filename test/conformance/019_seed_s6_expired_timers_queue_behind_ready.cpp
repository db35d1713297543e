// 019_seed_s6_expired_timers_queue_behind_ready.cpp - due timers run after what was ready
#include "python_text.h"

#include <thread>

using namespace std::chrono_literals;

void scenario_019() {
    aio::Loop loop;
    loop.call_later(50ms, [] { std::printf("timer .05\n"); });
    loop.call_later(20ms, [] { std::printf("timer .02\n"); });
    loop.call_soon([&] {
        std::printf("busy\n");
        std::this_thread::sleep_for(80ms);  // NOLINT(coro-blocking-call): makes timers expire together
        loop.call_soon([] { std::printf("soon-after-busy\n"); });
    });
    loop.call_soon([] { std::printf("soon 2\n"); });
    loop.call_later(150ms, [&] { loop.stop(); });
    loop.run_forever();
    loop.close();
}
