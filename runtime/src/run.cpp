// run.cpp - runs a program's main coroutine
#include "aio/run.h"

#include "aio/exception_context.h"

#include "aio/gather.h"

#include <cstdio>
#include <vector>

namespace aio {

namespace {

std::monostate no_value(std::vector<detail::Child>&) { return {}; }

void cancel_all_tasks(Loop& loop) {
    const auto pending = loop.core().unfinished_tasks();
    if (pending.empty()) return;
    for (const auto& task : pending) task->cancel({});
    // A future and no task: all_tasks() shows only the program's own.
    detail::GatherStart<std::monostate, &no_value> all(detail::GatherCore::Policy::outcomes);
    for (const auto& task : pending) all.add({task, true});
    loop.run_until_complete(all.finish());
    for (const auto& task : pending) {
        if (task->cancelled() || !task->exception()) continue;
        loop.call_exception_handler({.message = "unhandled exception during aio::run() shutdown",
                                     .exception = task->exception(),
                                     .task = TaskBase(task)});
    }
}

}  // namespace

Loop& Runner::get_loop() {
    if (closed_) throw RuntimeError("Runner is closed");
    if (!loop_) {
        if (options_.loop_factory && options_.clock)
            throw ValueError("RunOptions::clock does not reach a loop of loop_factory: give it to that loop instead");
        if (options_.loop_factory)
            loop_ = options_.loop_factory();
        else
            loop_ = std::make_unique<Loop>(LoopOptions{.debug = options_.debug, .clock = options_.clock});
        if (options_.debug) loop_->set_debug(true);
        context_ = copy_context();
        if (options_.tracer) loop_->set_tracer(options_.tracer);
    }
    return *loop_;
}

void detail::check_not_nested(const char* function) {
    if (running_core()) throw RuntimeError(std::string(function) + " cannot be called from a running event loop");
}

void Runner::prepare(bool valid) {
    detail::check_not_nested("Runner.run()");
    if (!valid) throw RuntimeError("cannot reuse already awaited coroutine");
    static_cast<void>(get_loop());
}

void Runner::close() {
    if (loop_ && !loop_->core().forked()) loop_->core().check_not_running();
    if (std::exchange(closed_, true) || !loop_) return;
    const std::unique_ptr<Loop> loop = std::move(loop_);
    if (loop->core().forked()) return;
    cancel_all_tasks(*loop);
    loop->run_until_complete(loop->shutdown_asyncgens());
    loop->run_until_complete(loop->shutdown_default_executor());
    loop->close();
}

Runner::~Runner() {
    try {
        close();
    } catch (...) {
        std::fprintf(stderr, "aio: Runner could not clean up: %s\n", describe(std::current_exception()).c_str());
    }
}

}  // namespace aio
