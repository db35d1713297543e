// exception_context.h - what an exception handler is told
#pragma once

#include "aio/future.h"
#include "aio/task.h"

#include <exception>
#include <optional>
#include <source_location>
#include <string>

namespace aio {

/// An error that nobody else can see, as the loop's exception handler gets it.
struct ExceptionContext {
    /// What happened, such as "Task exception was never retrieved".
    std::string message;
    /// The error, or null.
    std::exception_ptr exception = nullptr;
    /// The task concerned, or an empty handle.
    TaskBase task = {};
    /// The future concerned, or an empty handle.
    FutureBase future = {};
    /// The handle of the callback that threw, or an empty one.
    Handle handle = {};
    /// The type of the callback that threw, as the compiler writes it.
    std::string callback = {};
    /// Where the task, the future or the callback comes from; line 0 if unknown.
    std::source_location source_location = {};
};

/// One line that names the type of \p error and its message: "ValueError: x".
[[nodiscard]] std::string describe(const std::exception_ptr& error);

}  // namespace aio
