// cancellation-retried.cpp - a handler takes cancellation for a failure
//
// RUN: %findings --strict %s %flags | %expect %s
//
// asio 1452, 1123; cobalt 168: cancellation arrived as an exception and was swallowed

#include <aio/aio.h>

#include <chrono>

using namespace std::chrono_literals;

aio::Coro<> connect_once();
void log();

aio::Coro<> bad_retry() {
  for (;;) {
    try {
      co_await connect_once();
      co_return;
    // CHECK: :[[@LINE+1]]:7: warning: {{.*}}[coro-swallowed-cancellation]
    } catch (...) {
      log();
    }
    co_await aio::sleep(1s);
  }
}

aio::Coro<> good_retry() {
  for (;;) {
    try {
      co_await connect_once();
      co_return;
    } catch (const aio::CancelledError &) {
      throw;
    } catch (...) {
      log();
    }
    co_await aio::sleep(1s);
  }
}
