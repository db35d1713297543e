// task_starter.h - makes tasks of callables that return coroutines
#pragma once

#include "aio/detail/forward.h"

#include <coroutine>
#include <source_location>
#include <type_traits>
#include <utility>

namespace aio::detail {

template <class F, class... Args>
using CoroOf = std::invoke_result_t<F&, Args...>;

/// Awaits `f(args...)`, a coroutine, and keeps \p f and \p args until it has
/// ended. Bears its name. Defined in task.h.
template <class F, class... Args>
CoroOf<F, Args...> call_and_keep(F f, Args... args);

/// Gives \p Owner, which has `create_task(Coro, source_location)`, the form for
/// callables.
template <class Owner>
class TaskStarter {
public:
    /// Starts `f(args...)`, a coroutine; the task owns \p f and \p args.
    ///
    /// This is how a lambda with captures becomes a task: its captures live in
    /// the task, not in the caller. \p f is called at once, the coroutine starts
    /// later. With more than three arguments the place of creation is not known:
    /// C++ has no default argument behind any number of others.
    template <class F>
        requires(is_coro<CoroOf<F>>)
    auto create_task(F f, std::source_location where = std::source_location::current()) {
        return start(where, std::move(f));
    }
    template <class F, class A>
        requires(is_coro<CoroOf<F, A>>)
    auto create_task(F f, A a, std::source_location where = std::source_location::current()) {
        return start(where, std::move(f), std::move(a));
    }
    template <class F, class A, class B>
        requires(is_coro<CoroOf<F, A, B>>)
    auto create_task(F f, A a, B b, std::source_location where = std::source_location::current()) {
        return start(where, std::move(f), std::move(a), std::move(b));
    }
    template <class F, class A, class B, class C>
        requires(is_coro<CoroOf<F, A, B, C>>)
    auto create_task(F f, A a, B b, C c, std::source_location where = std::source_location::current()) {
        return start(where, std::move(f), std::move(a), std::move(b), std::move(c));
    }
    template <class F, class... Args>
        requires(sizeof...(Args) > 3 && is_coro<CoroOf<F, Args...>>)
    auto create_task(F f, Args... args) {
        return start({}, std::move(f), std::move(args)...);
    }

private:
    template <class F, class... Args>
    auto start(std::source_location where, F f, Args... args) {
        return static_cast<Owner&>(*this).create_task(call_and_keep(std::move(f), std::move(args)...), where);
    }
};

}  // namespace aio::detail
