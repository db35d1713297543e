// models-concurrencpp.cpp - what corolint knows of concurrencpp
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "concurrencpp_mock.h"

using namespace std::chrono_literals;
using concurrencpp::lazy_result;
using concurrencpp::result;

result<int> work();
lazy_result<int> later();

// CHECK: :[[@LINE+1]]:42: warning: 'concurrencpp::result::get' stops the event loop in coroutine 'bad_get' until asynchronous work is done [coro-sync-wait]
result<int> bad_get() { co_return work().get(); }

lazy_result<int> bad_wait(result<int> &other) {
  // CHECK: :[[@LINE+1]]:9: warning: 'concurrencpp::result::wait' stops the event loop in coroutine 'bad_wait' until asynchronous work is done [coro-sync-wait]
  other.wait();
  other.wait_for(1s);
  co_return co_await other;
}

lazy_result<void> bad_manual_loop(concurrencpp::manual_executor &executor) {
  co_await later();
  // CHECK: :[[@LINE+1]]:12: warning: 'concurrencpp::manual_executor::loop_once_for' runs an event loop inside the running one, in coroutine 'bad_manual_loop' [coro-nested-run]
  executor.loop_once_for(1s);
  // CHECK: :[[@LINE+1]]:12: warning: 'concurrencpp::manual_executor::wait_for_task' blocks the event loop in coroutine 'bad_manual_loop' [coro-blocking-call]
  executor.wait_for_task();
}

result<void> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'later' returns is never awaited, so its work never starts [coro-discarded-task]
  later();
  co_return;
}

result<void> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = later();
  co_return;
}

result<void> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:20: warning: 'lock' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::unique_lock lock(mutex);
  co_await work();
}

// It has begun and goes on; that is how work is left alone.
result<void> good_left_alone() {
  work();
  auto kept = work();
  co_return;
}

result<int> good_ways_to_await(concurrencpp::executor &executor) {
  co_await work();
  auto lazy = later();
  co_await lazy;
  auto other = later();
  auto running = other.run();
  co_await concurrencpp::when_all(executor, work(), later());
  co_return co_await running;
}

result<int> good_resolved() {
  auto lazy = later();
  const auto done = co_await lazy.resolve();
  co_return done.status();
}

result<int> good_poll(result<int> &other) {
  other.wait_for(0s);
  co_return co_await other;
}

// What a co_await gave was waited for.
template <class Result> int look_at(Result done) { return done.get(); }
std::vector<result<int>> fill();
lazy_result<std::vector<result<int>>> all_of(std::vector<result<int>> results);
lazy_result<result<int>> resolve(result<int> other);

result<int> good_awaited_together() {
  auto all = co_await all_of(fill());
  for (auto &one : all)
    one.get();
  look_at(std::move(all[0]));
  all.at(1).get();
  auto resolved = co_await resolve(work());
  co_return look_at(std::move(resolved)) + all.front().get();
}

// CHECK: :[[@LINE+1]]:38: warning: call of 'look_at<concurrencpp::result<int>>' stops the event loop in coroutine 'bad_helper' until asynchronous work is done: it reaches 'concurrencpp::result::get' [coro-sync-wait]
result<int> bad_helper() { co_return look_at(work()); }

result<int> bad_not_awaited() {
  auto all = fill();
  // CHECK: :[[@LINE+1]]:20: warning: 'concurrencpp::result::get' stops the event loop in coroutine 'bad_not_awaited' until asynchronous work is done [coro-sync-wait]
  co_return all[0].get();
}

// What the library does inside is known by its model: this one runs on the executor.
result<int> concurrencpp::executor::submit_bridge(executor &on) {
  co_await mock::awaiter<void>();
  std::this_thread::sleep_for(1s);
  co_return 1;
}

result<void> good_pool(std::shared_ptr<concurrencpp::thread_pool_executor> pool) {
  co_await pool->submit([] { std::this_thread::sleep_for(1s); });
  co_await concurrencpp::resume_on(pool);
  std::this_thread::sleep_for(1s);
}

using concurrencpp::executor_tag;

result<int> good_on_threads(executor_tag, std::shared_ptr<concurrencpp::thread_executor> executor,
                            int depth) {
  if (depth > 0)
    co_return co_await good_on_threads({}, executor, depth - 1);
  std::this_thread::sleep_for(1s);
  co_return depth;
}

result<void> bad_on_a_loop(executor_tag, std::shared_ptr<concurrencpp::manual_executor> executor) {
  co_await work();
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_on_a_loop' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
}

int good_main() { return work().get(); }
