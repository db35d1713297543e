// async_simple_mock.h - the declarations of async_simple that tests use
#ifndef COROLINT_TEST_ASYNC_SIMPLE_MOCK_H
#define COROLINT_TEST_ASYNC_SIMPLE_MOCK_H

#include "promise_mock.h"

#include <chrono>

namespace async_simple {

class Executor {
public:
  template <class Func> bool schedule(Func) { return true; }
};

template <class T> class Future {
public:
  Future(Future &&) noexcept;
  ~Future();
  bool hasResult() const;
  T get() &&;
  template <class F> Future<T> thenValue(F &&function) && {
    return mock::pretend<Future<T>>();
  }
  mock::awaiter<T> operator co_await();
};

template <class T> class Promise {
public:
  Promise(Promise &&) noexcept;
  ~Promise();
  Future<T> getFuture();
  void setValue(T value);
};

namespace uthread {
// The stackful coroutine, or the thread where there is none, waits.
template <class T> T await(Future<T> &&future) { return mock::pretend<T>(); }
} // namespace uthread

namespace executors {
class SimpleExecutor : public Executor {
public:
  template <class Func> bool schedule(Func) { return true; }
};
} // namespace executors

namespace coro {

template <class T> class RescheduleLazy;

template <class T = void> class [[nodiscard]] Lazy {
public:
  using promise_type = mock::promise<Lazy, T>;
  Lazy(Lazy &&) noexcept;
  ~Lazy();
  template <class F> void start(F &&callback) {}
  template <class F> void directlyStart(F &&callback, Executor *executor) {}
  RescheduleLazy<T> via(Executor *executor) &&;
  mock::awaiter<T> operator co_await() &&;
};

template <class T> class [[nodiscard]] RescheduleLazy {
public:
  RescheduleLazy(RescheduleLazy &&) noexcept;
  ~RescheduleLazy();
  template <class F> void start(F &&callback) {}
  void detach();
  mock::awaiter<T> operator co_await() &&;
};

template <class L> int syncAwait(L &&lazy) { return mock::pretend<int>(); }
template <class... L> Lazy<int> collectAll(L &&...lazies) {
  return mock::pretend<Lazy<int>>();
}
template <class Rep, class Period> Lazy<void> sleep(std::chrono::duration<Rep, Period> time);

class SpinLock {
public:
  bool tryLock() noexcept;
  void lock() noexcept;
  void unlock() noexcept;
};

} // namespace coro
} // namespace async_simple

#endif // COROLINT_TEST_ASYNC_SIMPLE_MOCK_H
