// models-toomanycooks.cpp - what corolint knows of TooManyCooks
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "toomanycooks_mock.h"

using namespace std::chrono_literals;

tmc::task<int> work();
tmc::task<int> blocking_work() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'blocking_work' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return 1;
}

tmc::task<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

tmc::task<> bad_wait_for_posted() {
  // CHECK: :[[@LINE+1]]:51: warning: 'std::future::get' stops the event loop in coroutine 'bad_wait_for_posted' until asynchronous work is done [coro-sync-wait]
  tmc::post_waitable(tmc::cpu_executor(), work()).get();
  co_return;
}

// CHECK: :[[@LINE+1]]:46: warning: 'tmc::async_main' runs an event loop inside the running one, in coroutine 'bad_nested_main' [coro-nested-run]
tmc::task<int> bad_nested_main() { co_return tmc::async_main(work()); }

tmc::task<> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  // CHECK: :[[@LINE+1]]:3: warning: what 'tmc::spawn' returns is never awaited, so its work never starts [coro-discarded-task]
  tmc::spawn(work());
  // CHECK: :[[@LINE+1]]:3: warning: what 'tmc::yield' returns is never awaited, so its work never starts [coro-discarded-task]
  tmc::yield();
  co_return;
}

tmc::task<> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  // CHECK: :[[@LINE+1]]:8: warning: 'spawned' is never awaited, so its work never starts [coro-unawaited-task]
  auto spawned = tmc::spawn(work());
  co_return;
}

tmc::task<> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await tmc::yield();
}

tmc::task<> bad_back_on_the_loop() {
  co_await tmc::resume_on(tmc::cpu_executor());
  std::this_thread::sleep_for(1s);
  co_await tmc::resume_on(tmc::asio_executor());
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_back_on_the_loop' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
}

tmc::task<> good_ways_to_await() {
  co_await work();
  auto task = work();
  co_await std::move(task);
  tmc::spawn(work()).detach();
  auto forked = tmc::spawn(work()).fork();
  co_await std::move(forked);
  auto posted = work();
  tmc::post(tmc::cpu_executor(), std::move(posted));
  co_await tmc::yield();
}

// Leaving the braid before the coroutine ends is optional.
tmc::task<> good_braid(tmc::ex_braid &braid) {
  co_await tmc::enter(braid);
  co_await work();
}

tmc::task<> bad_braid_not_entered(tmc::ex_braid &braid) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'tmc::enter' returns is never awaited, so its work never starts [coro-discarded-task]
  tmc::enter(braid);
  co_return;
}

tmc::task<> good_pool() {
  tmc::post(tmc::cpu_executor(), [] { std::this_thread::sleep_for(1s); });
  co_return;
}

int good_main() {
  tmc::post_waitable(tmc::cpu_executor(), work()).get();
  return tmc::async_main(work());
}
