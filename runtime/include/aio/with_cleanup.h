// with_cleanup.h - awaits a cleanup however the body ends
#pragma once

#include "aio/task.h"

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace aio {

namespace detail {

/// Rethrows the current exception with \p original nested in it.
[[noreturn]] void rethrow_with_nested(std::exception_ptr original);

}  // namespace detail

/// Awaits `body()`, then `cleanup()` in any case: what try/finally is in Python,
/// because C++ forbids co_await in a handler.
///
/// An exception of \p body is rethrown after the cleanup. When \p cleanup throws
/// too, its exception is thrown; if it is one of aio's main errors or a common one
/// of the standard library, std::rethrow_if_nested() gives the one of \p body.
///
/// Suspends:  where \p body or \p cleanup suspends.
/// Resumes:   when both have ended.
/// Cancelled: \p body is cancelled and \p cleanup still runs; a request that
///            comes during \p cleanup cancels the cleanup.
/// Lifetime:  \p body and \p cleanup are kept in this coroutine.
template <class Body, class Cleanup>
    requires(detail::is_coro<std::invoke_result_t<Body&>> && detail::is_coro<std::invoke_result_t<Cleanup&>>)
std::invoke_result_t<Body&> with_cleanup(Body body, Cleanup cleanup) {
    using T = typename std::invoke_result_t<Body&>::value_type;
    std::exception_ptr error;
    std::optional<detail::Stored<T>> value;
    try {
        if constexpr (std::is_void_v<T>) co_await body();
        else if constexpr (std::is_reference_v<T>) value.emplace(&co_await body());
        else value.emplace(co_await body());
    } catch (...) {
        error = std::current_exception();
    }
    try {
        co_await cleanup();
    } catch (...) {
        if (error) detail::rethrow_with_nested(std::move(error));
        throw;
    }
    if (error) std::rethrow_exception(std::move(error));
    if constexpr (!std::is_void_v<T>) co_return detail::unwrap<T>(std::move(*value));
}

}  // namespace aio
