// 020_seed_s7_color_rules.cpp - which colour may call which
#include "python_text.h"

#include <concepts>

namespace {

aio::Coro<std::string> red() { co_return "red result"; }
std::string blue() { return "blue result"; }

std::string blue_calls_red() {
    auto coro = red();
    const bool inert = std::same_as<decltype(coro), aio::Coro<std::string>> && coro.valid();
    coro.close();
    return inert ? "coroutine" : "a result";
}

aio::Coro<std::string> red_calls_blue() { co_return blue(); }
aio::Coro<std::string> red_calls_red() { co_return co_await red(); }
aio::Coro<std::string> nested() {
    try {
        co_return aio::run(red());  // NOLINT(coro-nested-run): the scenario wants the error
    } catch (const aio::RuntimeError& error) {
        co_return std::string("error: ") + error.what();
    }
}

}  // namespace

void scenario_020() {
    std::printf("%s\n", blue_calls_red().c_str());
    std::printf("%s\n", aio::run(red_calls_blue()).c_str());
    std::printf("%s\n", aio::run(red_calls_red()).c_str());
    std::printf("%s\n", aio::run(nested()).c_str());
}
