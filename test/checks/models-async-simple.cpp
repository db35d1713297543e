// models-async-simple.cpp - what corolint knows of async_simple
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "async_simple_mock.h"

using namespace std::chrono_literals;
using async_simple::coro::Lazy;

Lazy<int> work();
async_simple::Future<int> old_work();

Lazy<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

// CHECK: :[[@LINE+1]]:40: warning: 'async_simple::coro::syncAwait' stops the event loop in coroutine 'bad_sync_await' until asynchronous work is done [coro-sync-wait]
Lazy<int> bad_sync_await() { co_return async_simple::coro::syncAwait(work()); }

// CHECK: :[[@LINE+1]]:47: warning: 'async_simple::Future::get' stops the event loop in coroutine 'bad_future' until asynchronous work is done [coro-sync-wait]
Lazy<int> bad_future() { co_return old_work().get(); }

Lazy<> bad_dropped(async_simple::Executor &executor) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  // CHECK: :[[@LINE+1]]:3: warning: what 'async_simple::coro::Lazy::via' returns is never awaited, so its work never starts [coro-discarded-task]
  work().via(&executor);
  co_return;
}

Lazy<> bad_never_awaited(async_simple::Executor &executor) {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  // CHECK: :[[@LINE+1]]:8: warning: 'moved' is never awaited, so its work never starts [coro-unawaited-task]
  auto moved = work().via(&executor);
  co_return;
}

Lazy<> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

Lazy<> good_ways_to_await(async_simple::Executor &executor) {
  co_await work();
  auto task = work();
  task.start([](auto &&) {});
  work().via(&executor).detach();
  auto one = work(), other = work();
  co_await async_simple::coro::collectAll(std::move(one), std::move(other));
  co_await async_simple::coro::sleep(1s);
}

// The spin lock of the library may be held by a coroutine.
Lazy<> good_own_lock(async_simple::coro::SpinLock &lock) {
  std::lock_guard guard(lock);
  co_await work();
}

Lazy<> good_pool(async_simple::executors::SimpleExecutor &executor) {
  executor.schedule([] { std::this_thread::sleep_for(1s); });
  co_return;
}

// A continuation of a future runs where the future's executor says.
async_simple::Future<int> good_continuation() {
  return old_work().thenValue([](int value) {
    std::this_thread::sleep_for(1s);
    return value;
  });
}

Lazy<int> good_ready(async_simple::Future<int> future) {
  if (future.hasResult())
    co_return std::move(future).get();
  co_return 0;
}

int good_main() { return async_simple::coro::syncAwait(work()); }

// The captures are there until the function has waited for what the task promises.
int good_stackful(async_simple::Executor &executor, async_simple::Promise<int> promise) {
  auto result = promise.getFuture();
  auto run = [promise = std::move(promise)]() mutable -> Lazy<> {
    int value = co_await work();
    promise.setValue(value);
  };
  run().directlyStart([](auto &&) {}, &executor);
  return async_simple::uthread::await(std::move(result));
}

void bad_stackful(async_simple::Executor &executor, async_simple::Promise<int> promise) {
  auto run = [promise = std::move(promise)]() mutable -> Lazy<> {
    int value = co_await work();
    promise.setValue(value);
  };
  // CHECK: :[[@LINE+1]]:3: warning: the captures of the coroutine lambda in 'run' die with it, before the coroutine has ended [coro-lambda-capture]
  run().directlyStart([](auto &&) {}, &executor);
}

// A coroutine on a pool of threads may block.
Lazy<> good_part_of_the_pool() {
  std::this_thread::sleep_for(1s);
  co_return;
}
void good_on_the_pool(async_simple::executors::SimpleExecutor &pool) {
  auto nap = []() -> Lazy<> {
    std::this_thread::sleep_for(1s);
    co_await good_part_of_the_pool();
  };
  nap().via(&pool).start([](auto &&) {});
}
void bad_on_some_executor(async_simple::Executor &executor) {
  auto nap = []() -> Lazy<> {
    // CHECK: :[[@LINE+1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine lambda in 'bad_on_some_executor' [coro-blocking-call]
    std::this_thread::sleep_for(1s);
    co_await work();
  };
  nap().via(&executor).start([](auto &&) {});
}
