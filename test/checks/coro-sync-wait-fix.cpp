// coro-sync-wait-fix.cpp - a task is awaited where a call waited for it
//
// RUN: %findings --fixed %s %flags | FileCheck %s

#include <aio/aio.h>

#include "cppcoro_mock.h"
#include "folly_mock.h"

cppcoro::task<> step();
folly::coro::Task<int> count();

// CHECK-LABEL: {{^}}cppcoro::task<> waits()
cppcoro::task<> waits() {
  auto work = step();
  co_await step();
  // CHECK: {{^  }}co_await work;
  cppcoro::sync_wait(work);
}

// CHECK-LABEL: {{^}}folly::coro::Task<int> blocks()
folly::coro::Task<int> blocks() {
  // CHECK: {{^  }}co_return (co_await count());
  co_return folly::coro::blockingWait(count());
}

// A coroutine of another library cannot await it.

// CHECK-LABEL: {{^}}folly::coro::Task<int> left_alone()
folly::coro::Task<int> left_alone() {
  int sum = 0;
  try {
    sum = co_await count();
  } catch (...) {
    // CHECK: {{^    }}sum = folly::coro::blockingWait(count());
    sum = folly::coro::blockingWait(count());
  }
  co_return sum;
}
