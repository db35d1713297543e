// testable_task_mock.h - tasks that convert, compare and print
//
// A task class should have none of these operators; many have. Bodies are left
// out.

#ifndef COROLINT_TEST_TESTABLE_TASK_MOCK_H
#define COROLINT_TEST_TESTABLE_TASK_MOCK_H

#include <coroutine>
#include <cstddef>
#include <ostream>
#include <utility>

namespace testable {

template <class T> struct result_promise {
  template <class U> void return_value(U &&value);
};
template <> struct result_promise<void> { void return_void(); };

template <class Task, class T> struct promise : result_promise<T> {
  Task get_return_object();
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception();
};

template <class T> struct awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> awaiting) noexcept;
  T await_resume();
};

/// Says with operator bool whether there is a coroutine.
template <class T = void> class task {
public:
  using promise_type = promise<task, T>;
  task() noexcept;
  task(task &&) noexcept;
  task &operator=(task &&) noexcept;
  ~task();
  explicit operator bool() const noexcept;
  bool done() const noexcept;
  void resume();
  awaiter<T> operator co_await() &&noexcept;
};

/// Compares and prints by templates that take anything.
template <class T, class U> bool operator==(const task<T> &work, const U &value);
template <class T, class U> bool operator<(const U &value, const task<T> &work);
template <class T> std::ostream &operator<<(std::ostream &out, const task<T> &work);

/// Converts without being asked.
template <class T = void> class loose {
public:
  using promise_type = promise<loose, T>;
  loose(loose &&) noexcept;
  ~loose();
  operator bool() const noexcept;
  awaiter<T> operator co_await() &&noexcept;
};

/// Converts to its result.
template <class T> class getter {
public:
  using promise_type = promise<getter, T>;
  getter(getter &&) noexcept;
  ~getter();
  operator T();
  awaiter<T> operator co_await() &&noexcept;
};

/// One of several handles to a running task.
template <class T> class handle {
public:
  using promise_type = promise<handle, T>;
  handle(const handle &) noexcept;
  ~handle();
  friend bool operator==(const handle &, const handle &) noexcept;
  friend bool operator==(const handle &, std::nullptr_t) noexcept;
  awaiter<T> operator co_await() const noexcept;
};

/// Awaited by a free operator, which takes it by reference.
class lendable {
public:
  using promise_type = promise<lendable, void>;
  lendable(lendable &&) noexcept;
  ~lendable();
};
awaiter<void> operator co_await(const lendable &work);

/// Copies share the work.
class copyable {
public:
  using promise_type = promise<copyable, void>;
  awaiter<void> operator co_await() const;
};
std::ostream &operator<<(std::ostream &out, const copyable &work);

lendable lent();
copyable copied();
getter<bool> ask();
task<> pop();
task<> log(bool first, bool second);
bool enabled();
void fail();

} // namespace testable

#endif // COROLINT_TEST_TESTABLE_TASK_MOCK_H
