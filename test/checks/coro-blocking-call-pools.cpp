// coro-blocking-call-pools.cpp - coroutines that run on a pool of threads
//
// RUN: %findings %s %flags | %expect %s

#include <chrono>
#include <thread>

#include "asio_mock.h"

using namespace std::chrono_literals;
namespace asio = boost::asio;

void nap() { std::this_thread::sleep_for(10ms); }

asio::awaitable<void> bad_on_the_loop() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_on_the_loop': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
  co_return;
}

asio::awaitable<void> good_on_the_pool() {
  nap();
  co_return;
}

// What a coroutine on the pool awaits stays there.
asio::awaitable<int> good_part() {
  nap();
  co_return 1;
}
asio::awaitable<void> good_whole() {
  nap();
  co_await good_part();
}

// Recursion among coroutines of the pool
asio::awaitable<void> good_second(int count);
asio::awaitable<void> good_first(int count) {
  nap();
  if (count > 0)
    co_await good_second(count - 1);
}
asio::awaitable<void> good_second(int count) {
  nap();
  co_await good_first(count);
}

// What others await too may run on the loop.
asio::awaitable<void> bad_shared_part() {
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_shared_part': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
  co_return;
}
asio::awaitable<void> good_user_on_the_pool() { co_await bad_shared_part(); }
asio::awaitable<void> good_user_on_the_loop() { co_await bad_shared_part(); }

void bad_start(asio::io_context &context, asio::thread_pool &pool) {
  asio::co_spawn(context, bad_on_the_loop(), asio::detached);
  asio::co_spawn(pool, good_on_the_pool(), asio::detached);
  asio::co_spawn(pool.get_executor(), good_whole(), asio::detached);
  asio::co_spawn(pool, good_first(3), asio::detached);
  asio::co_spawn(pool, good_user_on_the_pool(), asio::detached);
  asio::co_spawn(context, good_user_on_the_loop(), asio::detached);
  asio::co_spawn(
      context,
      []() -> asio::awaitable<void> {
        // CHECK: :[[@LINE+1]]:9: warning: call of 'nap' blocks the event loop in coroutine lambda in 'bad_start': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
        nap();
        co_return;
      },
      asio::detached);
}

void good_start(asio::thread_pool &pool) {
  asio::co_spawn(
      pool,
      []() -> asio::awaitable<void> {
        nap();
        co_return;
      },
      asio::detached);
  asio::co_spawn(pool, [] { return good_part(); }, asio::detached);
  asio::post(pool, [] { nap(); });
}

// Made in a coroutine of the loop, but run on the pool
asio::awaitable<void> good_work() {
  nap();
  co_return;
}
asio::awaitable<void> good_offload(asio::thread_pool &pool) {
  co_await asio::co_spawn(pool, good_work(), asio::use_awaitable);
}

// A switch to the pool, and back

asio::awaitable<void> good_switch(asio::thread_pool &pool) {
  co_await asio::post(asio::bind_executor(pool, asio::use_awaitable));
  nap();
}

asio::awaitable<void> bad_switch_back(asio::thread_pool &pool, asio::steady_timer &timer) {
  co_await asio::post(asio::bind_executor(pool, asio::use_awaitable));
  nap();
  co_await timer.async_wait(asio::use_awaitable);
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_switch_back': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
}

asio::awaitable<void> bad_switch_on_one_path(asio::thread_pool &pool, bool busy) {
  if (busy)
    co_await asio::post(asio::bind_executor(pool, asio::use_awaitable));
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_switch_on_one_path': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
}

// The pool runs the empty operation, but the coroutine goes on where it was.
asio::awaitable<void> bad_no_switch(asio::thread_pool &pool) {
  co_await asio::post(pool, asio::use_awaitable);
  // CHECK: :[[@LINE+1]]:3: warning: call of 'nap' blocks the event loop in coroutine 'bad_no_switch': it reaches 'std::this_thread::sleep_for' [coro-blocking-call]
  nap();
}

// Without an executor the system's threads run it.
void good_post_without_executor(asio::any_io_executor executor) {
  asio::post([] { std::this_thread::sleep_for(10ms); });
  (void)executor;
}
