// 007_seed_s3_taskgroup_success.cpp - a group waits for its tasks
#include "python_text.h"

using namespace std::chrono_literals;
using conformance::text;

namespace {

aio::Coro<std::string> fetch(std::string site, aio::Seconds delay) {
    std::printf("fetch start %s\n", site.c_str());
    co_await aio::sleep(delay);
    std::printf("fetch end %s\n", site.c_str());
    co_return "body of " + site;
}

aio::Coro<> main_coro() {
    aio::Task<std::string> t1;
    aio::Task<std::string> t2;
    co_await aio::with_task_group([&](aio::TaskGroup& group) -> aio::Coro<> {
        t1 = group.create_task(fetch("site1", 100ms));
        t2 = group.create_task(fetch("site2", 50ms));
        std::printf("inside block, before any child ran\n");
        co_return;
    });
    std::printf("after block %s %s\n", text(t1.done()), text(t2.done()));
    std::printf("%s | %s\n", t1.result().c_str(), t2.result().c_str());
}

}  // namespace

void scenario_007() { aio::run(main_coro()); }
