// callback_rule.h - what is called and not awaited returns no coroutine
#pragma once

#include <type_traits>
#include <utility>

namespace aio {

template <class T, class Sent>
class AsyncGenerator;

namespace detail {

template <class R>
inline constexpr bool is_generator = false;
template <class T, class Sent>
inline constexpr bool is_generator<AsyncGenerator<T, Sent>> = true;

/// What does nothing, or is lost, unless somebody awaits it; of any library.
template <class R>
concept MustBeAwaited = is_generator<R> || requires(R&& r) { std::forward<R>(r).operator co_await(); } ||
                        requires(R&& r) { operator co_await(std::forward<R>(r)); } || requires(R& r) {
                            r.await_ready();
                            r.await_resume();
                        };

/// Refuses to compile a callback \p F that returns such a value. All functions
/// that take callbacks come here, most of them by UniqueFunction.
template <class F, class... Args>
constexpr void check_callback() noexcept {
    static_assert(!MustBeAwaited<std::invoke_result_t<F&, Args...>>,
                  "a callback is called and not awaited: the coroutine, task or future that this one returns would be "
                  "lost; give a plain function that calls create_task() and returns nothing, or use "
                  "run_coroutine_threadsafe() from another thread");
}

/// The same for a function that runs on another thread or in another process.
template <class F, class... Args>
constexpr void check_job() noexcept {
    static_assert(!MustBeAwaited<std::invoke_result_t<F&, Args...>>,
                  "an executor runs plain functions: the coroutine, task or future that this one returns belongs to a "
                  "loop; await it there, or use create_task()");
}

}  // namespace detail
}  // namespace aio
