// models-seastar.cpp - what corolint knows of Seastar
//
// RUN: %findings %s %flags | %expect %s
// RUN: %findings --strict --check=coro-detached-unobserved %s %flags | FileCheck %s --check-prefix=DETACHED --allow-empty

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "seastar_mock.h"

using namespace std::chrono_literals;
namespace ss = seastar;

ss::future<int> work();

ss::future<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

ss::future<> bad_continuation() {
  // CHECK: :[[@LINE+1]]:32: warning: 'std::this_thread::sleep_for' blocks the event loop in callback lambda in 'bad_continuation' [coro-blocking-call]
  return work().then([](int) { std::this_thread::sleep_for(1s); });
}

ss::future<> bad_other_core() {
  // CHECK: :[[@LINE+1]]:37: warning: 'std::this_thread::sleep_for' blocks the event loop in callback lambda in 'bad_other_core' [coro-blocking-call]
  return ss::smp::submit_to(1, [] { std::this_thread::sleep_for(1s); });
}

// The future is kept under the name of a lock, and nothing is locked.
ss::future<> bad_units(ss::semaphore &limit) {
  // CHECK: :[[@LINE+1]]:8: warning: 'units' is never awaited, so its result and its errors are lost [coro-unawaited-task]
  auto units = ss::get_units(limit, 1);
  co_await ss::sleep(1s);
}

ss::future<> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is dropped, so its result and its errors are lost [coro-discarded-task]
  work();
  // CHECK: :[[@LINE+1]]:3: warning: what 'seastar::future::discard_result' returns is dropped, so its result and its errors are lost [coro-discarded-task]
  work().discard_result();
  co_return;
}

ss::future<> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

ss::future<> good_ways_to_await(ss::semaphore &limit) {
  auto units = co_await ss::get_units(limit, 1);
  auto future = work();
  auto other = work();
  co_await ss::when_all_succeed(std::move(future), std::move(other));
  (void)work();
  ss::make_ready_future();
}

// Done already, so that nothing waits.
ss::future<int> good_done() {
  auto future = co_await ss::coroutine::as_future<int>(work());
  if (future.failed())
    co_return 0;
  co_return future.get();
}

// Done and looked at: nothing is lost by the next one.
ss::future<> good_done_again() {
  auto future = co_await ss::coroutine::as_future<int>(work());
  future = co_await ss::coroutine::as_future<int>(work());
}

ss::future<> bad_assigned_again() {
  // CHECK: :[[@LINE+1]]:8: warning: 'future' is assigned again before it is awaited; the first task is lost [coro-unawaited-task]
  auto future = work();
  future = work();
  co_await std::move(future);
}

// A seastar::thread may wait.
ss::future<> good_thread() {
  return ss::async([] { work().get(); });
}

ss::future<> good_loop(int &count) {
  return ss::repeat([&count] { return ++count; });
}

// A future runs at once, to its first suspension

void use(const std::string &text);
std::string name();
ss::future<> reads(const std::string &text) {
  co_await work();
  use(text);
}
ss::future<> copies(const std::string &text) {
  use(text);
  co_await work();
}

ss::future<> bad_temporary() {
  // CHECK: :[[@LINE+1]]:16: warning: 'text' of 'reads' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  return reads(name());
}
ss::future<> bad_local() {
  std::string text = name();
  // CHECK: :[[@LINE+1]]:10: warning: 'text' of 'reads' refers to 'text', which dies when its scope ends; the task may run after that [coro-dangling-argument]
  return reads(text);
}
ss::future<> bad_local_of_a_continuation() {
  return ss::sleep(1s).then([] {
    std::string text = name();
    // CHECK: :[[@LINE+1]]:12: warning: 'text' of 'reads' refers to 'text', which dies when its scope ends; the task may run after that [coro-dangling-argument]
    return reads(text);
  });
}
ss::future<> good_references() {
  co_await reads(name());
  (void)copies(name());
}
ss::future<> good_kept_by_the_continuation(std::string text) {
  return work().then([text = std::move(text)](int) { use(text); });
}
ss::future<> good_chain() {
  return work().then([](int) { return work(); }).handle_exception([](auto) {});
}

ss::future<> bad_chain_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'seastar::future::then' returns is dropped, so its result and its errors are lost [coro-discarded-task]
  work().then([](int) {});
  co_return;
}
ss::future<> bad_callback() {
  // CHECK: :[[@LINE+1]]:33: warning: this lambda returns a task, which 'std::function' drops; its result and its errors are lost [coro-task-as-void-callback]
  std::function<void()> later = []() -> ss::future<> { co_await work(); };
  later();
  co_return;
}

// The promise hands on what becomes of the task.
// DETACHED-NOT: forward_to
ss::future<> chores();
void good_forwarded(ss::promise<> &&other) { chores().forward_to(std::move(other)); }
