// 008_seed_s3_taskgroup_child_error.cpp - a failing child cancels the others
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<> good() {
    try {
        co_await aio::sleep(5s);
    } catch (const aio::CancelledError&) {
        std::printf("good cancelled\n");
        throw;
    }
}

aio::Coro<> bad() {
    co_await aio::sleep(20ms);
    throw aio::ValueError("boom");
}

aio::Coro<> main_coro() {
    aio::Task<> task;
    try {
        co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
            task = group.create_task(good());
            group.create_task(bad());
            co_return;
        });
    } catch (const aio::ValueError&) {
        std::printf("plain ValueError (never)\n");
    } catch (const aio::ExceptionGroup& group) {
        std::string all;
        for (const auto& error : group.exceptions())
            all += (all.empty() ? "\"" : ", \"") + conformance::repr(error) + "\"";
        std::printf("ExceptionGroup %s [%s]\n", group.message().c_str(), all.c_str());
    }
    std::printf("%s\n", conformance::text(task.cancelled()));
}

}  // namespace

void scenario_008() { aio::run(main_coro()); }
