// warning.h - where the warnings of debug mode go
#pragma once

#include <source_location>
#include <string_view>

namespace aio {

/// Receives a warning, such as "coroutine 'f' was never awaited", and the place
/// that it is about; the place has line 0 when there is none.
using WarningHook = void (*)(std::string_view message, const std::source_location& where);

/// Replaces what is done with warnings; null restores writing to standard error.
/// Any thread; the hook is called on the thread that causes the warning.
void set_warning_hook(WarningHook hook) noexcept;

namespace detail {

/// Gives a warning to the hook. What the hook throws is swallowed.
void warn(std::string_view message, const std::source_location& where = {}) noexcept;

}  // namespace detail
}  // namespace aio
