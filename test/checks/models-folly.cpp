// models-folly.cpp - what corolint knows of folly::coro
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "folly_mock.h"

using namespace std::chrono_literals;
using folly::coro::Task;

Task<int> work();
folly::SemiFuture<int> old_work();

Task<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

// CHECK: :[[@LINE+1]]:43: warning: 'folly::coro::blockingWait' stops the event loop in coroutine 'bad_blocking_wait' until asynchronous work is done [coro-sync-wait]
Task<int> bad_blocking_wait() { co_return folly::coro::blockingWait(work()); }

// CHECK: :[[@LINE+1]]:47: warning: 'folly::SemiFuture::get' stops the event loop in coroutine 'bad_future' until asynchronous work is done [coro-sync-wait]
Task<int> bad_future() { co_return old_work().get(); }

Task<> bad_nested_run(folly::EventBase &base) {
  // CHECK: :[[@LINE+1]]:8: warning: 'folly::EventBase::loopForever' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  base.loopForever();
  co_return;
}

// It has an executor, but nobody started it.
Task<> bad_not_started(folly::Executor *executor) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'folly::coro::co_withExecutor' returns is never awaited, so its work never starts [coro-discarded-task]
  folly::coro::co_withExecutor(executor, work());
  co_return;
}

Task<> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  co_return;
}

Task<> bad_never_awaited(folly::Executor *executor) {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  // CHECK: :[[@LINE+1]]:8: warning: 'placed' is never awaited, so its work never starts [coro-unawaited-task]
  auto placed = folly::coro::co_withExecutor(executor, work());
  co_return;
}

Task<> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

void bad_task_in_a_callback(folly::EventBase &base) {
  // CHECK: :[[@LINE+1]]:29: warning: this lambda returns a task, which 'folly::EventBase::runInEventBaseThread' drops
  base.runInEventBaseThread([]() -> Task<> { co_await work(); });
}

void bad_task_on_a_pool(folly::CPUThreadPoolExecutor &pool) {
  // CHECK: :[[@LINE+1]]:12: warning: this lambda returns a task, which 'folly::CPUThreadPoolExecutor::add' drops; its work never starts [coro-task-as-void-callback]
  pool.add([]() -> Task<> { co_await work(); });
}

void bad_callback(folly::EventBase &base) {
  // CHECK: :[[@LINE+1]]:34: warning: 'std::this_thread::sleep_for' blocks the event loop in callback lambda in 'bad_callback' [coro-blocking-call]
  base.runInEventBaseThread([] { std::this_thread::sleep_for(1s); });
}

Task<> good_ways_to_await(folly::Executor *executor, folly::coro::AsyncScope &scope) {
  co_await work();
  auto task = work();
  co_await std::move(task);
  auto first = work(), second = work();
  co_await folly::coro::collectAll(std::move(first), std::move(second));
  scope.add(folly::coro::co_withExecutor(executor, work()));
  folly::coro::co_withExecutor(executor, work()).start();
  co_await scope.joinAsync();
}

// The guard is of std, the mutex is one for coroutines.
Task<> good_async_lock(folly::coro::SharedMutexFair &mutex) {
  auto lock = co_await mutex.co_scoped_lock();
  co_await work();
}

Task<> good_pool(folly::CPUThreadPoolExecutor &pool) {
  pool.add([] { std::this_thread::sleep_for(1s); });
  co_return;
}

Task<int> good_ready(folly::SemiFuture<int> future) {
  if (future.isReady())
    co_return std::move(future).get();
  co_return 0;
}

