// kj_mock.h - the declarations of KJ that tests use
#ifndef COROLINT_TEST_KJ_MOCK_H
#define COROLINT_TEST_KJ_MOCK_H

#include "promise_mock.h"

#include <utility>

namespace kj {

class WaitScope {};

template <class T> class [[nodiscard]] Promise {
public:
  using promise_type = mock::promise<Promise, T, std::suspend_never>;
  Promise(Promise &&) noexcept;
  ~Promise();
  T wait(WaitScope &scope);
  template <class F> Promise<T> then(F &&function) { return mock::pretend<Promise<T>>(); }
  template <class F> void detach(F &&errorHandler) {}
  mock::awaiter<T> operator co_await() &&;
};

class EventLoop {
public:
  void run(unsigned turns = ~0u);
};
class TaskSet {
public:
  void add(Promise<void> &&promise);
};
class Thread {
public:
  template <class F> explicit Thread(F &&function) {}
  ~Thread();
};
template <class F> Promise<void> evalLater(F &&function) {
  return mock::pretend<Promise<void>>();
}
/// Keeps the captures of a coroutine lambda until its promise is done.
template <class F> struct CaptureForCoroutine {
  F function;
  auto operator()() { return function(); }
};
template <class F> CaptureForCoroutine<F> coCapture(F &&function) {
  return mock::pretend<CaptureForCoroutine<F>>();
}
template <class F>
Promise<int> startFiber(unsigned long stackSize, F &&function) {
  return mock::pretend<Promise<int>>();
}

template <class T> class Locked {
public:
  Locked(Locked &&);
  ~Locked();
  T *operator->();
  void release();
};
template <class T> class MutexGuarded {
public:
  Locked<T> lockExclusive() const;
};

} // namespace kj

#endif // COROLINT_TEST_KJ_MOCK_H
