// 098_pending_task_destroyed.cpp - a loop is destroyed with a pending task
#include "python_text.h"

#include <memory>
#include <vector>

namespace {

struct Unwound {
    Unwound() = default;
    Unwound(const Unwound&) = delete;
    Unwound& operator=(const Unwound&) = delete;
    ~Unwound() { std::printf("frame unwound (GeneratorExit, not CancelledError)\n"); }
};

aio::Coro<> hang() {
    const Unwound unwound;
    co_await aio::get_running_loop().create_future();
}

}  // namespace

void scenario_098() {
    // aio reports a task before it destroys the coroutines, Python afterwards.
    std::vector<std::string> reports;
    auto loop = std::make_unique<aio::Loop>();
    loop->set_exception_handler([&reports](aio::Loop&, const aio::ExceptionContext& context) {
        reports.push_back(context.message + " " + context.task.name());
    });
    auto task = loop->create_task(hang(), {.name = "H"});
    loop->call_soon([&loop] { loop->stop(); });
    loop->run_forever();
    loop->close();
    task = {};
    loop.reset();
    for (const std::string& report : reports) std::printf("handler: %s\n", report.c_str());
    std::printf("end\n");
}
