// coro-blocking-call-fix.cpp - a sleep becomes an awaitable sleep
//
// RUN: %findings --fixed %s %flags | FileCheck %s

#include <chrono>
#include <thread>

#include <unistd.h>

#include <aio/aio.h>

#include "asio_mock.h"

using namespace std::chrono_literals;

#define PAUSE() std::this_thread::sleep_for(10ms)

// CHECK-LABEL: aio::Coro<> bad_sleeps(int seconds) {
aio::Coro<> bad_sleeps(int seconds) {
  // CHECK: {{^}}  co_await aio::sleep(10ms);
  std::this_thread::sleep_for(10ms);
  // CHECK: {{^}}  co_await aio::sleep(std::chrono::seconds(seconds + 1));
  sleep(seconds + 1);
  // CHECK: {{^}}  co_await aio::sleep(std::chrono::microseconds(20));
  usleep(20);
  // CHECK: {{^}}    co_await aio::sleep(2 * 10ms);
  if (seconds > 1)
    std::this_thread::sleep_for(2 * 10ms);
  // CHECK: {{^}}  (void)co_await aio::sleep(std::chrono::seconds(1));
  (void)sleep(1);
  co_return;
}

// What cannot be replaced stays as it is.

void nap() { std::this_thread::sleep_for(10ms); }

// CHECK-LABEL: aio::Coro<> bad_stays() {
aio::Coro<> bad_stays() {
  // CHECK: {{^}}  nap();
  nap();
  // CHECK: {{^}}  PAUSE();
  PAUSE();
  // CHECK: {{^}}  unsigned left = sleep(1);
  unsigned left = sleep(1);
  // CHECK: {{^}}  if (sleep(1) > 0)
  if (sleep(1) > 0)
    left = 0;
  // CHECK: {{^}}    std::this_thread::sleep_for(10ms); // a handler may not suspend
  try {
    throw 1;
  } catch (...) {
    std::this_thread::sleep_for(10ms); // a handler may not suspend
  }
  // CHECK: {{^}}  std::this_thread::sleep_until(std::chrono::steady_clock::now() + 10ms);
  std::this_thread::sleep_until(std::chrono::steady_clock::now() + 10ms);
  // CHECK: {{^}}  auto pause = [] { std::this_thread::sleep_for(10ms); };
  auto pause = [] { std::this_thread::sleep_for(10ms); };
  pause();
  co_return static_cast<void>(left);
}

// Asio's names stand in the namespace that the coroutine's type comes from.

// CHECK-LABEL: boost::asio::awaitable<void> bad_in_asio() {
boost::asio::awaitable<void> bad_in_asio() {
  // CHECK: {{^}}  co_await boost::asio::steady_timer(co_await boost::asio::this_coro::executor, 10ms).async_wait(boost::asio::use_awaitable);
  std::this_thread::sleep_for(10ms);
  co_return;
}
