// cobalt_mock.h - the declarations of Boost.Cobalt that tests use
#ifndef COROLINT_TEST_COBALT_MOCK_H
#define COROLINT_TEST_COBALT_MOCK_H

#include "asio_mock.h"
#include "promise_mock.h"

#include <vector>

namespace boost::cobalt {

template <class T = void> struct [[nodiscard]] task {
  using promise_type = mock::promise<task, T>;
  task(task &&) noexcept;
  ~task();
  mock::awaiter<T> operator co_await();
};

template <class T = void> struct [[nodiscard]] promise {
  using promise_type = mock::promise<promise, T, std::suspend_never>;
  promise(promise &&) noexcept;
  ~promise();
  mock::awaiter<T> operator co_await();
  void operator+() &&;
  explicit operator bool() const;
  bool ready() const;
  void detach();
  T get();
};

template <class Y> struct [[nodiscard]] generator {
  struct promise_type : mock::promise<generator, Y, std::suspend_never> {
    template <class A> A &&await_transform(A &&awaitable) {
      return mock::pretend<A &&>();
    }
  };
  generator(generator &&) noexcept;
  ~generator();
  mock::awaiter<Y> operator co_await();
  explicit operator bool() const;
};

struct thread {
  using promise_type = mock::promise<thread, void>;
  thread(thread &&) noexcept;
  ~thread();
  mock::awaiter<void> operator co_await() &;
  void join();
};

struct wait_group {
  void push_back(promise<void> one);
  mock::awaiter<void> wait();
};

template <class T> T run(task<T> work);
template <class Context, class T, class Token>
void spawn(Context &context, task<T> &&work, Token &&token) {}
template <class... P> mock::awaiter<int> gather(P &&...awaitables) {
  return mock::pretend<mock::awaiter<int>>();
}
template <class... P> mock::awaiter<int> race(P &&...awaitables) {
  return mock::pretend<mock::awaiter<int>>();
}

} // namespace boost::cobalt

#endif // COROLINT_TEST_COBALT_MOCK_H
