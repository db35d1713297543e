// task_text.cpp - what tasks and futures say about themselves
#include "aio/coro.h"
#include "aio/detail/promise.h"
#include "aio/detail/task_core.h"
#include "aio/exception_context.h"
#include "aio/task.h"

#include <algorithm>
#include <string>

namespace aio::detail {

namespace {

std::string place_text(const std::source_location& where) {
    return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

}  // namespace

const char* FutureState::status_name() const noexcept {
    switch (status_) {
        case FutureStatus::pending: return "pending";
        case FutureStatus::finished:
        case FutureStatus::failed: return "finished";
        case FutureStatus::cancelled: return "cancelled";
    }
    return "";
}

std::string FutureState::describe() const { return std::string("<Future ") + status_name() + outcome_text() + ">"; }

std::string FutureState::outcome_text() const {
    std::string text;
    if (status_ == FutureStatus::failed) text += " exception=<" + aio::describe(error_) + ">";
    if (loop().debug() && created().line() != 0) text += " created at " + place_text(created());
    return text;
}

std::string TaskCore::head() const {
    const bool cancelling = cancelling_ > 0 && !done();
    std::string text = std::string("<Task ") + (cancelling ? "cancelling" : status_name());
    return text + " name='" + name() + "' coro=<" + coroutine_text() + ">";
}

std::string TaskCore::coroutine_text() const {
    const std::source_location root = coroutine_place();
    std::string text = std::string(coroutine_name(root)) + "()";
    if (is_await_frame(root)) return has_frames_ ? text : text + " done";
    text += (has_frames_ ? " defined at " : " done, defined at ") + place_text(root);
    // Python shows the line that runs; what can be known here is the function.
    if (has_frames_ && leaf_->awaiter() && !leaf_->awaiter()->stands_in)
        text += ", in " + std::string(coroutine_name(leaf_->where)) + "() defined at " + place_text(leaf_->where);
    return text;
}

std::string TaskCore::describe() const {
    std::string text = head();
    if (waiting_for_) {
        const FutureState* future = awaited_future();
        text += " wait_for=";
        // One level: tasks may wait for each other in a circle.
        if (!future)
            text += std::string("<") + waiting_for_->what() + ">";
        else if (future->is_task())
            text += static_cast<const TaskCore*>(future)->head() + ">";
        else
            text += future->describe();
    }
    return text + outcome_text() + ">";
}

std::vector<Frame> TaskCore::coroutines() const {
    std::vector<Frame> frames;
    const PromiseBase* inner = nullptr;
    for (const PromiseBase* promise = has_frames_ ? leaf_ : nullptr; promise; promise = promise->awaiter()) {
        // It has the name and the place of the one inside, if that has begun.
        if (!promise->stands_in || !inner) {
            const bool placed = !is_await_frame(promise->where);
            frames.push_back({std::string(coroutine_name(promise->where)), placed ? promise->where : created_});
        }
        inner = promise;
    }
    std::reverse(frames.begin(), frames.end());
    return frames;
}

std::vector<Frame> TaskCore::stack() const {
    std::vector<Frame> frames = coroutines();
    if (waiting_for_ && !awaited_future()) frames.push_back({waiting_for_->what(), std::source_location()});
    return frames;
}

std::string TaskCore::activity() const {
    if (loop().current() == this) return "running";
    if (scheduled_ || !waiting_for_) return "ready";
    const TaskBase awaited = awaited_task();
    return "waits for " + (awaited ? awaited.name() : std::string(waiting_for_->what()));
}

std::string TaskCore::format_stack() const {
    const std::vector<Frame> frames = coroutines();
    if (frames.empty()) {
        const std::string text = "No stack for " + describe() + "\n";
        return status() == FutureStatus::failed ? text + aio::describe(error()) + "\n" : text;
    }
    std::string text = "Stack for " + describe() + " (most recent call last):\n";
    for (const Frame& frame : frames) {
        text += std::string("  File \"") + frame.where.file_name() + "\", line " + std::to_string(frame.where.line()) +
                ", in " + frame.name + "\n";
    }
    return text;
}

}  // namespace aio::detail
