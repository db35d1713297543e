// 009_seed_s3_unawaited_task_is_cancelled_by_run.cpp - run() cancels what is left
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<> background() {
    std::printf("bg start\n");
    try {
        co_await aio::sleep(5s);
        std::printf("bg end (never)\n");
    } catch (const aio::CancelledError&) {
        std::printf("bg cancelled at shutdown\n");
        throw;
    }
}

aio::Coro<std::string> main_coro() {
    aio::create_task(background());
    co_await aio::yield();
    std::printf("main returns\n");
    co_return "R";
}

}  // namespace

void scenario_009() {
    const std::string result = aio::run(main_coro());
    std::printf("%s\n", result.c_str());
}
