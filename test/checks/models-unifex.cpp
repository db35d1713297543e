// models-unifex.cpp - what corolint knows of libunifex
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "unifex_mock.h"

using namespace std::chrono_literals;

unifex::task<int> work();
unifex::task<int> blocking_work() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'blocking_work' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return 1;
}

unifex::task<void> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

// CHECK: :[[@LINE+1]]:47: warning: 'unifex::sync_wait' stops the event loop in coroutine 'bad_sync_wait' until asynchronous work is done [coro-sync-wait]
unifex::task<int> bad_sync_wait() { co_return unifex::sync_wait(work()); }

unifex::task<void> bad_nested_run(unifex::manual_event_loop &loop) {
  co_await work();
  // CHECK: :[[@LINE+1]]:8: warning: 'unifex::_manual_event_loop::context::run' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  loop.run();
}

unifex::task<void> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  co_return;
}

unifex::task<void> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  co_return;
}

unifex::task<void> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

unifex::task<void> good_ways_to_await(unifex::async_scope &scope) {
  co_await work();
  auto task = work();
  co_await unifex::when_all(std::move(task), work());
  scope.detached_spawn(work());
  auto sender = unifex::then(work(), [](int value) { return value; });
  co_await sender;
}

unifex::task<void> good_pool(unifex::static_thread_pool &pool, unifex::async_scope &scope) {
  scope.detached_spawn_call_on(pool.get_scheduler(),
                               [] { std::this_thread::sleep_for(1s); });
  co_return;
}

int good_main() { return unifex::sync_wait(work()); }
