// 803_timer_handles.cpp - timers: their order, their handles, their errors
#include "python_text.h"

#include <cmath>
#include <thread>

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<> order() {
    auto& loop = aio::get_running_loop();
    std::vector<std::string> log;
    const double start = loop.time();
    std::vector<aio::TimerHandle> handles;
    for (const char* delay : {"0.03", "0.01", "0.02", "0", "-1"})
        handles.push_back(loop.call_later(aio::Seconds(std::stod(delay)), [&log, delay] { log.push_back(delay); }));
    const auto show = [&log] {
        std::string all = text(log);
        std::erase(all, '\'');
        const auto soon = all.find("soon");
        if (soon < all.size()) all.replace(soon, 4, "'soon'");
        std::printf("%s\n", all.c_str());
    };
    std::vector<bool> cancelled;
    for (const auto& handle : handles) cancelled.push_back(handle.cancelled());
    std::printf("%s %s %s\n", text(std::abs(handles[0].when() - start - 0.03) < 0.005), text(handles[4].when() < start),
                text(cancelled).c_str());
    handles[2].cancel();
    handles[2].cancel();
    loop.call_soon([&log] { log.push_back("soon"); });
    co_await aio::sleep(0s);
    show();
    co_await aio::sleep(0s);
    show();
    co_await aio::sleep(50ms);
    show();
    handles[0].cancel();
    std::printf("cancelled after it ran: %s %s\n", text(handles[0].cancelled()), text(handles[1].cancelled()));
}

aio::Coro<> equal_deadlines() {
    auto& loop = aio::get_running_loop();
    std::vector<std::string> log;
    const double when = loop.time() + 0.01;
    std::vector<aio::TimerHandle> handles(3);
    handles[0] = loop.call_at(when, [&] {
        log.push_back("a");
        handles[1].cancel();
    });
    handles[1] = loop.call_at(when, [&] { log.push_back("b"); });
    handles[2] = loop.call_at(when, [&] { log.push_back("c"); });
    co_await aio::sleep(30ms);
    const std::vector<bool> cancelled{handles[0].cancelled(), handles[1].cancelled(), handles[2].cancelled()};
    std::printf("%s %s %s\n", text(log).c_str(), text(cancelled).c_str(), text(handles[2].when() == when));
}

void tick(std::vector<int>& log, int n) {
    log.push_back(n);
    if (n == 0) return;
    auto& loop = aio::get_running_loop();
    loop.call_soon([&log, n] { log.push_back(-n); });
    loop.call_later(0s, [&log, n] { tick(log, n - 1); });
}
aio::Coro<> chains() {
    std::vector<int> log;
    aio::get_running_loop().call_later(1ms, [&log] { tick(log, 3); });
    co_await aio::sleep(30ms);
    std::printf("%s\n", text(log).c_str());
}

aio::Coro<> blocked() {
    auto& loop = aio::get_running_loop();
    std::vector<std::string> log;
    loop.call_later(20ms, [&] { log.push_back("t2"); });
    loop.call_later(10ms, [&] { log.push_back("t1"); });
    loop.call_soon([&] {
        std::this_thread::sleep_for(40ms);  // NOLINT(coro-blocking-call): makes timers expire together
        log.push_back("blocked");
        loop.call_soon([&] { log.push_back("soon"); });
    });
    loop.call_soon([&] { log.push_back("same batch"); });
    co_await aio::sleep(60ms);
    std::printf("%s\n", text(log).c_str());
}

aio::Coro<> errors() {
    auto& loop = aio::get_running_loop();
    std::string log;
    loop.set_exception_handler([&](aio::Loop&, const aio::ExceptionContext& context) {
        log = "\"" + conformance::repr(context.exception) + "\"";
    });
    loop.call_later(0s, [] { throw aio::ValueError("timer"); });
    loop.call_later(0s, [&] { log += ", 'next'"; });
    co_await aio::sleep(10ms);
    std::printf("[%s]\n", log.c_str());
}

aio::Coro<> pause(std::string& log, int n, aio::Seconds delay) {
    const int result = co_await aio::sleep(delay, n);
    log += (log.empty() ? "(" : ", (") + text(n) + ", " + text(result) + ")";
}
aio::Coro<> sleeps() {
    std::string log;
    co_await aio::gather(pause(log, 1, 20ms), pause(log, 2, 10ms), pause(log, 3, 0s), pause(log, 4, -1s));
    std::printf("[%s]\n", log.c_str());
}

aio::Coro<> main_coro() {
    co_await order();
    co_await equal_deadlines();
    co_await chains();
    co_await blocked();
    co_await errors();
    co_await sleeps();
}

}  // namespace

void scenario_803() { aio::run(main_coro()); }
