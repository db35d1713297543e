// 074_taskgroup_several_errors.cpp - a group collects all errors in their order
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

template <class E>
aio::Coro<> bad(int n) {
    co_await aio::sleep(0s);
    throw E(std::to_string(n));
}

aio::Coro<> bad_on_cancel() {
    try {
        co_await aio::sleep(5s);
    } catch (const aio::CancelledError&) {
        throw conformance::KeyError("'from cleanup'");
    }
}

/// As Python shows a list of repr(): the one with quotes inside gets others.
std::string shown(const aio::ExceptionGroup& group) {
    std::string all = "[";
    for (const auto& error : group.exceptions()) {
        const std::string one = conformance::type_name(error) + "(" + conformance::message(error) + ")";
        const char* quote = one.find('\'') == std::string::npos ? "'" : "\"";
        all += (all.size() > 1 ? ", " : "") + (quote + one + quote);
    }
    return all + "]";
}

aio::Coro<> two_errors(aio::TaskGroup& group) {
    group.create_task(bad<aio::ValueError>(1));
    group.create_task(bad<aio::TypeError>(2));
    co_return;
}

aio::Coro<> four_tasks(aio::TaskGroup& group) {
    co_await two_errors(group);
    group.create_task(bad_on_cancel());
    group.create_task(aio::sleep(5s));
}

aio::Coro<> main_coro() {
    try {
        co_await aio::with_task_group(&four_tasks);
    } catch (const aio::ExceptionGroup& group) {
        std::printf("%s %s\n", group.message().c_str(), shown(group).c_str());
    }
    try {
        co_await aio::with_task_group(&two_errors);
    } catch (const aio::ExceptionGroup& group) {
        const auto [found, rest] = group.split<aio::ValueError>();
        std::printf("except* ValueError %s\n", shown(*found).c_str());
        std::printf("rest %s\n", shown(*rest).c_str());
    }
}

}  // namespace

void scenario_074() { aio::run(main_coro()); }
