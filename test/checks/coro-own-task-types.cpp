// coro-own-task-types.cpp - task types, pools and awaiters that no model knows
//
// RUN: %findings %s %flags | %expect %s

#include <atomic>
#include <chrono>
#include <coroutine>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace own {

// A lazy task
template <class T = void> struct Task {
  struct promise_type {
    Task get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception();
    void return_void();
  };
  Task(Task &&);
  ~Task();
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};

// An eager task, and one that nobody can wait for
struct Started {
  struct promise_type {
    Started get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception();
    void return_void();
  };
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
  std::shared_ptr<int> state;
};
struct Detached {
  struct promise_type {
    Detached get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception();
    void return_void();
  };
};

class ThreadPool {
public:
  struct Switch {
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
    void await_resume();
  };
  Switch operator co_await();
  Switch schedule();
  Switch run_on_each(int count);
  void spawn(Task<> work);
  void submit(std::function<Task<>()> work);
};
struct Timer {
  ThreadPool::Switch wait();
};

} // namespace own

void nap() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

// A class that is called a pool of threads runs what it is given there.

own::Task<> good_awaits_the_pool(own::ThreadPool &pool) {
  co_await pool;
  nap();
}
own::Task<> good_asks_the_pool(std::shared_ptr<own::ThreadPool> pool) {
  co_await pool->schedule();
  nap();
}
own::Task<> bad_before(own::ThreadPool &pool, own::Timer &timer) {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_before'
  nap();
  co_await timer.wait();
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_before'
  nap();
  co_await pool;
}
own::Task<> bad_work_for_the_pool(own::ThreadPool &pool) {
  co_await pool.run_on_each(3);
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_work_for_the_pool'
  nap();
}
own::Task<> good_given() {
  nap();
  co_return;
}
own::Task<> good_given_later() {
  nap();
  co_return;
}
own::Task<> bad_given_elsewhere() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_given_elsewhere'
  nap();
  co_return;
}
own::Task<> start(own::ThreadPool &pool) {
  pool.spawn(good_given());
  auto later = good_given_later();
  pool.spawn(std::move(later));
  pool.spawn(bad_given_elsewhere());
  pool.submit([]() -> own::Task<> {
    nap();
    co_await []() -> own::Task<> {
      nap();
      co_return;
    }();
  });
  co_await bad_given_elsewhere();
}

// What was awaited need not be waited for.

class Promised {
public:
  struct Answer {
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
    bool await_resume();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
  Answer has_value();
  int get() {
    ready.wait(false);
    return 1;
  }

private:
  std::atomic<bool> ready;
};
Promised promise();
own::Task<> good_after_await(Promised &other) {
  Promised &mine = other;
  co_await mine;
  (void)mine.get();
}
own::Task<> good_after_question(Promised &mine) {
  while (co_await mine.has_value())
    (void)mine.get();
}
struct Both {
  Both(Promised &first, Promised &second);
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
own::Task<> good_after_both(Promised &first, Promised &second) {
  Both both(first, second);
  co_await both;
  (void)(first.get() + second.get());
}
own::Task<> bad_before_both(Promised &first, Promised &second) {
  Both both(first, second);
  // CHECK: :[[@LINE+1]]:15: warning: call of 'Promised::get' blocks the event loop in coroutine 'bad_before_both'
  (void)first.get();
  co_await both;
}
own::Task<> bad_another(Promised &mine, Promised &other) {
  co_await other;
  // CHECK: :[[@LINE+1]]:14: warning: call of 'Promised::get' blocks the event loop in coroutine 'bad_another'
  (void)mine.get();
}

// What is always ready has no work to lose; the rest of the protocol is called by
// the compiler, and by those who build on it.

struct Operation {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
  std::suspend_never detach();
};
void good_ready(Operation &operation) { operation.detach(); }
Operation make();
void bad_operation() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'make' returns is never awaited, so its work never starts [coro-discarded-task]
  make();
}

struct CountingPromise : own::Task<>::promise_type {
  std::suspend_always initial_suspend() noexcept {
    own::Task<>::promise_type::initial_suspend();
    return {};
  }
};

// A first awaiter that gives the coroutine to a scheduler has started it; one that
// keeps the handle has not.

struct Scheduler {
  static void post(std::coroutine_handle<>);
};
template <class Policy> struct Scheduled {
  struct promise_type {
    Scheduled get_return_object();
    typename Policy::First initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception();
    void return_void();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct Posted {
  struct First : std::suspend_always {
    void await_suspend(std::coroutine_handle<> handle) const { Scheduler::post(handle); }
  };
};
struct Resumed {
  struct First : std::suspend_always {
    static void await_suspend(std::coroutine_handle<> handle) { handle.resume(); }
  };
};
struct Kept {
  struct First : std::suspend_always {
    std::coroutine_handle<> mine;
    void await_suspend(std::coroutine_handle<> handle) { mine = handle; }
  };
};
template <class Policy> Scheduled<Policy> work() { co_return; }

void good_scheduled() {
  auto posted = work<Posted>();
  auto resumed = work<Resumed>();
}
void bad_kept() {
  // CHECK: :[[@LINE+1]]:8: warning: 'kept' is never awaited, so its work never starts [coro-unawaited-task]
  auto kept = work<Kept>();
}

// A task that is moved in before the first suspension may die.

own::Detached takes_over(own::Started &&task) {
  own::Started taken(std::move(task));
  co_await taken;
}
own::Detached keeps_a_reference(own::Started &&task) {
  co_await std::suspend_always();
  co_await task;
}
own::Started make_started(const std::string &name) {
  co_await std::suspend_always();
  (void)name.size();
}
void good_taken_over(own::Started make()) { takes_over(make()); }
void bad_reference(own::Started make()) {
  // CHECK: :[[@LINE+1]]:21: warning: 'task' of 'keeps_a_reference' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  keeps_a_reference(make());
}
void bad_argument_of_the_task() {
  // CHECK: :[[@LINE+1]]:27: warning: 'name' of 'make_started' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  takes_over(make_started(std::string("a")));
}
