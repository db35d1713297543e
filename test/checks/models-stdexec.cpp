// models-stdexec.cpp - what corolint knows of stdexec and exec
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "stdexec_mock.h"

using namespace std::chrono_literals;

exec::task<int> work();

exec::task<void> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

// CHECK: :[[@LINE+1]]:45: warning: 'stdexec::sync_wait' stops the event loop in coroutine 'bad_sync_wait' until asynchronous work is done [coro-sync-wait]
exec::task<int> bad_sync_wait() { co_return stdexec::sync_wait(work()); }

exec::task<void> bad_nested_run(stdexec::run_loop &loop) {
  co_await work();
  // CHECK: :[[@LINE+1]]:8: warning: 'stdexec::run_loop::run' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  loop.run();
}

exec::task<void> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  co_return;
}

exec::task<void> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  co_return;
}

exec::task<void> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

exec::task<int> good_ways_to_await(exec::async_scope &scope) {
  co_await work();
  auto task = work();
  co_await stdexec::when_all(std::move(task), work());
  exec::start_detached(work());
  scope.spawn(work());
  co_return co_await stdexec::then(work(), [](int value) { return value; });
}

exec::task<void> good_elsewhere(exec::static_thread_pool &pool) {
  co_await stdexec::starts_on(pool.get_scheduler(), work());
}

int good_main() { return stdexec::sync_wait(work()); }
