// models-cppcoro.cpp - what corolint knows of cppcoro
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "cppcoro_mock.h"

using namespace std::chrono_literals;

cppcoro::task<> work();

cppcoro::task<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

cppcoro::task<> bad_sync_wait() {
  // CHECK: :[[@LINE+1]]:3: warning: 'cppcoro::sync_wait' stops the event loop in coroutine 'bad_sync_wait' until asynchronous work is done [coro-sync-wait]
  cppcoro::sync_wait(work());
  co_return;
}

cppcoro::task<> bad_nested_run(cppcoro::io_service &service) {
  co_await service.schedule();
  // CHECK: :[[@LINE+1]]:11: warning: 'cppcoro::io_service::process_events' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  service.process_events();
}

cppcoro::task<> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  co_return;
}

cppcoro::task<> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  co_return;
}

cppcoro::task<> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

cppcoro::task<> bad_back_on_the_loop(cppcoro::static_thread_pool &pool,
                                     cppcoro::io_service &service) {
  co_await pool.schedule();
  std::this_thread::sleep_for(1s);
  co_await service.schedule();
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_back_on_the_loop' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
}

cppcoro::task<> good_ways_to_await() {
  co_await work();
  auto task = work();
  co_await task;
  auto first = work();
  co_await cppcoro::when_all(std::move(first), work());
}

void good_main() { cppcoro::sync_wait(work()); }
