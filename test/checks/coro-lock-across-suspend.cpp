// coro-lock-across-suspend.cpp - locks that are held where a coroutine suspends
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <functional>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <vector>

#include <pthread.h>

#include <aio/aio.h>

#include "task_mock.h"

aio::Coro<int> fetch(int number) { co_return number; }
aio::Coro<> flush() { co_return; }
bool enabled();
void log(const char *text);

std::mutex m, other;
std::shared_mutex shared;
std::recursive_timed_mutex timed;

// Guards

aio::Coro<> bad_lock_guard() {
  // CHECK: :[[@LINE+3]]:31: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  // CHECK: :[[@LINE+2]]:31: note: lock taken here
  // CHECK: :[[@LINE+2]]:3: note: suspended here, by co_await
  std::lock_guard<std::mutex> guard(m);
  co_await flush();
}

aio::Coro<> bad_guards() {
  {
    // CHECK: :[[@LINE+1]]:21: warning: 'guard' stays locked
    std::lock_guard guard{m};
    co_await flush();
  }
  {
    // CHECK: :[[@LINE+1]]:22: warning: 'both' stays locked
    std::scoped_lock both(m, other);
    co_await flush();
  }
  {
    // CHECK: :[[@LINE+1]]:22: warning: 'unique' stays locked
    std::unique_lock unique(m);
    co_await flush();
  }
  {
    // CHECK: :[[@LINE+1]]:22: warning: 'reader' stays locked
    std::shared_lock reader(shared);
    co_await flush();
  }
  {
    // CHECK: :[[@LINE+1]]:10: warning: 'copied' stays locked
    auto copied = std::unique_lock(timed);
    co_await flush();
  }
  {
    other.lock();
    // CHECK: :[[@LINE+1]]:21: warning: 'adopted' stays locked
    std::lock_guard adopted(other, std::adopt_lock);
    co_await flush();
  }
  std::scoped_lock<> nothing;
  co_await flush();
}

aio::Coro<> bad_once_per_lock() {
  // CHECK: :[[@LINE+2]]:19: warning: 'guard' stays locked
  // CHECK: :[[@LINE+2]]:3: note: suspended here
  std::lock_guard guard(m);
  co_await flush();
  co_await flush();
}

// Where an await may stand

aio::Coro<> bad_places() {
  {
    // CHECK: :[[@LINE+2]]:21: warning: 'guard' stays locked
    // CHECK: :[[@LINE+2]]:18: note: suspended here
    std::lock_guard guard(m);
    int number = co_await fetch(1);
    log(number ? "some" : "none");
  }
  {
    // CHECK: :[[@LINE+2]]:21: warning: 'guard' stays locked
    // CHECK: :[[@LINE+2]]:9: note: suspended here
    std::lock_guard guard(m);
    if (co_await fetch(1))
      log("some");
  }
  {
    // CHECK: :[[@LINE+1]]:21: warning: 'guard' stays locked
    std::lock_guard guard(m);
    while (co_await fetch(1) == 2)
      log("two");
  }
  {
    // CHECK: :[[@LINE+1]]:21: warning: 'guard' stays locked
    std::lock_guard guard(m);
    log(co_await fetch(1) ? "some" : "none");
  }
  {
    // CHECK: :[[@LINE+1]]:21: warning: 'guard' stays locked
    std::lock_guard guard(m);
    switch (co_await fetch(1)) {
    default:
      log("any");
    }
  }
  {
    // CHECK: :[[@LINE+1]]:21: warning: 'guard' stays locked
    std::lock_guard guard(m);
    std::vector<int> all{co_await fetch(1), 2};
    log(all.empty() ? "" : "some");
  }
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked
  std::lock_guard guard(m);
  co_return co_await flush();
}

aio::Coro<> bad_condition_initializer() {
  // CHECK: :[[@LINE+1]]:23: warning: 'guard' stays locked
  if (std::lock_guard guard(m); enabled())
    co_await flush();
  // CHECK: :[[@LINE+1]]:24: warning: 'unique' stays locked
  if (std::unique_lock unique{m})
    co_await flush();
}

aio::Coro<> bad_temporary() {
  // CHECK: :[[@LINE+1]]:3: warning: 'lock' stays locked
  std::lock_guard(m), co_await flush();
  std::lock_guard{m};
  co_await flush();
}

