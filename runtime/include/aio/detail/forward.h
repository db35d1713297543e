// forward.h - names that the headers use before they are defined
#pragma once

#include <concepts>
#include <utility>

namespace aio {

template <class T = void>
class Coro;
template <class T = void>
class Future;
template <class T = void>
class Task;
class FutureBase;
class TaskBase;
class Loop;
class Address;
struct AddrInfo;
struct AddrInfoOpts;
class Executor;
class ProcessPoolExecutor;
class Tracer;
struct ExceptionContext;
struct TaskOpts;

namespace detail {
class FutureState;
class LoopCore;
class TaskCore;
struct PromiseBase;

template <class T>
inline constexpr bool is_coro = false;
template <class T>
inline constexpr bool is_coro<Coro<T>> = true;

/// What awaits like a coroutine but is none, such as sleep(1s) or lock.acquire().
template <class A>
concept OtherAwaitable = !std::derived_from<A, FutureBase> && !is_coro<A> && requires(A a) {
    typename A::value_type;
    std::move(a).operator co_await();
};

}  // namespace detail

}  // namespace aio
