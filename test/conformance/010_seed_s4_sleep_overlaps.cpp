// 010_seed_s4_sleep_overlaps.cpp - two pauses overlap
#include "python_text.h"

#include <cmath>

using namespace std::chrono_literals;

namespace {

long units_since(double start) { return std::lround((aio::get_running_loop().time() - start) / 0.1); }

aio::Coro<> work(std::string name, double start) {
    std::printf("%s: start %ld\n", name.c_str(), units_since(start));
    co_await aio::sleep(100ms);
    std::printf("%s: end %ld\n", name.c_str(), units_since(start));
}

aio::Coro<> main_coro() {
    const double start = aio::get_running_loop().time();
    co_await aio::gather(work("A", start), work("B", start));
}

}  // namespace

void scenario_010() { aio::run(main_coro()); }
