// coro-nested-run-fix.cpp - a task is awaited where it was run
//
// RUN: %findings --fixed %s %flags | FileCheck %s

#include <stdexcept>
#include <utility>

#include <aio/aio.h>

aio::Coro<int> fetch(int number);
aio::Coro<> flush();

// CHECK-LABEL: {{^}}aio::Coro<int> runs()
aio::Coro<int> runs() {
  // CHECK: {{^  }}co_await flush();
  aio::run(flush());
  auto work = fetch(1);
  // CHECK: {{^  }}int first = (co_await std::move(work));
  int first = aio::run(std::move(work));
  // CHECK: {{^  }}co_return first + (co_await fetch(2));
  co_return first + aio::run(fetch(2));
}

// A handler may not suspend, other arguments say more, and a function is no coroutine.

// CHECK-LABEL: {{^}}aio::Coro<> left_alone(
aio::Coro<> left_alone(aio::RunOptions options) {
  try {
    co_await flush();
  } catch (const std::runtime_error &) {
    // CHECK: {{^    }}aio::run(flush());
    aio::run(flush());
  }
  // CHECK: {{^  }}aio::run(flush(), options);
  aio::run(flush(), options);
}

// CHECK-LABEL: {{^}}void plain()
void plain() {
  // CHECK: {{^  }}aio::run(flush());
  aio::run(flush());
}
