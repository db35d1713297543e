// task_starter.h - makes tasks of callables that return coroutines
#pragma once

#include "aio/detail/forward.h"

#include <coroutine>
#include <type_traits>
#include <utility>

namespace aio::detail {

template <class F, class... Args>
using CoroOf = std::invoke_result_t<F&, Args...>;

/// Keeps a callable and its arguments in the frame that awaits its coroutine.
template <class F, class... Args>
CoroOf<F, Args...> call_in_frame(F f, Args... args) {
    co_return co_await f(std::move(args)...);
}

/// Gives \p Owner, which has `create_task(Coro)`, the form for callables.
template <class Owner>
class TaskStarter {
public:
    /// Starts `f(args...)`, a coroutine; the task owns \p f and \p args.
    ///
    /// This is how a lambda with captures becomes a task: its captures live in
    /// the task, not in the caller.
    template <class F, class... Args>
        requires(is_coro<CoroOf<F, Args...>>)
    auto create_task(F f, Args... args) {
        return static_cast<Owner&>(*this).create_task(call_in_frame(std::move(f), std::move(args)...));
    }
};

}  // namespace aio::detail
