// task_group.cpp - tasks that end before the block that started them
#include "aio/task_group.h"

#include "aio/coro.h"
#include "aio/exception_context.h"
#include "aio/warning.h"

#include <cstdio>
#include <exception>

namespace aio {

TaskGroup::TaskGroup(std::source_location where)
    : parent_(detail::require_running_core().current()), loop_(detail::running_core()), where_(where) {
    if (!parent_) throw RuntimeError("TaskGroup cannot determine the parent task");
}

TaskGroup::~TaskGroup() {
    if (loop_->is_tearing_down()) return;
    if (!running_.empty()) die_of_running_tasks();
    if (exiting_) return;
    if (!errors_.empty()) {
        loop_->report({.message = "TaskGroup was destroyed before it was joined",
                       .exception = std::make_exception_ptr(
                           ExceptionGroup("unhandled errors in a TaskGroup", std::move(errors_))),
                       .source_location = where_});
    } else if (used_ && loop_->debug()) {
        detail::warn("TaskGroup was never joined", where_);
    }
}

void TaskGroup::die_of_running_tasks() const {
    const std::string function(detail::coroutine_name(where_));
    std::string tasks;
    for (const auto& task : running_) tasks += (tasks.empty() ? "" : ", ") + task->name();
    std::fprintf(stderr,
                 "aio: the TaskGroup of '%s' (%s:%u) was destroyed with %zu running tasks (%s): "
                 "co_await join() first\n",
                 function.c_str(), where_.file_name(), static_cast<unsigned>(where_.line()), running_.size(),
                 tasks.c_str());
    std::terminate();
}

const char* TaskGroup::refuses() const noexcept {
    if (exiting_ && running_.empty()) return " is finished";
    if (aborting_) return " is shutting down";
    return nullptr;
}

std::string TaskGroup::describe() const {
    std::string text = "<TaskGroup";
    if (!running_.empty()) text += " tasks=" + std::to_string(running_.size());
    if (!errors_.empty()) text += " errors=" + std::to_string(errors_.size());
    return text + (aborting_ ? " cancelling>" : " entered>");
}

void TaskGroup::add(detail::TaskCore& task) {
    used_ = true;
    const Position position = running_.emplace(running_.end(), &task);
    task.add_callback([this, position](FutureBase&) { on_task_done(position); });
}

void TaskGroup::cancel() { abort(); }

void TaskGroup::abort() {
    aborting_ = true;
    const auto running = running_;
    for (const auto& task : running) task->cancel({});
}

void TaskGroup::on_task_done(Position position) {
    const detail::Ref<detail::TaskCore> keep = *position;
    detail::TaskCore& task = *keep;
    running_.erase(position);
    if (running_.empty() && all_done_ && !all_done_->done()) all_done_->set_result();
    if (task.cancelled() || !task.error()) return;
    task.mark_retrieved();
    note_error(task.error());
    if (parent_->done()) {
        loop_->call_exception_handler({.message = "Task has errored out but its parent task is already completed",
                                       .exception = task.error(),
                                       .task = TaskBase(keep),
                                       .source_location = task.created()});
    } else if (!aborting_ && !parent_cancelled_) {
        abort();
        parent_cancelled_ = true;
        parent_->cancel({});
    }
}

void TaskGroup::note_error(const std::exception_ptr& error) {
    errors_.push_back(error);
    if (!exit_request_ && detail::is_exit_request(error)) exit_request_ = error;
}

Coro<void> TaskGroup::join() {
    exiting_ = true;
    const std::exception_ptr error = std::exchange(body_error_, nullptr);
    if (!exit_request_ && detail::is_exit_request(error)) exit_request_ = error;
    std::exception_ptr cancellation = detail::is_cancellation(error) ? error : nullptr;
    if (error && !aborting_) abort();
    // Cancellation of the parent may come more than once.
    while (!running_.empty()) {
        if (!all_done_) all_done_ = loop_->owner()->create_future();
        try {
            co_await *all_done_;
        } catch (const CancelledError&) {
            if (!aborting_) {
                cancellation = std::current_exception();
                abort();
            }
        }
        all_done_.reset();
    }
    // After the wait, so that an error of the last task is taken back as well.
    if (std::exchange(parent_cancelled_, false) && parent_->uncancel() == 0) cancellation = nullptr;
    if (exit_request_) std::rethrow_exception(exit_request_);
    if (cancellation && errors_.empty()) std::rethrow_exception(cancellation);
    if (error && !detail::is_cancellation(error)) errors_.push_back(error);
    if (errors_.empty()) co_return;
    throw ExceptionGroup("unhandled errors in a TaskGroup", std::exchange(errors_, {}));
}

}  // namespace aio
