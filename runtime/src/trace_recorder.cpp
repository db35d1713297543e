// trace_recorder.cpp - a trace as lines of text, for tests
#include "aio/trace_recorder.h"

#include <cstdio>

namespace aio {

namespace {

std::string number_text(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", number);
    return text;
}

const char* outcome_of(const TaskBase& task) {
    switch (task.state()->status()) {
        case detail::FutureStatus::pending: return "pending";
        case detail::FutureStatus::finished: return "finished";
        case detail::FutureStatus::failed: return "failed";
        case detail::FutureStatus::cancelled: return "cancelled";
    }
    return "";
}

}  // namespace

std::string TraceRecorder::text() const {
    std::string all;
    for (const std::string& line : lines_) all += line + "\n";
    return all;
}

void TraceRecorder::add(std::string line) {
    const detail::LoopCore* loop = observed();
    if (loop && loop->has_virtual_clock()) line = number_text(loop->time()) + " " + line;
    lines_.push_back(std::move(line));
}

std::string TraceRecorder::label(const TaskBase& task) {
    std::string& label = labels_[task.state().get()];
    if (label.empty()) {
        const std::string number = "T" + std::to_string(++met_);
        label = task.has_own_name() ? task.name() : number + ":" + std::string(task.coroutine());
    }
    return label;
}

std::string TraceRecorder::by_whom() {
    const TaskBase task = current_task();
    return task ? " by " + label(task) : "";
}

void TraceRecorder::on_task_create(const TaskBase& task) {
    const std::string creator = by_whom();
    add("create " + label(task) + creator);
}

void TraceRecorder::on_step_begin(const TaskBase& task) { add("begin " + label(task)); }

void TraceRecorder::on_step_end(const TaskBase& task) {
    add("end " + label(task));
    // Its address may soon belong to another task.
    if (task.done()) labels_.erase(task.state().get());
}

void TraceRecorder::on_suspend(const TaskBase& task, const Awaiting& awaiting) {
    const std::string target = awaiting.task ? label(awaiting.task) : std::string(awaiting.what);
    add("suspend " + label(task) + " for " + target);
}

void TraceRecorder::on_wake(const TaskBase& task) { add("wake " + label(task)); }

void TraceRecorder::on_cancel(const TaskBase& task) { add("cancel " + label(task) + by_whom()); }

void TraceRecorder::on_task_done(const TaskBase& task) { add("done " + label(task) + " " + outcome_of(task)); }

void TraceRecorder::on_handle_run_begin(std::string_view) { add("callback begin"); }

void TraceRecorder::on_handle_run_end(std::string_view) { add("callback end"); }

void TraceRecorder::on_iteration(std::size_t ready) { add("iteration " + std::to_string(ready)); }

}  // namespace aio
