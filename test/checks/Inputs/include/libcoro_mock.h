// libcoro_mock.h - the declarations of libcoro that tests use
#ifndef COROLINT_TEST_LIBCORO_MOCK_H
#define COROLINT_TEST_LIBCORO_MOCK_H

#include "promise_mock.h"

#include <chrono>

namespace coro {

template <class T = void> class [[nodiscard]] task {
public:
  using promise_type = mock::promise<task, T>;
  task(task &&) noexcept;
  ~task();
  bool is_ready() const noexcept;
  bool resume();
  std::coroutine_handle<promise_type> handle();
  mock::awaiter<T> operator co_await() const noexcept;
};

template <class T> class generator {
public:
  using promise_type = mock::promise<generator, void>;
  int *begin();
  int *end();
};

class thread_pool {
public:
  [[nodiscard]] mock::awaiter<void> schedule();
  template <class T> [[nodiscard]] task<T> schedule(task<T> work);
  bool spawn_detached(task<void> &&work);
  bool resume(std::coroutine_handle<> handle) noexcept;
  template <class Range>
    requires requires(const Range &handles) { handles.begin(); }
  unsigned long resume(const Range &handles) noexcept;
};

class scheduler {
public:
  unsigned long process_events(std::chrono::milliseconds timeout = {});
  [[nodiscard]] mock::awaiter<void> schedule();
  [[nodiscard]] task<void> schedule_after(std::chrono::milliseconds time);
  bool spawn_detached(task<void> &&work);
};

struct scoped_lock {
  ~scoped_lock();
  void unlock();
};
class mutex {
public:
  mock::awaiter<scoped_lock> scoped_lock();
};

template <class A> int sync_wait(A &&awaitable) { return mock::pretend<int>(); }
template <class... A> [[nodiscard]] mock::awaiter<int> when_all(A... awaitables) {
  return mock::pretend<mock::awaiter<int>>();
}

} // namespace coro

#endif // COROLINT_TEST_LIBCORO_MOCK_H
