// coro-lock-across-suspend-guards.cpp - guards that are moved, deferred or tried
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

// Moved

void take(std::unique_lock<std::mutex> lock);
aio::Coro<> work_under(std::unique_lock<std::mutex> lock);
void release(std::unique_lock<std::mutex> &lock);
std::unique_lock<std::mutex> locked();

aio::Coro<> good_moved_out() {
  std::unique_lock lock(m);
  take(std::move(lock));
  co_await flush();
}

aio::Coro<> good_moved_into_await() {
  std::unique_lock lock(m);
  co_await work_under(std::move(lock));
}

aio::Coro<> good_released_by_a_callee() {
  std::unique_lock lock(m);
  release(lock);
  co_await flush();
}

aio::Coro<> bad_moved_to_another_guard() {
  std::unique_lock lock(m);
  // CHECK: :[[@LINE+1]]:8: warning: 'kept' stays locked
  auto kept = std::move(lock);
  co_await flush();
}

aio::Coro<> good_swapped_out() {
  std::unique_lock lock(m);
  {
    std::unique_lock<std::mutex> inner;
    inner.swap(lock);
  }
  co_await flush();
}

aio::Coro<> good_assigned_over() {
  std::unique_lock lock(m);
  lock = {};
  co_await flush();
}

aio::Coro<> bad_guard_from_a_helper() {
  // CHECK: :[[@LINE+1]]:8: warning: 'lock' stays locked
  auto lock = locked();
  co_await flush();
}

aio::Coro<> good_released() {
  std::unique_lock lock(m);
  std::mutex *raw = lock.release();
  raw->unlock();
  co_await flush();
}

// Not locked when made

aio::Coro<> good_deferred() {
  std::unique_lock lock(m, std::defer_lock);
  co_await flush();
  std::unique_lock<std::mutex> empty;
  co_await flush();
}

aio::Coro<> bad_deferred_then_locked() {
  std::unique_lock first(m, std::defer_lock), second(other, std::defer_lock);
  // CHECK: :[[@LINE+1]]:3: warning: 'first' stays locked
  first.lock();
  co_await flush();
}

aio::Coro<> bad_std_lock() {
  std::unique_lock first(m, std::defer_lock), second(other, std::defer_lock);
  // CHECK: :[[@LINE+2]]:3: warning: 'first' stays locked
  // CHECK: :[[@LINE+1]]:3: warning: 'second' stays locked
  std::lock(first, second);
  co_await flush();
}

aio::Coro<> good_tried() {
  std::unique_lock lock(m, std::try_to_lock);
  if (!lock) {
    co_await flush();
    co_return;
  }
  log("locked");
}

aio::Coro<> bad_tried() {
  // CHECK: :[[@LINE+1]]:20: warning: 'lock' stays locked
  std::unique_lock lock(m, std::try_to_lock);
  if (lock.owns_lock())
    co_await flush();
}

aio::Coro<> bad_tried_and_more() {
  // CHECK: :[[@LINE+1]]:20: warning: 'first' stays locked
  std::unique_lock first(m, std::try_to_lock);
  if (first && enabled())
    co_await flush();
  // CHECK: :[[@LINE+1]]:20: warning: 'second' stays locked
  std::unique_lock second(other, std::try_to_lock);
  if (!second.owns_lock() || !enabled())
    co_return;
  co_await flush();
}

aio::Coro<> bad_try_lock() {
  std::unique_lock lock(m, std::defer_lock);
  // CHECK: :[[@LINE+1]]:7: warning: 'lock' stays locked
  if (lock.try_lock())
    co_await flush();
}

aio::Coro<> bad_retried() {
  std::unique_lock lock(m, std::defer_lock);
  // CHECK: :[[@LINE+1]]:11: warning: 'lock' stays locked
  while (!lock.try_lock())
    co_await flush();
  co_await flush();
}

aio::Coro<> good_retried() {
  std::unique_lock lock(m, std::defer_lock);
  while (!lock.try_lock())
    co_await flush();
  log("locked");
}

// Assigned, chosen, asked

aio::Coro<> bad_assigned() {
  std::unique_lock<std::mutex> lock;
  if (enabled())
    // CHECK: :[[@LINE+1]]:5: warning: 'lock' stays locked
    lock = std::unique_lock(m);
  co_await flush();
}

aio::Coro<> good_assigned_without_a_lock() {
  std::unique_lock<std::mutex> lock;
  lock = std::unique_lock(m, std::defer_lock);
  co_await flush();
}

aio::Coro<> bad_chosen(bool guarded) {
  // CHECK: :[[@LINE+1]]:32: warning: 'lock' stays locked
  std::unique_lock<std::mutex> lock =
      guarded ? std::unique_lock(m) : std::unique_lock<std::mutex>();
  co_await flush();
}

aio::Coro<> good_released_where_asked() {
  std::unique_lock lock(m);
  if (enabled())
    lock.unlock();
  if (lock.owns_lock())
    co_return;
  co_await flush();
}

// Loops and handlers

aio::Coro<> good_guard_of_a_range_for(std::vector<int> numbers) {
  int sum = 0;
  for (std::lock_guard guard(m); int number : numbers)
    sum += number;
  co_await fetch(sum);
}

aio::Coro<> bad_guard_of_a_range_for(std::vector<int> numbers) {
  // CHECK: :[[@LINE+1]]:24: warning: 'guard' stays locked
  for (std::lock_guard guard(m); int number : numbers)
    co_await fetch(number);
}

aio::Coro<> good_left_by_a_throw() {
  try {
    std::lock_guard guard(m);
    if (enabled())
      throw 1;
  } catch (int) {
  }
  co_await flush();
}

aio::Coro<> bad_guard_around_a_try() {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked
  std::lock_guard guard(m);
  try {
    log("may throw");
    co_return;
  } catch (...) {
  }
  co_await flush();
}

aio::Coro<> good_unlocked_before_a_try() {
  std::unique_lock lock(m);
  try {
    lock.unlock();
    co_await flush();
  } catch (...) {
  }
  co_await flush();
}
