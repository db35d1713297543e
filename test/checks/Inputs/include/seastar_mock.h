// seastar_mock.h - the declarations of Seastar that tests use
#ifndef COROLINT_TEST_SEASTAR_MOCK_H
#define COROLINT_TEST_SEASTAR_MOCK_H

#include "promise_mock.h"

#include <chrono>

namespace seastar {

template <class T> class promise;
template <class T = void> class [[nodiscard]] future {
public:
  using promise_type = mock::promise<future, T, std::suspend_never>;
  future(future &&) noexcept;
  future &operator=(future &&) noexcept;
  ~future();
  bool available() const noexcept;
  bool failed() const noexcept;
  T get();
  template <class F> future<> then(F &&function) { return mock::pretend<future<>>(); }
  template <class F> future<> handle_exception(F &&function) {
    return mock::pretend<future<>>();
  }
  future<> discard_result();
  void forward_to(promise<T> &&other) noexcept;
};
template <class T = void> class promise {
public:
  future<T> get_future() noexcept;
};
template <class T> mock::awaiter<T> operator co_await(future<T> one);

template <class T = void> future<T> make_ready_future();
template <class F> future<> async(F &&function) { return mock::pretend<future<>>(); }
template <class F> future<> repeat(F &&function) { return mock::pretend<future<>>(); }
template <class... F> future<> when_all_succeed(F &&...futures) {
  return mock::pretend<future<>>();
}
template <class Rep, class Period> future<> sleep(std::chrono::duration<Rep, Period> time);

namespace smp {
template <class F> future<> submit_to(unsigned shard, F &&function) {
  return mock::pretend<future<>>();
}
} // namespace smp

/// Counts who is inside; close() waits until all have left.
class gate {
public:
  class holder {
  public:
    ~holder();
  };
  holder hold();
  future<> close();
};
template <class F> future<> with_gate(gate &of, F &&function) {
  return mock::pretend<future<>>();
}

class semaphore_units {
public:
  ~semaphore_units();
};
class semaphore {
public:
  void signal();
};
future<semaphore_units> get_units(semaphore &of, unsigned long number);

namespace coroutine {
template <class T> struct as_future : mock::awaiter<future<T>> {
  explicit as_future(future<T> &&of);
};
/// Refers to the callable that it is made from.
template <class F> class lambda {
public:
  explicit lambda(F &&callable) : callable(&callable) {}
  future<> operator()() const { return (*callable)(); }

private:
  std::remove_reference_t<F> *callable;
};
} // namespace coroutine

} // namespace seastar

#endif // COROLINT_TEST_SEASTAR_MOCK_H
