// models-cppcoro.cpp - what corolint knows of cppcoro
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

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

// Nothing of it ran when it is dropped

cppcoro::task<> bad_parts(cppcoro::io_service &service) {
  // CHECK: :[[@LINE+1]]:3: warning: what 'cppcoro::io_service::schedule' returns is never awaited, so its work never starts [coro-discarded-task]
  service.schedule();
  // CHECK: :[[@LINE+1]]:3: warning: what 'cppcoro::when_all' returns is never awaited, so its work never starts [coro-discarded-task]
  cppcoro::when_all(work(), work());
  // CHECK: :[[@LINE+1]]:32: warning: the tasks in 'all' are never awaited, so their work is lost [coro-unawaited-task]
  std::vector<cppcoro::task<>> all;
  all.push_back(work());
  co_return;
}

// What a task refers to when it runs

void use(std::string_view text);
std::string name();
cppcoro::task<> reads(std::string_view text) {
  co_await work();
  use(text);
}

cppcoro::task<> bad_view() {
  // CHECK: :[[@LINE+1]]:21: warning: 'text' of 'reads' refers to a temporary that dies at the end of this expression; the task may run after that [coro-dangling-argument]
  auto task = reads(name() + "x");
  co_await task;
}
cppcoro::task<> bad_returned() {
  std::string text = name();
  // CHECK: :[[@LINE+1]]:10: warning: 'text' of 'reads' refers to 'text', which dies when its scope ends; the task may run after that [coro-dangling-argument]
  return reads(text);
}
cppcoro::task<> good_view(bool first) {
  std::string text = name();
  auto task = first ? reads(text) : reads("literal");
  co_await task;
  co_await reads(name());
}
cppcoro::task<> good_captures() {
  int count = 0;
  auto again = [&]() -> cppcoro::task<> {
    ++count;
    co_await work();
  };
  co_await again();
  co_await again();
  co_await [](std::string text) -> cppcoro::task<> {
    co_await work();
    use(text);
  }(name());
}

// Another thread runs the loop.
void good_worker(cppcoro::io_service &service) {
  std::thread worker([&] { service.process_events(); });
  worker.join();
}
