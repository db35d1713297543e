// with_cleanup.h - awaits a cleanup however the body ends
#pragma once

#include "aio/detail/error_context.h"
#include "aio/detail/kept_result.h"
#include "aio/task.h"

#include <exception>
#include <type_traits>
#include <utility>

namespace aio {

/// Awaits `body()`, then `cleanup()` in any case: what try/finally is in Python,
/// because C++ forbids co_await in a handler.
///
/// An exception of \p body is rethrown after the cleanup. When \p cleanup throws
/// too, its exception is thrown. If that is an error of aio or of the standard
/// library, std::rethrow_if_nested() gives the one of \p body. C++ can add nothing
/// to exceptions of other types: they keep their type, and the error of \p body
/// goes to the loop's exception handler.
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
    detail::KeptResult<T> result;
    try {
        co_await result.await(body());
    } catch (...) {
        error = std::current_exception();
    }
    try {
        co_await cleanup();
    } catch (...) {
        detail::rethrow_in_context(std::move(error));
    }
    if (error) std::rethrow_exception(std::move(error));
    co_return result.take();
}

}  // namespace aio
