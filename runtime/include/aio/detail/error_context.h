// error_context.h - the error during whose handling another was thrown
#pragma once

#include <exception>

namespace aio::detail {

/// Rethrows the current exception, with \p original, if not null, nested in it.
///
/// C++ can nest only in a copy whose type is known here: the errors of aio and
/// those of the standard library. Any other keeps its type and is rethrown as it
/// is; then \p original goes to the exception handler of the running loop, unless
/// it is a BaseError.
[[noreturn]] void rethrow_in_context(std::exception_ptr original);

}  // namespace aio::detail
