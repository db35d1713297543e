// task_mock.h - a small coroutine library that no model describes
//
// Everything that corolint knows of it comes from the code: what is awaitable,
// lazy or eager, a generator. Bodies are left out.

#ifndef COROLINT_TEST_TASK_MOCK_H
#define COROLINT_TEST_TASK_MOCK_H

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <utility>
#include <vector>

namespace mini {

template <class T> class task;
template <class T> class job;

namespace detail {

template <class T> struct result_of_promise {
  template <class U> void return_value(U &&value);
};
template <> struct result_of_promise<void> { void return_void(); };

/// Resumes the awaiter, if there is one.
struct final_awaiter {
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  std::coroutine_handle<>
  await_suspend(std::coroutine_handle<Promise> handle) noexcept {
    return handle.promise().continuation;
  }
  void await_resume() const noexcept {}
};

template <class T> struct task_promise : result_of_promise<T> {
  std::coroutine_handle<> continuation;
  task<T> get_return_object();
  std::suspend_always initial_suspend() noexcept { return {}; }
  final_awaiter final_suspend() noexcept { return {}; }
  void unhandled_exception();
};

template <class T> struct job_promise : result_of_promise<T> {
  std::coroutine_handle<> continuation;
  job<T> get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  final_awaiter final_suspend() noexcept { return {}; }
  void unhandled_exception();
};

template <class T> struct task_awaiter {
  bool await_ready() const noexcept;
  std::coroutine_handle<>
  await_suspend(std::coroutine_handle<> awaiting) noexcept;
  T await_resume();
};

} // namespace detail

/// Lazy: its body starts when it is awaited. Its destructor destroys the frame.
template <class T = void> class [[nodiscard]] task {
public:
  using promise_type = detail::task_promise<T>;
  using value_type = T;

  task() noexcept;
  task(task &&other) noexcept;
  task &operator=(task &&other) noexcept;
  task(const task &) = delete;
  ~task();
  bool is_ready() const noexcept;
  detail::task_awaiter<T> operator co_await() &&noexcept;
};

/// Eager: its body runs to the first suspension inside the call.
template <class T = void> class job {
public:
  using promise_type = detail::job_promise<T>;
  using value_type = T;

  job() noexcept;
  job(job &&other) noexcept;
  job &operator=(job &&other) noexcept;
  job(const job &) = delete;
  ~job();
  bool is_ready() const noexcept;
  detail::task_awaiter<T> operator co_await() &&noexcept;
};

/// A synchronous sequence.
template <class T> class generator {
public:
  struct promise_type {
    generator get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T value) noexcept;
    void return_void() noexcept;
    void unhandled_exception();
    template <class U> std::suspend_never await_transform(U &&) = delete;
  };
  struct sentinel {};
  struct iterator {
    iterator &operator++();
    T &operator*() const noexcept;
    bool operator==(sentinel) const noexcept;
  };

  generator(generator &&other) noexcept;
  ~generator();
  iterator begin();
  sentinel end() noexcept;
};

/// A flag that coroutines can wait for.
class event {
public:
  class awaiter {
  public:
    bool await_ready() const noexcept;
    bool await_suspend(std::coroutine_handle<> awaiting) noexcept;
    void await_resume() const noexcept;
  };

  event() noexcept;
  event(const event &) = delete;
  void set() noexcept;
  void reset() noexcept;
  bool is_set() const noexcept;
  awaiter operator co_await() const noexcept;
};

/// A mutex whose holder may be suspended.
class async_mutex {
public:
  class [[nodiscard]] scoped_lock {
  public:
    scoped_lock(scoped_lock &&other) noexcept;
    ~scoped_lock();
    void unlock() noexcept;
  };
  class [[nodiscard]] lock_operation {
  public:
    bool await_ready() const noexcept;
    bool await_suspend(std::coroutine_handle<> awaiting) noexcept;
    void await_resume() const noexcept;
  };
  class [[nodiscard]] scoped_lock_operation : public lock_operation {
  public:
    scoped_lock await_resume() const noexcept;
  };

  async_mutex() noexcept;
  async_mutex(const async_mutex &) = delete;
  bool try_lock() noexcept;
  lock_operation lock_async() noexcept;
  scoped_lock_operation scoped_lock_async() noexcept;
  void unlock();
};

/// Threads of its own; awaiting schedule() continues on one of them.
class static_thread_pool {
public:
  class [[nodiscard]] schedule_operation {
  public:
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> awaiting) noexcept;
    void await_resume() noexcept {}
  };

  static_thread_pool();
  explicit static_thread_pool(unsigned threads);
  ~static_thread_pool();
  schedule_operation schedule() noexcept;
};

/// Waits for time to pass.
class [[nodiscard]] sleep_operation {
public:
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> awaiting) noexcept;
  void await_resume() const noexcept;
};
sleep_operation sleep_for(std::chrono::nanoseconds time);

/// Lets other coroutines run.
std::suspend_always yield() noexcept;

/// Runs a task on the calling thread until it is done.
template <class T> T sync_wait(task<T> work);

/// Starts a task; nobody waits for it.
void spawn(task<void> work);

/// Awaits all; the results are in \p Ts's order.
template <class... Ts> class [[nodiscard]] when_all_operation {
public:
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> awaiting) noexcept;
  void await_resume();
};
template <class... Ts>
when_all_operation<std::remove_cvref_t<Ts>...> when_all(Ts &&...awaitables);
template <class T> task<std::vector<T>> when_all(std::vector<task<T>> tasks);
task<void> when_all(std::vector<task<void>> tasks);

/// Owns the tasks that it spawns; join() must be awaited before it dies.
class async_scope {
public:
  async_scope() noexcept;
  async_scope(const async_scope &) = delete;
  ~async_scope();
  void spawn(task<void> work);
  [[nodiscard]] task<void> join();
};

} // namespace mini

#endif // COROLINT_TEST_TASK_MOCK_H
