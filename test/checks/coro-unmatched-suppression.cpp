// coro-unmatched-suppression.cpp - blocks with one end
//
// RUN: %findings --command %s %flags | %expect %s

#include <unistd.h>

#include <aio/aio.h>

aio::Coro<> good_nested() {
  // NOLINTBEGIN(coro-blocking-call): a test
  // NOLINTBEGIN(cert-*)
  ::sleep(1);
  // NOLINTEND(cert-*)
  // NOLINTEND( coro-blocking-call )
  co_return;
}

// CHECK: :[[@LINE+1]]:4: warning: 'NO{{LINT}}END(coro-blocking-call)' closes no block [coro-unmatched-suppression]
// NOLINTEND(coro-blocking-call)

aio::Coro<> bad_overlap() {
  // CHECK: :[[@LINE+1]]:6: warning: 'NO{{LINT}}BEGIN(coro-blocking-call)' is not closed, and suppresses nothing [coro-unmatched-suppression]
  // NOLINTBEGIN(coro-blocking-call): they overlap
  // NOLINTBEGIN(cert-*)
  // CHECK: :[[@LINE+1]]:3: warning: 'sleep' blocks the event loop in coroutine 'bad_overlap' [coro-blocking-call]
  ::sleep(1);
  // CHECK: :[[@LINE+1]]:6: warning: 'NO{{LINT}}END(coro-blocking-call)' closes no block [coro-unmatched-suppression]
  // NOLINTEND(coro-blocking-call)
  // NOLINTEND(cert-*)
  co_return;
}

// NOLINTEND(cert-*)
// CHECK: :[[@LINE+1]]:4: warning: 'NO{{LINT}}BEGIN(coro-blocking-call)' is not closed, and suppresses nothing [coro-unmatched-suppression]
// NOLINTBEGIN(coro-blocking-call): to the end
