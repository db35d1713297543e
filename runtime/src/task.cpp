// task.cpp - the tasks of the running loop
#include "aio/task.h"

#include "aio/detail/loop_core.h"

#include <utility>

namespace aio {

TaskBase current_task() noexcept {
    detail::LoopCore* loop = detail::running_core();
    return TaskBase(detail::Ref<detail::TaskCore>(loop ? loop->current() : nullptr));
}

std::vector<TaskBase> all_tasks() {
    std::vector<TaskBase> tasks;
    for (auto& task : detail::require_running_core().unfinished_tasks()) tasks.emplace_back(std::move(task));
    return tasks;
}

}  // namespace aio
