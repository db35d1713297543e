// loop-in-a-handler.cpp - a handler runs the loop that runs it
//
// RUN: %findings %s %flags | %expect %s
//
// asio 1585; networking-ts 22

#include <chrono>

#include "asio_mock.h"

namespace asio = boost::asio;
using namespace std::chrono_literals;

bool done();

asio::awaitable<void> bad_drain(asio::io_context &context) {
  while (!done())
    // CHECK: :[[@LINE+1]]:13: warning: {{.*}}[coro-nested-run]
    context.run_one();
  co_return;
}

asio::awaitable<void> good_drain(asio::io_context &context) {
  asio::steady_timer timer(context, 10ms);
  while (!done()) {
    timer.expires_after(10ms);
    co_await timer.async_wait(asio::use_awaitable);
  }
}
