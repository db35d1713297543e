// continuation-lambda.cpp - a coroutine lambda where a continuation is expected
//
// RUN: %findings %s %flags | %expect %s
//
// scylladb a0a4711b74 (2022), 602fca0a12 (2023); redpanda 219fcbc118 (2022)

#include <chrono>

#include "seastar_mock.h"

struct Snapshots {
  int number = 0;

  seastar::future<> bad_list() {
    // CHECK: :[[@LINE+1]]:46: warning: this call drops the coroutine lambda as soon as it has returned a task
    return seastar::make_ready_future().then([this]() -> seastar::future<> {
      co_await seastar::sleep(std::chrono::seconds(1));
      ++number;
    });
  }

  seastar::future<> good_list() {
    co_await seastar::make_ready_future().then(
        seastar::coroutine::lambda([this]() -> seastar::future<> {
          co_await seastar::sleep(std::chrono::seconds(1));
          ++number;
        }));
  }
};
