// models-asyncio.cpp - what corolint knows of netcan/asyncio
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "asyncio_mock.h"

using namespace std::chrono_literals;

asyncio::Task<int> work();

asyncio::Task<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

asyncio::Task<> bad_nested_run() {
  // CHECK: :[[@LINE+1]]:3: warning: 'asyncio::run' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  asyncio::run(work());
  // CHECK: :[[@LINE+1]]:29: warning: 'asyncio::EventLoop::run_until_complete' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  asyncio::get_event_loop().run_until_complete();
  co_return;
}

asyncio::Task<> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  // CHECK: :[[@LINE+1]]:3: warning: what 'asyncio::sleep' returns is never awaited, so its work never starts [coro-discarded-task]
  asyncio::sleep(1s);
  co_return;
}

asyncio::Task<> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  co_return;
}

asyncio::Task<> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

asyncio::Task<> good_ways_to_await() {
  co_await work();
  auto task = work();
  co_await task;
  auto scheduled = asyncio::schedule_task(work());
  co_await asyncio::gather(work(), work());
  co_await asyncio::sleep(1s);
  scheduled.cancel();
}

void good_main() { asyncio::run(work()); }
