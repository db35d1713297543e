// watch.cpp - times and traces one callback or step
#include "aio/detail/watch.h"

#include "aio/detail/handle_state.h"
#include "aio/detail/type_name.h"
#include "aio/loop.h"
#include "aio/tracer.h"
#include "aio/warning.h"

#include <cstdio>

namespace aio::detail {

void Watch::begin() noexcept {
    tracer_ = loop_->tracer();
    if (tracer_) {
        if (task_)
            tracer_->on_step_begin(TaskBase(Ref<TaskCore>(task_)));
        else
            tracer_->on_handle_run_begin(type_name(*callback_));
    }
    timed_ = loop_->debug();
    if (timed_) start_ = loop_->time();
}

void Watch::end() noexcept {
    if (timed_) report_if_slow();
    if (!tracer_ || tracer_ != loop_->tracer()) return;
    if (task_)
        tracer_->on_step_end(TaskBase(Ref<TaskCore>(task_)));
    else
        tracer_->on_handle_run_end(type_name(*callback_));
}

void Watch::report_if_slow() const noexcept {
    const double took = loop_->time() - start_;
    const Loop* owner = loop_->owner();
    if (!owner || took < owner->slow_callback_duration.count()) return;
    try {
        char seconds[32];
        std::snprintf(seconds, sizeof seconds, "%.3f", took);
        const std::string kind = handle_ ? handle_->kind() : "Handle";
        const std::string what = task_ ? task_->describe() : "<" + kind + " " + type_name(*callback_) + ">";
        warn("Executing " + what + " took " + seconds + " seconds", task_ ? task_->created() : std::source_location());
    } catch (...) {
        warn("Executing a callback took too long");
    }
}

}  // namespace aio::detail
