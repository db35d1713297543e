// coro-unexplained-suppression.cpp - comments that give no reason
//
// RUN: %findings --command %s %flags | %expect %s

#include <unistd.h>

#include <aio/aio.h>

aio::Coro<> bad_line() {
  // CHECK: :[[@LINE+1]]:18: warning: 'NOLINT(coro-blocking-call)' gives no reason [coro-unexplained-suppression]
  ::sleep(1); // NOLINT(coro-blocking-call)
  // CHECK: :[[@LINE+1]]:18: warning: 'NOLINT(coro-blocking-call)' gives no reason [coro-unexplained-suppression]
  ::sleep(1); // NOLINT(coro-blocking-call):
  // CHECK: :[[@LINE+1]]:18: warning: 'NOLINT(coro-*)' gives no reason [coro-unexplained-suppression]
  ::sleep(1); // NOLINT(coro-*)
  // CHECK: :[[@LINE+1]]:18: warning: 'NOLINT(coro-blocking-call)' gives no reason [coro-unexplained-suppression]
  ::sleep(1); /* NOLINT(coro-blocking-call): */
  co_return;
}

aio::Coro<> bad_block() {
  // CHECK: :[[@LINE+1]]:6: warning: 'NO{{LINT}}BEGIN(coro-blocking-call)' gives no reason [coro-unexplained-suppression]
  // NOLINTBEGIN(coro-blocking-call)
  ::sleep(1);
  // NOLINTEND(coro-blocking-call)
  co_return;
}

aio::Coro<> good_line() {
  ::sleep(1); // NOLINT(coro-blocking-call): a test
  ::sleep(1); // NOLINT(coro-blocking-call) : a test
  ::sleep(1); /* NOLINT(coro-blocking-call): a test */
  ::sleep(1); // NOLINT
  ::sleep(1); // NOLINT(*)
  ::sleep(1); // NOLINT(coro-blocking-call, coro-unexplained-suppression)
  co_return;
}

int good_tool = 0; // NOLINT(cert-err58-cpp)
