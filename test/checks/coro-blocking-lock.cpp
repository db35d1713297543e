// coro-blocking-lock.cpp - locks that others hold for long, taken on the loop
// RUN: %findings --strict --check=coro-blocking-lock %s %flags | %expect %s

#include <atomic>
#include <condition_variable>
#include <iostream>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

#include <pthread.h>
#include <unistd.h>

#include <aio/aio.h>

#include "task_mock.h"

using namespace std::chrono_literals;

// Held by a thread during a blocking call

std::mutex disk_mutex;
int pending;

void write_out() {
  std::lock_guard guard(disk_mutex);
  fsync(1);
}

aio::Coro<> bad_lock_guard() {
  // CHECK: :[[@LINE+3]]:19: warning: locking 'disk_mutex' blocks the event loop in coroutine 'bad_lock_guard' while 'write_out' holds it during 'fsync' [coro-blocking-lock]
  // CHECK-NEXT: note: 'write_out' takes the lock here
  // CHECK-NEXT: note: it waits for 'fsync' here
  std::lock_guard guard(disk_mutex);
  ++pending;
  co_return;
}

mini::task<> bad_task_that_no_model_knows() {
  // CHECK: :[[@LINE+1]]:20: warning: locking 'disk_mutex' blocks the event loop in coroutine 'bad_task_that_no_model_knows' while 'write_out' holds it during 'fsync' [coro-blocking-lock]
  std::unique_lock guard(disk_mutex);
  co_return;
}

aio::Coro<> bad_by_hand() {
  // CHECK: :[[@LINE+1]]:14: warning: locking 'disk_mutex' blocks the event loop in coroutine 'bad_by_hand' while 'write_out' holds it during 'fsync' [coro-blocking-lock]
  disk_mutex.lock();
  ++pending;
  disk_mutex.unlock();
  co_return;
}

auto bad_lambda = []() -> aio::Coro<> {
  // CHECK: :[[@LINE+1]]:20: warning: locking 'disk_mutex' blocks the event loop in coroutine lambda {{.*}}while 'write_out' holds it during 'fsync' [coro-blocking-lock]
  std::scoped_lock guard(disk_mutex);
  co_return;
};

void bad_callback(aio::Loop &loop) {
  loop.call_soon([] {
    // CHECK: :[[@LINE+1]]:21: warning: locking 'disk_mutex' blocks the event loop in callback lambda in 'bad_callback' while 'write_out' holds it during 'fsync' [coro-blocking-lock]
    std::lock_guard guard(disk_mutex);
    ++pending;
  });
}

aio::Coro<> good_try() {
  std::unique_lock guard(disk_mutex, std::try_to_lock);
  if (guard)
    ++pending;
  co_return;
}

aio::Coro<> good_deferred() {
  std::unique_lock guard(disk_mutex, std::defer_lock);
  co_return;
}

void good_plain_function() {
  std::lock_guard guard(disk_mutex);
  ++pending;
}

aio::Coro<> good_on_a_thread() {
  co_await aio::to_thread([] {
    std::lock_guard guard(disk_mutex);
    ++pending;
  });
}

// Members, and locks that are taken in a function

class Store {
public:
  void flush() {
    std::unique_lock lock(mutex_);
    save();
  }
  int size() const {
    std::shared_lock lock(sizes_);
    return size_;
  }
  int take() {
    std::lock_guard lock(mutex_);
    return --size_;
  }
  aio::Coro<> bad_member() {
    // CHECK: :[[@LINE+1]]:21: warning: locking 'mutex_' blocks the event loop in coroutine 'Store::bad_member' while 'Store::flush' holds it during 'fsync' [coro-blocking-lock]
    std::lock_guard lock(mutex_);
    ++size_;
    co_return;
  }
  aio::Coro<> good_other_mutex() {
    std::lock_guard lock(sizes_);
    ++size_;
    co_return;
  }

private:
  void save() { fsync(1); }
  mutable std::mutex mutex_;
  mutable std::shared_mutex sizes_;
  int size_ = 0;
};

aio::Coro<int> bad_through_a_call(Store &store) {
  // CHECK: :[[@LINE+1]]:19: warning: call of 'Store::take' locks 'mutex_', which blocks the event loop in coroutine 'bad_through_a_call' while 'Store::flush' holds it during 'fsync' [coro-blocking-lock]
  co_return store.take();
}

aio::Coro<int> good_through_a_call(Store &store) { co_return store.size(); }

// Held by a thread of the function, which is a lambda

aio::Coro<> bad_lambda_of_a_thread() {
  static std::mutex mutex;
  std::thread worker([&] {
    std::lock_guard guard(mutex);
    std::this_thread::sleep_for(1s);
  });
  worker.detach();
  // CHECK: :[[@LINE+1]]:19: warning: locking 'mutex' blocks the event loop in coroutine 'bad_lambda_of_a_thread' while lambda in 'bad_lambda_of_a_thread' holds it during 'std::this_thread::sleep_for' [coro-blocking-lock]
  std::lock_guard guard(mutex);
  co_return;
}

