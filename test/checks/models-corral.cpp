// models-corral.cpp - what corolint knows of corral
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "asio_mock.h"
#include "corral_mock.h"

using namespace std::chrono_literals;
namespace asio = boost::asio;

corral::Task<int> work();

corral::Task<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

corral::Task<> bad_nested_run(asio::io_context &context) {
  // CHECK: :[[@LINE+1]]:3: warning: 'corral::run' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  corral::run(context, work());
  co_return;
}

corral::Task<> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'work' returns is never awaited, so its work never starts [coro-discarded-task]
  work();
  // CHECK: :[[@LINE+1]]:3: warning: what 'corral::anyOf' returns is never awaited, so its work never starts [coro-discarded-task]
  corral::anyOf(work(), work());
  co_return;
}

corral::Task<> bad_never_awaited() {
  // CHECK: :[[@LINE+1]]:8: warning: 'task' is never awaited, so its work never starts [coro-unawaited-task]
  auto task = work();
  // CHECK: :[[@LINE+1]]:8: warning: 'both' is never awaited, so its work never starts [coro-unawaited-task]
  auto both = corral::allOf(work(), work());
  co_return;
}

corral::Task<> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

corral::Task<> bad_started(corral::Nursery &nursery) {
  nursery.start([]() -> corral::Task<> {
    // CHECK: :[[@LINE+1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine lambda in 'bad_started' [coro-blocking-call]
    std::this_thread::sleep_for(1s);
    co_return;
  });
  co_return;
}

corral::Task<> good_ways_to_await(corral::Nursery &nursery) {
  co_await work();
  auto task = work();
  co_await corral::anyOf(std::move(task), work());
  auto cleanup = work();
  co_await corral::noncancellable(std::move(cleanup));
  nursery.start(work);
}

// It is started either way; who awaits this, waits until it has begun.
corral::Task<> good_start_that_tells(corral::Nursery &nursery) {
  auto serve = [](corral::TaskStarted started) -> corral::Task<> {
    started();
    co_return;
  };
  nursery.start(serve);
  co_await nursery.start(serve);
}

corral::Task<int> good_pool(corral::ThreadPool &pool) {
  co_return co_await pool.run([] { std::this_thread::sleep_for(1s); });
}

void good_main(asio::io_context &context) { corral::run(context, work()); }
