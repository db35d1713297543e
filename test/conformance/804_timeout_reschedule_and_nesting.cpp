// 804_timeout_reschedule_and_nesting.cpp - time limits that move, are swallowed and are nested
#include "python_text.h"

#include <optional>

using namespace std::chrono_literals;
using conformance::args;
using conformance::KeyError;
using conformance::text;

namespace {

const char* shown(std::optional<double> when) { return when ? "some time" : "None"; }

/// The type of what \p error was raised from.
template <class E>
const char* cause(const E& error) {
    try {
        std::rethrow_if_nested(error);
    } catch (const aio::CancelledError&) {
        return "CancelledError";
    }
    return "NoneType";
}
template <class F>
void refused(F f, const char* more = "") {
    try {
        f();
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s%s\n", error.what(), more);
    }
}
aio::Coro<> long_sleep(aio::Timeout&) { co_await aio::sleep(2s); }

aio::Coro<> limit_in_the_past(aio::Seconds delay) {
    aio::Timeout kept;
    const auto waits = [&](aio::Timeout& limit) -> aio::Coro<> {
        kept = limit;
        std::printf("body runs %s\n", text(limit.expired()));
        co_await aio::sleep(0s);
        std::printf("not here\n");
    };
    try {
        co_await aio::timeout(delay, waits);
    } catch (const aio::TimeoutError& error) {
        std::printf("TimeoutError %s %s %s\n", args(error).c_str(), cause(error), text(kept.expired()));
    }
    const auto does_not_wait = [&](aio::Timeout& limit) -> aio::Coro<> {
        kept = limit;
        std::printf("no await, no timeout\n");
        co_return;
    };
    co_await aio::timeout(delay, does_not_wait);
    std::printf("%s\n", text(kept.expired()));
}

aio::Coro<> limits() {
    const auto unlimited = [](aio::Timeout& limit) -> aio::Coro<> {
        std::printf("%s %s\n", shown(limit.when()), text(limit.expired()));
        co_await aio::sleep(0s);
    };
    co_await aio::timeout(std::nullopt, unlimited);
    co_await limit_in_the_past(0s);
    co_await limit_in_the_past(-1s);
    try {
        co_await aio::timeout_at(aio::get_running_loop().time() + 0.01, &long_sleep);
    } catch (const aio::TimeoutError&) {
        std::printf("at %d\n", aio::current_task().cancelling());
    }
}

aio::Coro<> reschedule_when_expiring() {
    const auto body = [](aio::Timeout& limit) -> aio::Coro<> {
        try {
            co_await aio::sleep(1s);
        } catch (const aio::CancelledError&) {
            refused([&] { limit.reschedule(std::nullopt); }, limit.expired() ? " True" : " False");
            throw;
        }
    };
    try {
        co_await aio::timeout(10ms, body);
    } catch (const aio::TimeoutError&) {
        std::printf("TimeoutError\n");
    }
}

aio::Coro<> reschedule() {
    aio::Timeout kept;
    const auto extended = [&](aio::Timeout& limit) -> aio::Coro<> {
        kept = limit;
        const double when = *limit.when() + 0.05;
        limit.reschedule(when);
        co_await aio::sleep(30ms);
        std::printf("extended %s %s\n", text(*limit.when() == when), text(limit.expired()));
        limit.reschedule(std::nullopt);
        std::printf("%s\n", shown(limit.when()));
    };
    co_await aio::timeout(10ms, extended);
    refused([&] { kept.reschedule(1); });
    const auto past = [&](aio::Timeout& limit) -> aio::Coro<> {
        kept = limit;
        limit.reschedule(aio::get_running_loop().time() - 1);
        std::printf("past\n");
        co_await aio::sleep(1ms);
        std::printf("no\n");
    };
    try {
        co_await aio::timeout(std::nullopt, past);
    } catch (const aio::TimeoutError&) {
        std::printf("TimeoutError\n");
    }
    refused([&] { kept.reschedule(std::nullopt); });
    co_await reschedule_when_expiring();
}

aio::Coro<> bodies() {
    const auto me = aio::current_task();
    aio::Timeout kept;
    const auto swallows = [&](aio::Timeout& limit) -> aio::Coro<> {
        kept = limit;
        try {
            co_await aio::sleep(1s);
        } catch (const aio::CancelledError&) {
            std::printf("swallowed %d\n", me.cancelling());
        }
        co_await aio::sleep(0s);
        std::printf("goes on %s\n", text(limit.expired()));
    };
    co_await aio::timeout(10ms, swallows);
    std::printf("after %s %d\n", text(kept.expired()), me.cancelling());
    const auto converts = [](aio::Timeout&) -> aio::Coro<> {
        try {
            co_await aio::sleep(1s);
        } catch (const aio::CancelledError&) {
            throw KeyError("other");
        }
    };
    try {
        co_await aio::timeout(10ms, converts);
    } catch (const KeyError& error) {
        std::printf("KeyError '%s' %d\n", error.what(), me.cancelling());
    }
    const auto throws = [&](aio::Timeout& limit) -> aio::Coro<> {
        kept = limit;
        throw aio::TimeoutError("body");
        co_return;
    };
    try {
        co_await aio::timeout(1s, throws);
    } catch (const aio::TimeoutError& error) {
        std::printf("%s %s\n", args(error).c_str(), text(kept.expired()));
    }
}

aio::Coro<> cleanup() {
    std::exception_ptr request;
    try {
        co_await aio::sleep(1s);
    } catch (const aio::CancelledError&) {
        request = std::current_exception();
    }
    try {
        co_await aio::timeout(10ms, &long_sleep);
    } catch (const aio::TimeoutError&) {
        std::printf("cleanup timed out %d\n", aio::current_task().cancelling());
    }
    std::rethrow_exception(request);
}

aio::Coro<> nested() {
    const auto me = aio::current_task();
    aio::Timeout outer;
    aio::Timeout inner;
    const auto show = [&](const char* which) {
        std::printf("%s %s %s %d\n", which, text(outer.expired()), text(inner.expired()), me.cancelling());
    };
    const auto sleeps = [&](aio::Timeout& limit) -> aio::Coro<> {
        inner = limit;
        co_await aio::sleep(2s);
    };
    const auto outlives = [&](aio::Timeout& limit) -> aio::Coro<> {
        outer = limit;
        co_await aio::timeout(1s, sleeps);
    };
    try {
        co_await aio::timeout(10ms, outlives);
    } catch (const aio::TimeoutError&) {
        show("outer");
    }
    const auto handles = [&](aio::Timeout& limit) -> aio::Coro<> {
        outer = limit;
        try {
            co_await aio::timeout(10ms, sleeps);
        } catch (const aio::TimeoutError&) {
            show("inner");
        }
        co_await aio::sleep(0s);
    };
    co_await aio::timeout(1s, handles);
    auto task = aio::create_task(cleanup());
    co_await aio::sleep(0s);
    task.cancel("outside");
    try {
        co_await task;
    } catch (const aio::CancelledError& error) {
        std::printf("%s %d\n", args(error).c_str(), task.cancelling());
    }
}

aio::Coro<> main_coro() {
    co_await limits();
    co_await reschedule();
    co_await bodies();
    co_await nested();
}

}  // namespace

void scenario_804() { aio::run(main_coro()); }
