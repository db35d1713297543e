// 030_seed_s10_on_done_raises_when_task_failed.cpp - an error of a callback goes to the handler
#include "python_text.h"

namespace {

aio::Coro<> bad() {
    throw aio::ValueError("task failed");
    co_return;
}

struct on_done {
    void operator()(aio::Task<>& task) const {
        task.result();
        std::printf("task finished\n");
    }
};

aio::Coro<> main_coro() {
    auto& loop = aio::get_running_loop();
    loop.set_exception_handler([](aio::Loop&, const aio::ExceptionContext& context) {
        // The type of the callback is qualified: "...::on_done".
        const std::string name = context.callback.substr(context.callback.rfind(':') + 1);
        std::printf("handler: %s %s | %s\n", context.message.c_str(), name.c_str(),
                    conformance::repr(context.exception).c_str());
    });
    auto task = aio::create_task(bad());
    task.add_done_callback(on_done());
    task.add_done_callback([] { std::printf("second callback still runs\n"); });
    for (int i = 0; i < 3; ++i) co_await aio::yield();
    std::printf("loop alive\n");
}

}  // namespace

void scenario_030() { aio::run(main_coro()); }
