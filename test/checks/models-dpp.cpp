// models-dpp.cpp - what corolint knows of D++
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "dpp_mock.h"

using namespace std::chrono_literals;

dpp::task<int> work();
dpp::coroutine<int> lazy_work();

dpp::task<> bad_sleep() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

dpp::job bad_sleep_in_job() {
  // CHECK: :[[@LINE+1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine 'bad_sleep_in_job' [coro-blocking-call]
  std::this_thread::sleep_for(1s);
  co_return;
}

void bad_sleep_in_handler(dpp::cluster &bot) {
  bot.on_slashcommand([](const dpp::slashcommand_t &event) -> dpp::task<> {
    // CHECK: :[[@LINE+1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop in coroutine lambda in 'bad_sleep_in_handler' [coro-blocking-call]
    std::this_thread::sleep_for(1s);
    co_await event.co_reply("late");
  });
}

dpp::task<int> bad_sync_wait(dpp::cluster &bot) {
  // CHECK: :[[@LINE+1]]:19: warning: 'dpp::basic_awaitable::sync_wait' stops the event loop in coroutine 'bad_sync_wait' until asynchronous work is done [coro-sync-wait]
  bot.co_sleep(1).sync_wait();
  // CHECK: :[[@LINE+1]]:20: warning: 'dpp::basic_awaitable::sync_wait' stops the event loop in coroutine 'bad_sync_wait' until asynchronous work is done [coro-sync-wait]
  co_return work().sync_wait();
}

dpp::task<int> bad_sync_wait_for_a_promise(dpp::promise<int> &other) {
  dpp::promise<int> promise;
  // CHECK: :[[@LINE+1]]:27: warning: 'dpp::basic_awaitable::sync_wait' stops the event loop in coroutine 'bad_sync_wait_for_a_promise' until asynchronous work is done [coro-sync-wait]
  promise.get_awaitable().sync_wait();
  promise.set_value(1);
  // CHECK: :[[@LINE+1]]:35: warning: 'dpp::basic_awaitable::sync_wait' stops the event loop in coroutine 'bad_sync_wait_for_a_promise' until asynchronous work is done [coro-sync-wait]
  co_return other.get_awaitable().sync_wait();
}

dpp::task<> bad_nested_run(dpp::cluster &bot) {
  // CHECK: :[[@LINE+1]]:7: warning: 'dpp::cluster::start' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  bot.start();
  // CHECK: :[[@LINE+1]]:7: warning: 'dpp::cluster::start' runs an event loop inside the running one, in coroutine 'bad_nested_run' [coro-nested-run]
  bot.start(dpp::st_wait);
  co_return;
}

dpp::task<> bad_dropped() {
  // CHECK: :[[@LINE+1]]:3: warning: what 'lazy_work' returns is never awaited, so its work never starts [coro-discarded-task]
  lazy_work();
  co_return;
}

dpp::task<> bad_lock(std::mutex &mutex) {
  // CHECK: :[[@LINE+1]]:19: warning: 'guard' stays locked while the coroutine is suspended; others wait for it meanwhile, and another thread may unlock it [coro-lock-across-suspend]
  std::lock_guard guard(mutex);
  co_await work();
}

dpp::task<> good_ways_to_await(dpp::cluster &bot) {
  co_await work();
  co_await lazy_work();
  auto task = work();
  co_await bot.co_sleep(1);
  co_await task;
  co_await dpp::when_any{work(), bot.co_sleep(5)};
  auto either = dpp::when_any{work(), bot.co_sleep(5)};
  co_await either;
}

dpp::job good_job(const dpp::slashcommand_t &) { co_await work(); }

// Dropping a task cancels what it stands for: the caller says what it wants.
dpp::task<> good_dropped() {
  (void)work();
  co_return;
}

dpp::task<> good_answers_and_jobs(const dpp::slashcommand_t &event) {
  event.co_reply("nobody waits for the answer");
  good_job(event);
  co_return;
}

dpp::task<int> good_promise_that_is_set() {
  dpp::promise<int> promise, second;
  promise.set_value(1);
  int sum = promise.get_awaitable().sync_wait();
  dpp::awaitable<int> answer;
  answer = second.get_awaitable();
  second.set_value(2);
  co_return sum + answer.sync_wait_for(1s);
}

int good_main(dpp::cluster &bot) {
  bot.start(dpp::st_return);
  return work().sync_wait();
}

dpp::task<> good_start(dpp::cluster &bot) {
  bot.start(dpp::st_return);
  co_return;
}
