// forward.h - names that the headers use before they are defined
#pragma once

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
}  // namespace detail

}  // namespace aio
