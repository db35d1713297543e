// 011_seed_s4_time_sleep_serialises.cpp - a blocking sleep holds up the loop
#include "python_text.h"

#include <cmath>
#include <thread>

using namespace std::chrono_literals;

namespace {

long units_since(double start) { return std::lround((aio::get_running_loop().time() - start) / 0.1); }

aio::Coro<> work(std::string name, double start) {
    std::printf("%s: start %ld\n", name.c_str(), units_since(start));
    std::this_thread::sleep_for(100ms);  // NOLINT(coro-blocking-call): the scenario shows what blocking does
    std::printf("%s: end %ld\n", name.c_str(), units_since(start));
    co_return;
}

aio::Coro<> main_coro() {
    const double start = aio::get_running_loop().time();
    co_await aio::gather(work("A", start), work("B", start));
}

}  // namespace

void scenario_011() { aio::run(main_coro()); }
