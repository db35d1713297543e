// 068_timeout_scope.cpp - a time limit for a block
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<> sleep_in_block(aio::Timeout&) { co_await aio::sleep(5s); }

aio::Coro<> expiry() {
    aio::Timeout cm;
    try {
        co_await aio::timeout(50ms, [&](aio::Timeout& limit) -> aio::Coro<> {
            cm = limit;
            try {
                co_await aio::sleep(5s);
            } catch (const aio::CancelledError&) {
                std::printf("inside: CancelledError; cancelling %d\n", aio::current_task().cancelling());
                throw;
            }
        });
    } catch (const aio::TimeoutError&) {
        std::printf("outside: TimeoutError, expired %s cancelling %d\n", text(cm.expired()),
                    aio::current_task().cancelling());
    }
    co_await aio::timeout(5s, [&](aio::Timeout& limit) -> aio::Coro<> {
        cm = limit;
        co_await aio::sleep(0s);
    });
    std::printf("in time, expired %s\n", text(cm.expired()));
}

aio::Coro<> rescheduling() {
    aio::Loop& loop = aio::get_running_loop();
    co_await aio::timeout(std::nullopt, [&](aio::Timeout& limit) -> aio::Coro<> {
        std::printf("when %s\n", limit.when() ? "?" : "None");
        limit.reschedule(loop.time() + 5);
        std::printf("when set %s\n", text(limit.when().has_value()));
        co_return;
    });
    try {
        co_await aio::timeout(5s, [&](aio::Timeout& limit) -> aio::Coro<> {
            limit.reschedule(loop.time() - 1);
            co_await aio::sleep(5s);
        });
    } catch (const aio::TimeoutError&) {
        std::printf("rescheduled into the past: TimeoutError\n");
    }
}

aio::Coro<> zero() {
    try {
        co_await aio::timeout(0s, &sleep_in_block);
    } catch (const aio::TimeoutError&) {
        std::printf("timeout(0): TimeoutError\n");
    }
    aio::Timeout cm;
    co_await aio::timeout(0s, [&](aio::Timeout& limit) -> aio::Coro<> {
        cm = limit;
        co_return;
    });
    std::printf("timeout(0) without await: no error, expired %s\n", text(cm.expired()));
    try {
        cm.reschedule(1);
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError %s\n", error.what());
    }
}

aio::Coro<> other_error() {
    try {
        co_await aio::timeout(20ms, [&](aio::Timeout&) -> aio::Coro<> {
            try {
                co_await aio::sleep(5s);
            } catch (const aio::CancelledError&) {
                throw conformance::KeyError("other");
            }
        });
    } catch (const conformance::KeyError&) {
        std::printf("KeyError wins over TimeoutError; cancelling %d\n", aio::current_task().cancelling());
    }
}

aio::Coro<> main_coro() {
    co_await expiry();
    co_await rescheduling();
    co_await zero();
    co_await other_error();
}

}  // namespace

void scenario_068() { aio::run(main_coro()); }
