// 801_never_retrieved.cpp - which errors are reported when nobody has looked at them
#include "python_text.h"

using conformance::repr;
using conformance::text;

namespace {

aio::Coro<> failing() {
    throw aio::ValueError("task");
    co_return;
}
aio::Coro<> ticks() {
    for (int i = 0; i < 4; ++i) co_await aio::yield();
}
aio::Future<> failed(const char* text) {
    auto future = aio::get_running_loop().create_future();
    future.set_exception(aio::ValueError(text));
    return future;
}

aio::Coro<> futures() {
    auto future = failed("future");
    future = failed("exception() looks");
    static_cast<void>(future.exception());
    future = failed("cancel() is too late");
    std::printf("%s\n", text(future.cancel()));
    future = failed("result() looks");
    try {
        future.result();
    } catch (const aio::ValueError& error) {
        std::printf("%s\n", error.what());
    }
    co_return;
}

aio::Coro<> combined() {
    {
        auto both = aio::gather(failing(), failing());  // NOLINT(coro-unawaited-task): the scenario is about losing it
        co_await ticks();
    }
    const auto [a, b] = co_await aio::gather_outcomes(failing(), failing());
    std::printf("[\"%s\", \"%s\"]\n", repr(a.error()).c_str(), repr(b.error()).c_str());
    auto task = aio::create_task(failing());
    auto shield = aio::shield(task);
    co_await ticks();
    task = {};
    std::printf("the shield has it\n");
    shield = {};
    std::vector<aio::Task<>> tasks{aio::create_task(failing())};
    static_cast<void>(co_await aio::wait(tasks));
    tasks[0] = aio::create_task(failing());
    static_cast<void>(co_await aio::wait(tasks, {.return_when = aio::FIRST_EXCEPTION}));
}

aio::Coro<> main_coro() {
    aio::get_running_loop().set_exception_handler([](aio::Loop&, const aio::ExceptionContext& context) {
        std::printf("handler: %s %s\n", context.message.c_str(), repr(context.exception).c_str());
    });
    auto task = aio::create_task(failing());
    co_await ticks();
    task = {};
    co_await futures();
    task = aio::create_task(failing());
    task.add_done_callback([] { std::printf("a callback that does not look\n"); });
    co_await ticks();
    task = {};
    co_await combined();
    task = aio::create_task(failing());
    co_await ticks();
    task.cancel();
    task = {};
    std::printf("end\n");
}

}  // namespace

void scenario_801() { aio::run(main_coro()); }