// A coroutine on a pool of threads may block.
Task<int> good_nap() {
  std::this_thread::sleep_for(1s);
  co_return 1;
}
void good_tasks_on_a_pool(folly::CPUThreadPoolExecutor &pool) {
  folly::coro::co_withExecutor(&pool, good_nap()).start();
  auto task = folly::coro::co_withExecutor(&pool, folly::coro::co_invoke([]() -> Task<int> {
                                             std::this_thread::sleep_for(1s);
                                             co_return 1;
                                           }));
  std::move(task).start();
  std::vector<folly::coro::TaskWithExecutor<int>> tasks;
  tasks.push_back(folly::coro::co_withExecutor(folly::getKeepAliveToken(&pool),
                                               folly::coro::co_invoke([]() -> Task<int> {
                                                 std::this_thread::sleep_for(1s);
                                                 co_return 1;
                                               })));
  folly::coro::blockingWait(folly::coro::collectAllRange(std::move(tasks)));
}
// Where a task runs that is given to a pool with others
Task<int> good_nap_in_a_group() {
  std::this_thread::sleep_for(1s);
  co_return 1;
}
Task<int> good_nap_in_a_vector() {
  std::this_thread::sleep_for(1s);
  co_return 1;
}
Task<int> bad_nap_on_both() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_nap_on_both' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return 1;
}
void good_groups_on_a_pool(folly::CPUThreadPoolExecutor &pool, folly::EventBase &base) {
  auto both = folly::coro::collectAll(good_nap_in_a_group(), bad_nap_on_both());
  folly::coro::co_withExecutor(&pool, std::move(both)).start();
  std::vector<Task<int>> tasks;
  tasks.push_back(good_nap_in_a_vector());
  tasks.push_back(good_nap_in_a_vector());
  folly::coro::co_withExecutor(&pool, folly::coro::collectAllRange(std::move(tasks))).start();
  folly::coro::co_withExecutor(&base, bad_nap_on_both()).start();
}
void bad_task_on_a_loop(folly::EventBase &base) {
  folly::coro::co_withExecutor(&base, folly::coro::co_invoke([]() -> Task<int> {
                                 // CHECK: :[[@LINE+1]]:34: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine lambda in 'bad_task_on_a_loop' [coro-blocking-call]
                                 std::this_thread::sleep_for(1s);
                                 co_return 1;
                               }))
      .start();
}

int good_main() { return folly::coro::blockingWait(work()); }

// What a task refers to when it runs

void use(const std::string &text);
std::string name();
Task<> reads(const std::string &text) {
  co_await work();
  use(text);
}

Task<> bad_temporary() {
  // CHECK: :[[@LINE+1]]:21: warning: 'text' of 'reads' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  auto task = reads(name());
  co_await std::move(task);
}
Task<> bad_returned() {
  std::string text = name();
  // CHECK: :[[@LINE+1]]:10: warning: 'text' of 'reads' refers to 'text', which dies when its scope ends; the task may run after that [coro-dangling-argument]
  return reads(text);
}
Task<> bad_captured(int number) {
  // CHECK: :[[@LINE+1]]:10: warning: the captures of this coroutine lambda die at the end of this expression, before the coroutine has ended [coro-lambda-capture]
  return [number]() -> Task<> {
    co_await work();
    use(std::to_string(number));
  }();
}
Task<> good_invoked(int number) {
  return folly::coro::co_invoke([number]() -> Task<> {
    co_await work();
    use(std::to_string(number));
  });
}
Task<> good_references() {
  int count = 0;
  auto again = [&]() -> Task<> {
    co_await work();
    ++count;
  };
  co_await again();
  co_await folly::coro::collectAll(again(), again(), reads(name()));
}

struct Service {
  std::string own;
  Task<> run() {
    co_await work();
    use(own);
  }
  Task<> good_members() {
    co_await run();
    co_await folly::coro::collectAll(run(), run());
  }
};

// Old futures and new tasks

Task<int> bad_semi_future() {
  // CHECK: :[[@LINE+1]]:27: warning: 'folly::SemiFuture::get' stops the event loop in coroutine 'bad_semi_future' until asynchronous work is done [coro-sync-wait]
  co_return work().semi().get();
}
Task<> good_semi_future(folly::Executor *executor) {
  auto future = work().semi();
  co_await std::move(future);
  auto started = folly::coro::co_withExecutor(executor, work()).start();
  co_await std::move(started);
}

Task<> good_retries() {
  for (int tries = 0; tries < 3; ++tries) {
    bool failed = false;
    try {
      co_await work();
    } catch (const std::exception &) {
      failed = true;
    }
    if (!failed)
      co_return;
    co_await folly::coro::sleep(1s);
  }
}

// A value that may be missing is no task, though co_await takes it out.

folly::Optional<int> good_optional() {
  std::this_thread::sleep_for(1s);
  return {};
}
