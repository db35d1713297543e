// coro-swallowed-cancellation-fix.cpp - cancellation is thrown on
//
// RUN: %findings --fixed --check=coro-swallowed-cancellation %s %flags | FileCheck %s

#include <exception>

#include <aio/aio.h>

#include "asio_mock.h"

aio::Coro<> step();
void log(const char *text);

// CHECK-LABEL: {{^}}aio::Coro<> loop()
aio::Coro<> loop() {
  while (true) {
    try {
      co_await step();
      // CHECK: {{^    }}} catch (const ::aio::CancelledError &) { throw; } catch (...) {
    } catch (...) {
    }
  }
}

// CHECK-LABEL: {{^}}aio::Coro<> after_another()
aio::Coro<> after_another() {
  try {
    co_await step();
  } catch (const std::bad_alloc &) {
    // CHECK: {{^  }}} catch (const ::aio::CancelledError &) { throw; } catch (...) {
  } catch (...) {
  }
  co_await step();
}

// What the handler does may be due after a cancellation as well, and so may what
// follows one that names the cancellation.

// CHECK-LABEL: {{^}}aio::Coro<> handled()
aio::Coro<> handled() {
  while (true) {
    try {
      co_await step();
      // CHECK: {{^    }}} catch (...) {
    } catch (...) {
      log("step failed");
    }
  }
}

// CHECK-LABEL: {{^}}aio::Coro<> by_name()
aio::Coro<> by_name() {
  try {
    co_await step();
    // CHECK: {{^  }}} catch (const aio::CancelledError &) {
    // CHECK-NEXT: {{^  }}}
  } catch (const aio::CancelledError &) {
  }
  co_await step();
}

// One class for all errors: the others are to be handled.

// CHECK-LABEL: {{^}}boost::asio::awaitable<void> any_error(
boost::asio::awaitable<void> any_error(boost::asio::steady_timer &timer) {
  for (;;) {
    try {
      co_await timer.async_wait(boost::asio::use_awaitable);
      // CHECK: {{^    }}} catch (...) {
    } catch (...) {
    }
  }
}
