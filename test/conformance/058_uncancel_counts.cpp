// 058_uncancel_counts.cpp - uncancel() takes back the count, not the delivery
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<std::string> recovering() {
    const auto self = aio::current_task();
    std::printf("uncancel at 0: %d\n", self.uncancel());
    try {
        co_await aio::sleep(10s);
    } catch (const aio::CancelledError&) {
        const int before = self.cancelling();
        const int first = self.uncancel();
        const int second = self.uncancel();
        std::printf("cancelling %d uncancel -> %d %d cancelling %d\n", before, first, second, self.cancelling());
    }
    co_return "recovered";
}

aio::Coro<> pending_request() {
    const auto self = aio::current_task();
    self.cancel();
    const int before = self.cancelling();
    std::printf("self-cancel: cancelling %d uncancel %d\n", before, self.uncancel());
    try {
        co_await aio::sleep(0s);
        std::printf("no CancelledError after uncancel\n");
    } catch (const aio::CancelledError&) {
        std::printf("CancelledError still delivered after uncancel\n");
    }
}

aio::Coro<> main_coro() {
    auto task = aio::create_task(recovering());
    co_await aio::sleep(0s);
    task.cancel();
    task.cancel();
    const std::string result = co_await task;
    std::printf("%s %s\n", result.c_str(), text(task.cancelled()));
    co_await aio::create_task(pending_request());
}

}  // namespace

void scenario_058() { aio::run(main_coro()); }
