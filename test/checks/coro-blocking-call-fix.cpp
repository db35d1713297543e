// coro-blocking-call-fix.cpp - a sleep becomes an awaitable sleep
//
// RUN: %findings --fixed %s %flags | FileCheck %s

#include <chrono>
#include <thread>

#include <unistd.h>

#include <aio/aio.h>

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
  // CHECK: {{^}}  std::this_thread::sleep_until(std::chrono::steady_clock::now() + 10ms);
  std::this_thread::sleep_until(std::chrono::steady_clock::now() + 10ms);
  // CHECK: {{^}}  auto pause = [] { std::this_thread::sleep_for(10ms); };
  auto pause = [] { std::this_thread::sleep_for(10ms); };
  pause();
  co_return static_cast<void>(left);
}
