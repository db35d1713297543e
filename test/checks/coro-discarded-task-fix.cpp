// coro-discarded-task-fix.cpp - co_await is put where it compiles
//
// RUN: %findings --fixed %s %flags | FileCheck %s

#include <aio/aio.h>

#include "asio_mock.h"
#include "task_mock.h"

aio::Coro<int> fetch(int number) { co_return number; }
aio::Coro<> flush() { co_return; }
mini::task<> lookup();
mini::task<mini::task<>> nested();
boost::asio::awaitable<void> read();

// CHECK-LABEL: {{^}}aio::Coro<> statements(bool choice)
aio::Coro<> statements(bool choice) {
  // CHECK: {{^  }}co_await flush();
  flush();
  if (choice)
    // CHECK: {{^    }}co_await fetch(1);
    fetch(1);
  // CHECK: {{^  }}(co_await fetch(2));
  (fetch(2));
  // CHECK: {{^  }}for (int i = 0; i < 2; ++i, flush())
  for (int i = 0; i < 2; ++i, flush())
    co_await flush();
}

// CHECK-LABEL: {{^}}mini::task<> any_awaitable()
mini::task<> any_awaitable() {
  // CHECK: {{^  }}co_await lookup();
  lookup();
  // CHECK: {{^  }}co_await co_await nested();
  co_await nested();
}

// CHECK-LABEL: {{^}}boost::asio::awaitable<void> only_its_own()
boost::asio::awaitable<void> only_its_own() {
  // CHECK: {{^  }}co_await read();
  read();
  // CHECK: {{^  }}lookup();
  lookup();
  co_return;
}

#define FLUSH() flush()

// CHECK-LABEL: {{^}}aio::Coro<> left_alone(bool choice)
aio::Coro<> left_alone(bool choice) {
  // CHECK: {{^  }}FLUSH();
  FLUSH();
  // CHECK: {{^  }}choice ? fetch(1) : fetch(2);
  choice ? fetch(1) : fetch(2);
  // CHECK: {{^  }}flush(), co_await fetch(3);
  flush(), co_await fetch(3);
  try {
    co_await flush();
  } catch (...) {
    // CHECK: {{^    }}flush();
    flush();
  }
}

// CHECK-LABEL: {{^}}void not_a_coroutine()
void not_a_coroutine() {
  // CHECK: {{^  }}flush();
  flush();
  auto later = [] {
    // CHECK: {{^    }}flush();
    flush();
  };
  later();
}

// CHECK-LABEL: {{^}}mini::generator<int> generator()
mini::generator<int> generator() {
  // CHECK: {{^  }}lookup();
  lookup();
  co_yield 1;
}