/// A library's coroutine type with values on the way.
struct stream {
  struct promise_type {
    stream get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(int) noexcept;
    template <class A> A &&await_transform(A &&awaitable) { return static_cast<A &&>(awaitable); }
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};

stream bad_co_yield() {
  // CHECK: :[[@LINE+2]]:19: warning: 'guard' stays locked while the coroutine is suspended
  // CHECK: :[[@LINE+2]]:3: note: suspended here, by co_yield
  std::lock_guard guard(m);
  co_yield 1;
}

stream bad_await_transform() {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked
  std::lock_guard guard(m);
  co_await mini::yield();
}

// Unlocked in time

aio::Coro<> good_scope() {
  {
    std::lock_guard guard(m);
    log("locked");
  }
  co_await flush();
  if (std::lock_guard guard(m); enabled())
    log("locked");
  co_await flush();
}

aio::Coro<> good_unlocked(bool first) {
  std::unique_lock lock(m);
  if (first) {
    lock.unlock();
    co_await flush();
    co_return;
  }
  lock.unlock();
  co_await flush();
}

aio::Coro<> bad_locked_again() {
  std::unique_lock lock(m);
  lock.unlock();
  co_await flush();
  // CHECK: :[[@LINE+2]]:3: warning: 'lock' stays locked
  // CHECK: :[[@LINE+2]]:3: note: suspended here
  lock.lock();
  co_await flush();
}

aio::Coro<> good_locked_again_after() {
  std::unique_lock lock(m);
  log("locked");
  lock.unlock();
  co_await flush();
  lock.lock();
  log("locked");
}

aio::Coro<> bad_unlocked_on_one_path() {
  // CHECK: :[[@LINE+1]]:20: warning: 'lock' stays locked
  std::unique_lock lock(m);
  if (enabled())
    lock.unlock();
  co_await flush();
}

aio::Coro<> bad_loop() {
  std::unique_lock lock(m, std::defer_lock);
  for (int i = 0; i < 3; ++i) {
    co_await flush();
    // CHECK: :[[@LINE+1]]:5: warning: 'lock' stays locked
    lock.lock();
  }
}

aio::Coro<> good_loop() {
  for (int i = 0; i < 3; ++i) {
    {
      std::lock_guard guard(m);
      if (enabled())
        continue;
    }
    co_await flush();
  }
}

aio::Coro<> good_goto() {
again: {
  std::lock_guard guard(m);
  if (enabled())
    goto again;
}
  co_await flush();
}

aio::Coro<> good_early_exit() {
  {
    std::lock_guard guard(m);
    if (enabled())
      co_return;
  }
  co_await flush();
}

// No threads, no locks

aio::Coro<> good_asynchronous_mutex(mini::async_mutex &mutex, aio::Lock &lock) {
  auto guard = co_await mutex.scoped_lock_async();
  co_await flush();
  auto inner = co_await lock.scoped();
  co_await flush();
  co_await mutex.lock_async();
  co_await flush();
  mutex.unlock();
}

/// A mutex that coroutines await, with the names of a standard one.
struct FairMutex {
  void lock();
  void unlock();
  bool try_lock();
  aio::Coro<std::unique_lock<FairMutex>> co_scoped_lock();
};
aio::Coro<std::unique_lock<std::mutex>> lock_on_a_worker();

aio::Coro<> good_standard_guard_of_an_asynchronous_mutex(FairMutex &fair) {
  std::unique_lock<FairMutex> held = co_await fair.co_scoped_lock();
  co_await flush();
  std::lock_guard guard(fair);
  co_await flush();
  auto foreign = co_await lock_on_a_worker();
  co_await flush();
}

struct Ready {
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};

mini::task<> good_never_suspends() {
  std::lock_guard guard(m);
  co_await std::suspend_never();
  co_await Ready();
}

aio::Coro<> good_lambda_of_its_own() {
  std::lock_guard guard(m);
  auto later = []() -> aio::Coro<> { co_await flush(); };
  aio::create_task(later());
  co_return;
}

void good_lock_around_a_coroutine_lambda() {
  auto work = []() -> aio::Coro<> {
    // CHECK: :[[@LINE+1]]:21: warning: 'guard' stays locked
    std::lock_guard guard(m);
    co_await flush();
  };
  std::lock_guard guard(m);
  aio::run(work());
}

mini::task<> good_condition_variable(std::condition_variable &changed) {
  {
    std::unique_lock lock(m);
    changed.wait_for(lock, std::chrono::seconds(0));
  }
  co_await mini::yield();
}

mini::task<> bad_condition_variable(std::condition_variable &changed) {
  // CHECK: :[[@LINE+1]]:20: warning: 'lock' stays locked
  std::unique_lock lock(m);
  changed.wait_for(lock, std::chrono::seconds(0));
  co_await mini::yield();
}

aio::Coro<> good_static() {
  static std::unique_lock lock(m);
  co_await flush();
}

aio::Coro<> good_guard_of_the_caller(std::unique_lock<std::mutex> &lock) {
  log(lock ? "locked" : "not locked");
  co_await flush();
}
