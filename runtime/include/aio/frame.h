// frame.h - one coroutine on the stack of a task
#pragma once

#include <source_location>
#include <string>

namespace aio {

/// One coroutine on the stack of a task, as Task::stack() lists them.
struct Frame {
    /// The name of the coroutine function; for what the innermost one waits for,
    /// a word such as "sleep".
    std::string name;
    /// Where the coroutine function is defined, or for an awaitable that became a
    /// task, where it did; line 0 for what the innermost one waits for.
    std::source_location where;
};

}  // namespace aio
