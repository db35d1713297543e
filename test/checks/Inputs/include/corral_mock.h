// corral_mock.h - the declarations of corral that tests use
#ifndef COROLINT_TEST_CORRAL_MOCK_H
#define COROLINT_TEST_CORRAL_MOCK_H

#include "promise_mock.h"

#include <concepts>

namespace corral {

template <class T = void> class [[nodiscard]] Task {
public:
  using promise_type = mock::promise<Task, T>;
  Task(Task &&) noexcept;
  ~Task();
  mock::awaiter<T> operator co_await() &&;
};

struct TaskStarted {
  void operator()() const;
};

template <class Policy> class BasicNursery {
public:
  template <class Callable, class... Args> void start(Callable callable, Args... args) {}
  template <class Callable, class... Args>
    requires std::invocable<Callable, Args..., TaskStarted>
  mock::awaiter<int> start(Callable callable, Args... args) {
    return mock::pretend<mock::awaiter<int>>();
  }
  void cancel();
};
using Nursery = BasicNursery<void>;

class ThreadPool {
public:
  template <class F, class... Args>
  mock::awaiter<int> run(F &&function, Args &&...args) {
    return mock::pretend<mock::awaiter<int>>();
  }
};

template <class Loop, class Awaitable> void run(Loop &loop, Awaitable &&awaitable) {}
template <class... T> mock::awaiter<int> anyOf(T &&...awaitables) {
  return mock::pretend<mock::awaiter<int>>();
}
template <class... T> mock::awaiter<int> allOf(T &&...awaitables) {
  return mock::pretend<mock::awaiter<int>>();
}
template <class A> mock::awaiter<void> noncancellable(A awaitable) {
  return mock::pretend<mock::awaiter<void>>();
}

} // namespace corral

#endif // COROLINT_TEST_CORRAL_MOCK_H
