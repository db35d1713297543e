// 012_seed_s4_sleep0_yields_one_iteration.cpp - a pause of zero is one iteration
#include "python_text.h"

#include <variant>

using namespace std::chrono_literals;

namespace {

aio::Coro<> worker(std::string name) {
    for (int i = 0; i < 3; ++i) {
        std::printf("%s %d\n", name.c_str(), i);
        co_await aio::sleep(i % 2 ? aio::Seconds(0) : aio::Seconds(-1));
    }
}

std::string show(std::monostate) { return "None"; }
std::string show(const std::string& value) { return conformance::text(value); }

aio::Coro<> main_coro() {
    const auto [a, b, c, d, e] =
        co_await aio::gather(worker("A"), worker("B"), worker("C"), aio::sleep(0s, std::string("res")),
                             aio::sleep(10ms, std::string("res2")));
    std::printf("[%s, %s, %s, %s, %s]\n", show(a).c_str(), show(b).c_str(), show(c).c_str(), show(d).c_str(),
                show(e).c_str());
}

}  // namespace

void scenario_012() { aio::run(main_coro()); }
