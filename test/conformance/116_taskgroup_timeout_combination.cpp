// 116_taskgroup_timeout_combination.cpp - time limits around and inside groups
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<> child(const char* name) {
    try {
        co_await aio::sleep(5s);
    } catch (const aio::CancelledError&) {
        std::printf("%s cancelled\n", name);
        throw;
    }
}

aio::Coro<> two_children(aio::TaskGroup& group) {
    group.create_task(child("tg1"));
    group.create_task(child("tg2"));
    co_return;
}

aio::Coro<> group_block(aio::Timeout&) { co_await aio::with_task_group(&two_children); }

aio::Coro<> gather_block(aio::Timeout&) { co_await aio::gather(child("g1"), child("g2")); }

aio::Coro<> inner_block(aio::Timeout&) { co_await child("inner"); }

aio::Coro<> child_with_limit() { co_await aio::timeout(20ms, &inner_block); }

aio::Coro<> limit_inside(aio::TaskGroup& group) {
    group.create_task(child_with_limit());
    group.create_task(child("sibling"));
    co_return;
}

aio::Coro<> main_coro() {
    for (const auto block : {&group_block, &gather_block}) {
        try {
            co_await aio::timeout(30ms, block);
        } catch (const aio::TimeoutError&) {
            std::printf("TimeoutError\n");
        }
    }
    try {
        co_await aio::with_task_group(&limit_inside);
    } catch (const aio::ExceptionGroup& group) {
        std::vector<std::string> names;
        for (const auto& error : group.exceptions()) names.push_back(conformance::type_name(error));
        std::printf("%s\n", conformance::text(names).c_str());
    }
}

}  // namespace

void scenario_116() { aio::run(main_coro()); }
