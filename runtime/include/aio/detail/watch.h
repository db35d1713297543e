// watch.h - times and traces one callback or step
#pragma once

#include "aio/detail/forward.h"

#include <typeinfo>

namespace aio::detail {

class HandleState;

/// Lives as long as one callback or one step of a task runs.
///
/// Tells the tracer of the loop, and in debug mode reports what took too long:
/// "Executing <Task ...> took 0.123 seconds".
class Watch {
public:
    /// \p loop is null when it has no tracer and is not in debug mode, \p handle
    /// when nobody has one to the callback.
    Watch(LoopCore* loop, const std::type_info& callback, const HandleState* handle) noexcept
        : loop_(loop), callback_(&callback), handle_(handle) {
        if (loop_) begin();
    }
    Watch(LoopCore* loop, TaskCore& task) noexcept : loop_(loop), task_(&task) {
        if (loop_) begin();
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() {
        if (loop_) end();
    }

private:
    void begin() noexcept;
    void end() noexcept;
    void report_if_slow() const noexcept;

    LoopCore* loop_;
    const std::type_info* callback_ = nullptr;
    const HandleState* handle_ = nullptr;
    TaskCore* task_ = nullptr;
    Tracer* tracer_ = nullptr;  // the one that was told of the begin
    double start_ = 0;
    bool timed_ = false;
};

}  // namespace aio::detail
