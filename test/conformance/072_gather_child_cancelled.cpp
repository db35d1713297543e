// 072_gather_child_cancelled.cpp - a cancelled child fails the gather
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<double> child(aio::Seconds delay) {
    co_await aio::sleep(delay);
    co_return delay.count();
}

std::string kind(const aio::Outcome<double>& outcome) {
    return outcome.ok() ? "float" : conformance::type_name(outcome.error());
}

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    auto a = aio::create_task(child(5s));
    auto b = aio::create_task(child(60ms));
    loop.call_later(20ms, [a] { a.cancel(); });
    try {
        co_await aio::gather(a, b);
    } catch (const aio::CancelledError&) {
        std::printf("CancelledError; main cancelling(): %d\n", aio::current_task().cancelling());
    }
    std::printf("b done? %s\n", text(b.done()));
    try {
        const double result = co_await b;
        std::printf("b -> %g\n", result);
    } catch (const aio::CancelledError&) {
        std::printf("b -> CancelledError\n");
    }
    a = aio::create_task(child(5s));
    loop.call_later(20ms, [a] { a.cancel(); });
    auto [first, second] = co_await aio::gather_outcomes(a, child(50ms));
    std::printf("['%s', '%s']\n", kind(first).c_str(), kind(second).c_str());
}

}  // namespace

void scenario_072() { aio::run(main_coro()); }
