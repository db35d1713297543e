// coro-discarded-task-awaiters.cpp - awaiters that are made and dropped
//
// RUN: %findings %s %flags | %expect %s

#include <coroutine>

struct delay {
  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept;
  void await_resume() noexcept {}
};
delay sleep();

/// Goes on at once, as a promise may do that belongs to an object.
struct attached {
  struct promise_type {
    // What it would suspend with is not needed, and does no work.
    explicit promise_type(int &owner) { yield_value(owner); }
    attached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() {}
    std::suspend_never yield_value(int &) { return {}; }
  };
};

attached bad_delay(int &owner) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'sleep' returns is never awaited, so its work never starts [coro-discarded-task]
  sleep();
  co_yield owner;
}

attached good_trivial_awaiters(int &owner) {
  co_yield owner;
  std::suspend_always();
}
