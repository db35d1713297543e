// cppcoro_mock.h - the declarations of cppcoro that tests use
#ifndef CPPCORO_MOCK_H
#define CPPCORO_MOCK_H

#include <coroutine>

namespace cppcoro {

template <class T = void> class [[nodiscard]] task {
public:
  struct promise_type {
    task get_return_object() noexcept;
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() noexcept;
    void unhandled_exception() noexcept;
  };
  struct awaiter {
    bool await_ready() noexcept;
    void await_suspend(std::coroutine_handle<>) noexcept;
    void await_resume();
  };
  task(task &&) noexcept;
  ~task();
  bool is_ready() const noexcept;
  awaiter operator co_await() const noexcept;
};

class io_service {
public:
  struct schedule_operation {
    bool await_ready() noexcept;
    void await_suspend(std::coroutine_handle<>) noexcept;
    void await_resume() noexcept;
  };
  schedule_operation schedule() noexcept;
  unsigned long process_events();
  unsigned long process_pending_events();
};

class static_thread_pool {
public:
  struct schedule_operation {
    bool await_ready() noexcept;
    void await_suspend(std::coroutine_handle<>) noexcept;
    void await_resume() noexcept;
  };
  schedule_operation schedule() noexcept;
};

template <class T> void sync_wait(T &&awaitable);
template <class... T> task<> when_all(T &&...awaitables);

} // namespace cppcoro

#endif // CPPCORO_MOCK_H
