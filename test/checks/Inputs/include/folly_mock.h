// folly_mock.h - the declarations of folly that tests use
#ifndef COROLINT_TEST_FOLLY_MOCK_H
#define COROLINT_TEST_FOLLY_MOCK_H

#include "promise_mock.h"

#include <chrono>
#include <mutex>

namespace folly {

template <class E> class ExecutorKeepAlive {
public:
  ExecutorKeepAlive(E *executor);
  template <class Other> ExecutorKeepAlive(ExecutorKeepAlive<Other> &&other);
  E *operator->() const;
};
class Executor {
public:
  template <class E = Executor> using KeepAlive = ExecutorKeepAlive<E>;
};
template <class E> ExecutorKeepAlive<E> getKeepAliveToken(E *executor);

class EventBase : public Executor {
public:
  void loopForever();
  template <class F> void runInEventBaseThread(F &&function) {}
};
class CPUThreadPoolExecutor : public Executor {
public:
  template <class F> void add(F &&function) {}
};

template <class T> class SemiFuture {
public:
  SemiFuture(SemiFuture &&) noexcept;
  ~SemiFuture();
  bool isReady() const;
  T get() &&;
  mock::awaiter<T> operator co_await() &&;
};

namespace coro {

template <class T = void> class [[nodiscard]] TaskWithExecutor {
public:
  TaskWithExecutor(TaskWithExecutor &&) noexcept;
  ~TaskWithExecutor();
  SemiFuture<int> start() &&;
  mock::awaiter<T> operator co_await() &&;
};

template <class T = void> class [[nodiscard]] Task {
public:
  using promise_type = mock::promise<Task, T>;
  Task(Task &&) noexcept;
  ~Task();
  SemiFuture<int> semi() &&;
  mock::awaiter<T> operator co_await() &&;
};

struct with_executor_fn {
  template <class T>
  TaskWithExecutor<T> operator()(Executor::KeepAlive<> executor, Task<T> task) const {
    return mock::pretend<TaskWithExecutor<T>>();
  }
};
namespace folly_cpo__ {
inline constexpr with_executor_fn co_withExecutor{};
}
using namespace folly_cpo__;

class AsyncScope {
public:
  template <class Awaitable> void add(Awaitable &&awaitable) {}
  Task<void> joinAsync() noexcept;
};

template <class Range> Task<int> collectAllRange(Range awaitables) {
  return mock::pretend<Task<int>>();
}
template <class... T> Task<int> collectAll(T &&...awaitables) {
  return mock::pretend<Task<int>>();
}
struct co_invoke_fn {
  template <class F> std::invoke_result_t<F> operator()(F function) const {
    return mock::pretend<std::invoke_result_t<F>>();
  }
};
namespace folly_cpo__ {
inline constexpr co_invoke_fn co_invoke{};
}
template <class Rep, class Period> Task<void> sleep(std::chrono::duration<Rep, Period> time);

struct blocking_wait_fn {
  template <class Awaitable> int operator()(Awaitable &&awaitable) const {
    return mock::pretend<int>();
  }
};
inline constexpr blocking_wait_fn blocking_wait{};
inline constexpr const blocking_wait_fn &blockingWait = blocking_wait;

class SharedMutexFair {
public:
  mock::awaiter<std::unique_lock<SharedMutexFair>> co_scoped_lock();
  void lock();
  void unlock();
};

} // namespace coro
template <class T> class Optional {
public:
  struct promise_type {
    Optional get_return_object();
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_value(T value);
    void unhandled_exception();
  };
};
template <class T> struct OptionalAwaitable {
  bool await_ready() const;
  T await_resume();
  void await_suspend(std::coroutine_handle<>);
};
template <class T> OptionalAwaitable<T> operator co_await(Optional<T> value);

} // namespace folly

#endif // COROLINT_TEST_FOLLY_MOCK_H
