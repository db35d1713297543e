// promise_mock.h - promises and awaiters for mocks of coroutine libraries
#ifndef COROLINT_TEST_PROMISE_MOCK_H
#define COROLINT_TEST_PROMISE_MOCK_H

#include <coroutine>

namespace mock {

template <class T> struct awaiter {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

template <class T> struct returns {
  template <class U> void return_value(U &&value);
};
template <> struct returns<void> {
  void return_void();
};

/// The promise of \p Task: a coroutine that starts as \p Initial says.
template <class Task, class T, class Initial = std::suspend_always>
struct promise : returns<T> {
  Task get_return_object() noexcept;
  Initial initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept;
  template <class U> std::suspend_always yield_value(U &&value);
};

/// What a template returns whose body must exist: lambdas have no linkage.
template <class T> T pretend();

} // namespace mock

#endif // COROLINT_TEST_PROMISE_MOCK_H
