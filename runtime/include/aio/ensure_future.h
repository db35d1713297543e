// ensure_future.h - makes a future of anything that can be awaited
#pragma once

#include "aio/task.h"

#include <concepts>
#include <source_location>
#include <type_traits>
#include <utility>

namespace aio {

/// Schedules \p coro as a task of the running loop.
template <class T>
Task<T> ensure_future(Coro<T> coro, std::source_location where = std::source_location::current()) {
    return create_task(std::move(coro), where);
}

/// A future or task is one already: returns it.
template <class F>
    requires std::derived_from<F, FutureBase>
F ensure_future(F future, std::source_location = {}) {
    return future;
}

/// Awaits any other awaitable of aio, such as sleep(1s), in a task.
template <detail::OtherAwaitable A>
auto ensure_future(A awaitable, std::source_location where = std::source_location::current()) {
    return create_task(std::move(awaitable), TaskOpts{}, where);
}

namespace detail {

/// What gather(), wait_for() and their like accept.
template <class A>
concept Gatherable = requires(A&& a) { aio::ensure_future(std::forward<A>(a)); };

template <class A>
using FutureOf = decltype(aio::ensure_future(std::declval<A>()));
template <class A>
using ValueOf = typename FutureOf<A>::value_type;

template <class R>
concept Iterable = requires(R& range) {
    range.begin();
    range.end();
};
template <class R>
using ElementOf = decltype(*std::declval<R&>().begin());

/// The elements of a temporary range may be moved from.
template <class R>
using MovableElementOf = std::conditional_t<std::is_lvalue_reference_v<R> || !std::is_lvalue_reference_v<ElementOf<R>>,
                                            ElementOf<R>, std::remove_reference_t<ElementOf<R>>&&>;

}  // namespace detail
}  // namespace aio
