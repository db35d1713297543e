// models-libcoro.cpp - what corolint knows of libcoro
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "libcoro_mock.h"

using namespace std::chrono_literals;

coro::task<int> work();
coro::task<> action();

coro::task<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

// CHECK: :[[@LINE+1]]:45: warning: 'coro::sync_wait' stops the event loop in coroutine 'bad_sync_wait' until asynchronous work is done [coro-sync-wait]
coro::task<int> bad_sync_wait() { co_return coro::sync_wait(work()); }

coro::task<> bad_nested_run(coro::scheduler &scheduler) {
  co_await scheduler.schedule();
  // CHECK: :[[@LINE+1]]:13: warning: 'coro::scheduler::process_events' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  scheduler.process_events(1s);
}

coro::task<> bad_dropped(coro::scheduler &scheduler, coro::thread_pool &pool) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  // CHECK: :[[@LINE+1]]:3: warning: what 'coro::scheduler::schedule_after' returns is never awaited, so its work never starts [coro-discarded-task]
  scheduler.schedule_after(1s);
  // CHECK: :[[@LINE+1]]:3: warning: what 'coro::thread_pool::schedule' returns is never awaited, so its work never starts [coro-discarded-task]
  pool.schedule(action());
  co_return;
}

coro::task<> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  co_return;
}

coro::task<> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

coro::task<> bad_back_on_the_loop(coro::thread_pool &pool, coro::scheduler &scheduler) {
  co_await pool.schedule();
  std::this_thread::sleep_for(1s);
  co_await scheduler.schedule();
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_back_on_the_loop' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
}

coro::task<> good_ways_to_await(coro::scheduler &scheduler) {
  co_await work();
  auto task = work();
  co_await task;
  auto first = work();
  co_await coro::when_all(std::move(first), work());
  scheduler.spawn_detached(action());
  co_await scheduler.schedule_after(1s);
}

coro::task<> good_async_lock(coro::mutex &mutex) {
  auto lock = co_await mutex.scoped_lock();
  co_await work();
}

coro::generator<int> good_generator() {
  std::this_thread::sleep_for(1s);
  co_yield 1;
}

int good_main() { return coro::sync_wait(work()); }

// A task with a name that goes to the pool runs there.
coro::task<int> naps() {
  std::this_thread::sleep_for(1s);
  co_return 1;
}

coro::task<int> good_named_task_for_the_pool(coro::thread_pool &pool) {
  auto work = naps();
  co_return co_await pool.schedule(std::move(work));
}

coro::task<int> good_resumed_by_the_pool() {
  std::this_thread::sleep_for(1s);
  co_return 1;
}
void good_resume(coro::thread_pool &pool) {
  auto work = good_resumed_by_the_pool();
  pool.resume(work.handle());
  std::this_thread::sleep_for(1s);
  coro::sync_wait(work);
}

// The scheduler keeps the task, and nothing that the task refers to

void use(const std::string &text);
std::string name();
coro::task<> reads(const std::string &text) {
  co_await work();
  use(text);
}

void bad_spawned(coro::scheduler &scheduler, int number) {
  // CHECK: :[[@LINE+1]]:28: warning: the captures of this coroutine lambda die at the end of this expression, before the coroutine has ended [coro-lambda-capture]
  scheduler.spawn_detached([number]() -> coro::task<> {
    co_await work();
    use(std::to_string(number));
  }());
  // CHECK: :[[@LINE+1]]:34: warning: 'text' of 'reads' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  scheduler.spawn_detached(reads(name()));
  std::string text = name();
  // CHECK: :[[@LINE+1]]:28: warning: 'text' of 'reads' refers to 'text', which dies when its scope ends; the task may run after that [coro-dangling-argument]
  scheduler.spawn_detached(reads(text));
}
coro::task<> good_server(coro::scheduler &scheduler) {
  co_await scheduler.schedule();
  for (int left = co_await work(); left > 0; --left)
    scheduler.spawn_detached([](int number) -> coro::task<> {
      co_await work();
      use(std::to_string(number));
    }(left));
}

coro::task<> bad_lock_not_awaited(coro::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:8: warning: 'lock' is never awaited, so its work never starts [coro-unawaited-task]
  auto lock = mutex.scoped_lock();
  co_return;
}

coro::task<> bad_callback() {
  // CHECK: :[[@LINE+1]]:33: warning: this lambda returns a task, which 'std::function' drops; its work never starts [coro-task-as-void-callback]
  std::function<void()> later = [] { return work(); };
  later();
  co_return;
}

// Resumed by hand, it runs where that is.
void good_resume_by_hand() {
  auto task = []() -> coro::task<> {
    std::this_thread::sleep_for(1s);
    co_return;
  }();
  task.resume();
}
