// 805_taskgroup_bodies_and_texts.cpp - bodies that fail, groups that grow
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::args;
using conformance::text;

namespace {

/// str() of an error, a list for a group.
std::string shown(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const aio::ExceptionGroup& group) {
        std::string all = "[";
        for (const auto& nested : group.exceptions()) {
            const std::string one = shown(nested);
            if (all.size() > 1) all += ", ";
            if (one[0] == '[')
                all += one;
            else
                all += one[0] == '\'' ? "\"" + one + "\"" : text(one);
        }
        return all + "]";
    } catch (const conformance::KeyError& key) {
        return text(std::string(key.what()));
    } catch (...) {
        return conformance::message(error);
    }
}
std::string shown(const aio::ExceptionGroup& group) { return shown(std::make_exception_ptr(group)); }

aio::Coro<> slow(std::string name) {
    try {
        co_await aio::sleep(1s);
    } catch (const aio::CancelledError& error) {
        std::printf("%s cancelled %s %d\n", name.c_str(), args(error).c_str(), aio::current_task().cancelling());
        throw;
    }
}
aio::Coro<> bad(std::string message) {
    co_await aio::sleep(0s);
    throw aio::ValueError(message);
}
aio::Coro<> spoiled() {
    try {
        co_await aio::sleep(1s);
    } catch (...) {
        throw conformance::KeyError("cleanup");
    }
}
void refused(aio::TaskGroup& group) {
    try {
        group.create_task(slow("late"));
    } catch (const aio::RuntimeError& error) {
        std::printf("RuntimeError: %s\n", error.what());
    }
}

aio::Coro<> body_fails() {
    const auto fails = [](aio::TaskGroup& group) -> aio::Coro<> {
        group.create_task(slow("a"));
        co_await aio::sleep(0s);
        throw aio::ValueError("body");
    };
    try {
        co_await aio::with_task_group(fails);
    } catch (const aio::ExceptionGroup& group) {
        std::printf("%s | %s %s %d\n", group.what(), group.message().c_str(), shown(group).c_str(),
                    aio::current_task().cancelling());
    }
    aio::Task<> task;
    const auto fails_at_once = [&](aio::TaskGroup& group) -> aio::Coro<> {
        task = group.create_task(slow("never starts"));
        throw aio::ValueError("at once");
        co_return;
    };
    try {
        co_await aio::with_task_group(fails_at_once);
    } catch (const aio::ExceptionGroup& group) {
        std::printf("%s %s\n", shown(group).c_str(), text(task.cancelled()));
    }
}

aio::Coro<> body_goes_on() {
    const auto me = aio::current_task();
    const auto body = [&](aio::TaskGroup& group) -> aio::Coro<> {
        std::printf("%s\n", group.describe().c_str());
        group.create_task(bad("kid"));
        std::printf("%s\n", group.describe().c_str());
        try {
            co_await aio::sleep(1s);
        } catch (const aio::CancelledError& error) {
            std::printf("body swallows %s %d %s\n", args(error).c_str(), me.cancelling(), group.describe().c_str());
        }
        refused(group);
        co_await aio::sleep(0s);
        throw aio::ValueError("second");
    };
    try {
        co_await aio::with_task_group(body);
    } catch (const aio::ExceptionGroup& group) {
        std::printf("%s | %s %d\n", group.what(), shown(group).c_str(), me.cancelling());
    }
}

aio::Coro<> step(aio::TaskGroup& group, int n) {
    co_await aio::sleep(0s);
    if (n > 0) group.create_task(step(group, n - 1));
    std::printf("step %d\n", n);
}
aio::Coro<> grows() {
    aio::TaskGroup group;
    group.create_task(step(group, 3));
    co_await group.join();
    std::printf("%s\n", group.describe().c_str());
    refused(group);
    std::vector<int> hit;
    aio::get_running_loop().call_soon([&] { hit.push_back(1); });
    co_await aio::with_task_group([](aio::TaskGroup&) -> aio::Coro<> { co_return; });
    std::printf("an empty group waits for nothing: %s\n", text(hit).c_str());
    co_await aio::yield();
}

aio::Coro<> several() {
    const auto inner = [](aio::TaskGroup& group) -> aio::Coro<> {
        group.create_task(spoiled());
        group.create_task(bad("one"));
        group.create_task(bad("two"));
        co_return;
    };
    const auto outer = [&](aio::TaskGroup&) -> aio::Coro<> { co_await aio::with_task_group(inner); };
    try {
        co_await aio::with_task_group(outer);
    } catch (const aio::ExceptionGroup& group) {
        std::printf("%s\n", shown(group).c_str());
        const auto [match, rest] = group.split<aio::ValueError>();
        const bool none = !group.subgroup<std::bad_alloc>();
        std::printf("%s | %s | %s\n", shown(*match).c_str(), shown(*rest).c_str(), none ? "None" : "some");
    }
}

aio::Coro<std::string> holder(aio::Coro<> kid) {
    const auto body = [&](aio::TaskGroup& group) -> aio::Coro<> {
        group.create_task(std::move(kid));
        co_return;
    };
    try {
        co_await aio::with_task_group(body);
    } catch (const aio::ExceptionGroup& group) {
        std::printf("group wins: %s\n", shown(group).c_str());
    }
    co_return "swallowed";
}
aio::Coro<> cancelled_from_outside(aio::Coro<> kid) {
    auto task = aio::create_task(holder(std::move(kid)));
    co_await aio::sleep(0s);
    co_await aio::sleep(0s);
    task.cancel("outside");
    try {
        const std::string result = co_await task;
        std::printf("%s %s %d\n", result.c_str(), text(task.cancelled()), task.cancelling());
    } catch (const aio::CancelledError& error) {
        std::printf("CancelledError %s %d\n", args(error).c_str(), task.cancelling());
    }
}

aio::Coro<> main_coro() {
    co_await body_fails();
    co_await body_goes_on();
    co_await grows();
    co_await several();
    co_await cancelled_from_outside(slow("kid"));
    co_await cancelled_from_outside(spoiled());
}

}  // namespace

void scenario_805() { aio::run(main_coro()); }
