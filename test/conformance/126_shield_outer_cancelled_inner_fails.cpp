// 126_shield_outer_cancelled_inner_fails.cpp - an error behind a cancelled shield is reported
#include "python_text.h"

using namespace std::chrono_literals;

namespace {

aio::Coro<> inner() {
    co_await aio::sleep(30ms);
    throw aio::ValueError("inner late");
}

aio::Coro<> outer() { co_await aio::shield(inner()); }

aio::Coro<> main_coro() {
    aio::get_running_loop().set_exception_handler([](aio::Loop&, const aio::ExceptionContext& context) {
        std::printf("handler: %s %s\n", context.message.c_str(), conformance::repr(context.exception).c_str());
    });
    auto task = aio::create_task(outer());
    co_await aio::sleep(10ms);
    task.cancel();
    try {
        co_await task;
    } catch (const aio::CancelledError&) {
        std::printf("outer cancelled\n");
    }
    co_await aio::sleep(60ms);
    std::printf("end\n");
}

}  // namespace

void scenario_126() { aio::run(main_coro()); }
