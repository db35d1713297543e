// loop_census.cpp - lists what is left in a loop
#include "aio/coro.h"
#include "aio/detail/loop_core.h"
#include "aio/detail/task_core.h"
#include "aio/warning.h"

#include <string>
#include <vector>

namespace aio::detail {

namespace {

/// More would drown what matters.
constexpr std::size_t max_tasks = 20;
constexpr std::size_t max_frames = 8;

/// "main > fetch", outermost first.
std::string chain_text(const std::vector<Frame>& frames) {
    std::string text;
    for (std::size_t i = 0; i < frames.size() && i < max_frames; ++i) text += (i == 0 ? "" : " > ") + frames[i].name;
    return frames.size() > max_frames ? text + " > ..." : text;
}

}  // namespace

std::string LoopCore::deadlock_text() const {
    std::string text = "deadlock: " + std::to_string(task_count_) + " tasks pending, nothing scheduled";
    std::size_t listed = 0;
    for (const TaskCore* task = first_task_; task; task = task->next_task_) {
        if (++listed > max_tasks) return text + "\n  ...";
        text += "\n  " + task->describe();
    }
    return text;
}

void LoopCore::warn_of_live_frames() const noexcept {
    try {
        std::string names;
        std::size_t count = 0;
        std::size_t listed = 0;
        for (const TaskCore* task = first_task_; task; task = task->next_task_) {
            const std::vector<Frame> frames = task->coroutines();
            if (frames.empty()) continue;
            count += frames.size();
            if (++listed > max_tasks) continue;
            names += (listed == 1 ? "" : ", ") + chain_text(frames) + " (" + task->name() + ")";
        }
        if (count == 0) return;
        if (listed > max_tasks) names += ", ...";
        const char* what = count == 1 ? " coroutine frame is still alive: " : " coroutine frames are still alive: ";
        warn(std::to_string(count) + what + names);
    } catch (...) {
        warn("coroutine frames are still alive");
    }
}

}  // namespace aio::detail
