// coro-unforwarded-cancellation-fix.cpp - the token at hand is passed on
//
// RUN: %findings --fixed --check=coro-unforwarded-cancellation %s %flags | FileCheck %s

#include <stop_token>

#include <aio/aio.h>

aio::Coro<int> fetch(int number);
aio::Coro<int> fetch(int number, std::stop_token token);
aio::Coro<> drain();
aio::Coro<> drain(const std::stop_token &token);
aio::Coro<> pad(int number, int width = 8, std::stop_token token = {});
aio::Coro<> take(int number);
aio::Coro<> take(int number, std::stop_token &&token);

// CHECK-LABEL: {{^}}aio::Coro<> calls(
aio::Coro<> calls(std::stop_token token) {
  // CHECK: {{^  }}co_await fetch(1, token);
  co_await fetch(1);
  // CHECK: {{^  }}co_await drain(token);
  co_await drain();
  // CHECK: {{^  }}co_await pad(1, 2, token);
  co_await pad(1, 2);
  // CHECK: {{^  }}co_await pad(1);
  co_await pad(1);
  // CHECK: {{^  }}co_await take(1);
  co_await take(1);
}

// CHECK-LABEL: {{^}}aio::Coro<int> wrapper(
aio::Coro<int> wrapper(const std::stop_token &stop) {
  // CHECK: {{^  }}return fetch(1, stop);
  return fetch(1);
}
