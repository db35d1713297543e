// models-cobalt.cpp - what corolint knows of Boost.Cobalt
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "cobalt_mock.h"

using namespace std::chrono_literals;
namespace asio = boost::asio;
namespace cobalt = boost::cobalt;

cobalt::task<int> work();
cobalt::promise<int> started();
cobalt::generator<int> numbers() { co_yield 1; }

cobalt::promise<int> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return 1;
}

cobalt::generator<int> bad_sleep_in_generator() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep_in_generator' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_yield 1;
}

// CHECK: :[[@LINE+1]]:48: warning: 'boost::cobalt::run' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
cobalt::task<int> bad_nested_run() { co_return cobalt::run(work()); }

cobalt::task<> bad_join(cobalt::thread &thread) {
  // CHECK: :[[@LINE+1]]:10: warning: 'boost::cobalt::thread::join' stops the event loop in coroutine 'bad_join' until asynchronous work is done [coro-sync-wait]
  thread.join();
  co_return;
}

cobalt::task<> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  co_return;
}

cobalt::promise<void> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  co_return;
}

cobalt::promise<void> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

cobalt::task<> good_ways_to_await(asio::io_context &context) {
  co_await work();
  auto task = work();
  co_await task;
  co_await cobalt::gather(work(), started());
  auto first = work();
  co_await cobalt::race(std::move(first), started());
  auto spawned = work();
  cobalt::spawn(context, std::move(spawned), asio::detached);
}

// Dropping a promise cancels what it stands for; these say what they want.
cobalt::task<> good_promises(cobalt::wait_group &group) {
  +started();
  auto detached = started();
  detached.detach();
  auto kept = started();
  if (kept && !kept.ready())
    co_await kept;
  auto values = numbers();
  while (values)
    co_await values;
  co_await group.wait();
}

cobalt::promise<void> good_pool(asio::thread_pool &pool) {
  asio::post(pool, [] { std::this_thread::sleep_for(1s); });
  co_return;
}

int good_main() { return cobalt::run(work()); }

// A promise runs at once, to its first suspension; a task does not

void use(const std::string &text);
std::string name();
cobalt::task<> reads(const std::string &text) {
  co_await work();
  use(text);
}
cobalt::promise<void> starts(const std::string &text) {
  co_await work();
  use(text);
}
cobalt::promise<void> starts_and_copies(const std::string &text) {
  use(text);
  co_await work();
}

cobalt::task<> bad_temporaries() {
  // CHECK: :[[@LINE+1]]:21: warning: 'text' of 'reads' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  auto task = reads(name());
  co_await task;
  // CHECK: :[[@LINE+1]]:25: warning: 'text' of 'starts' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  auto promise = starts(name());
  co_await promise;
}
cobalt::task<> good_temporaries() {
  auto promise = starts_and_copies(name());
  co_await promise;
  co_await reads(name());
}
cobalt::task<> bad_captures(int number) {
  // CHECK: :[[@LINE+1]]:15: warning: the captures of this coroutine lambda die at the end of this expression, before the coroutine has ended [coro-lambda-capture]
  auto task = [number]() -> cobalt::task<> {
    co_await work();
    use(std::to_string(number));
  }();
  co_await task;
}

void bad_callbacks(asio::io_context &context) {
  // CHECK: :[[@LINE+1]]:33: warning: 'work' returns a task, which 'std::function' drops; its work never starts [coro-task-as-void-callback]
  std::function<void()> later = work;
  later();
  // CHECK: :[[@LINE+1]]:23: warning: this lambda returns a task, which 'boost::asio::post' drops; its work never starts [coro-task-as-void-callback]
  asio::post(context, []() -> cobalt::task<> { co_await work(); });
}

cobalt::task<> bad_gathered() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'boost::cobalt::gather' returns is never awaited, so its work never starts [coro-discarded-task]
  cobalt::gather(started(), started());
  co_return;
}

cobalt::task<> good_ready() {
  auto promise = started();
  if (promise.ready())
    use(std::to_string(promise.get()));
  else
    co_await promise;
}