// Held by a coroutine that is suspended: coro-lock-across-suspend says so there

std::mutex held_mutex;

aio::Coro<> known_by_lock_across_suspend() {
  std::lock_guard guard(held_mutex);
  co_await aio::sleep(1s);
}

aio::Coro<> good_one_report() {
  std::lock_guard guard(held_mutex);
  co_return;
}

// C

pthread_mutex_t c_mutex = PTHREAD_MUTEX_INITIALIZER;

void *c_worker(void *) {
  pthread_mutex_lock(&c_mutex);
  usleep(1000);
  pthread_mutex_unlock(&c_mutex);
  return nullptr;
}

aio::Coro<> bad_pthread() {
  // CHECK: :[[@LINE+1]]:3: warning: locking 'c_mutex' blocks the event loop in coroutine 'bad_pthread' while 'c_worker' holds it during 'usleep' [coro-blocking-lock]
  pthread_mutex_lock(&c_mutex);
  pthread_mutex_unlock(&c_mutex);
  co_return;
}

// Short sections only

std::mutex counter_mutex;
int counter;

void good_short_section() {
  std::lock_guard guard(counter_mutex);
  ++counter;
}

aio::Coro<> good_short() {
  std::lock_guard guard(counter_mutex);
  ++counter;
  co_return;
}

// Released before the slow part

std::mutex early_mutex;

void good_released_before() {
  {
    std::lock_guard guard(early_mutex);
    ++counter;
  }
  fsync(1);
}

aio::Coro<> good_early() {
  std::lock_guard guard(early_mutex);
  co_return;
}

// A condition variable releases the lock while it waits

std::mutex queue_mutex;
std::condition_variable filled;
std::vector<int> queue;

int pop() {
  std::unique_lock lock(queue_mutex);
  filled.wait(lock, [] { return !queue.empty(); });
  int out = queue.back();
  queue.pop_back();
  return out;
}

aio::Coro<> good_push(int value) {
  std::lock_guard lock(queue_mutex);
  queue.push_back(value);
  filled.notify_one();
  co_return;
}

// A lock of the coroutine library

aio::Lock turn;

aio::Coro<> good_asynchronous() {
  auto guard = co_await turn.scoped();
  co_await aio::sleep(1s);
}

// What the holder does itself is another finding

std::mutex own_mutex;

aio::Coro<> good_alone() {
  std::lock_guard guard(own_mutex);
  fsync(1);
  co_return;
}

void known_miss_parameter(std::mutex &any) {
  std::lock_guard guard(any); // which mutex it is depends on the caller
  fsync(1);
}

// A guard that is made without a lock takes it later

std::mutex late_mutex, other_mutex;

void known_holder() {
  std::lock_guard guard(late_mutex);
  fsync(1);
}

aio::Coro<> bad_locked_later() {
  std::unique_lock guard(late_mutex, std::defer_lock);
  // CHECK: :[[@LINE+1]]:9: warning: locking 'late_mutex' blocks the event loop in coroutine 'bad_locked_later' while 'known_holder' holds it during 'fsync'
  guard.lock();
  co_return;
}

aio::Coro<> bad_locked_together() {
  std::unique_lock first(late_mutex, std::defer_lock), second(other_mutex, std::defer_lock);
  // CHECK: :[[@LINE+1]]:3: warning: locking 'late_mutex' blocks
  std::lock(first, second);
  co_return;
}

aio::Coro<> good_tried_later() {
  std::unique_lock guard(late_mutex, std::defer_lock);
  if (guard.try_lock())
    ++counter;
  co_return;
}

// Readers wait for a writer

std::shared_mutex table_mutex;

void rewrites_table() {
  std::unique_lock lock(table_mutex);
  fsync(1);
}

aio::Coro<> bad_reader() {
  // CHECK: :[[@LINE+1]]:20: warning: locking 'table_mutex' blocks the event loop in coroutine 'bad_reader' while 'rewrites_table' holds it during 'fsync' [coro-blocking-lock]
  std::shared_lock lock(table_mutex);
  co_return;
}

// Taken only when it is free

aio::Coro<> good_tried_by_hand() {
  if (disk_mutex.try_lock()) {
    ++pending;
    disk_mutex.unlock();
  }
  if (!disk_mutex.try_lock())
    co_return;
  std::lock_guard guard(disk_mutex, std::adopt_lock);
  ++pending;
}

// Locks inside of the library are short, and not looked for.
aio::Coro<> known_miss_hidden(std::atomic<std::shared_ptr<int>> &shared) {
  auto number = shared.load();
  static std::vector<int> initialized_once(*number);
  std::cout << initialized_once.size();
  co_return;
}
